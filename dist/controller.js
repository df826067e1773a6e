import { s as UserError, t as CancelledError } from "./errors.js";
import { n as FIELD_NAMES } from "./fields.js";
import { t as pLimit } from "./p-limit.js";
import { n as PORT_NAME, o as nameOfArn, r as TAG, s as parameterRoot, t as CONTAINER } from "./names2.js";
import { n as storedState, r as storedTask } from "./stored.js";
import { isDeepStrictEqual, promisify } from "node:util";
import { brotliCompress, brotliDecompress, constants } from "node:zlib";
import { createHash, randomBytes } from "node:crypto";
// src/engine/ecs/aws-error.ts
/** What the SDK leaves of a connection that failed; an answer of AWS has a status instead. */
const UNREACHED = /^(?:ECONN\w+|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|TimeoutError)$/;
/** Whether AWS refused a call with one of these codes: `ImageNotFoundException`. */
function isNamed(error, ...codes) {
	return error instanceof Error && codes.includes(error.name);
}
/** Whether the credentials are good and may not do this. */
function isDenied(error) {
	return error instanceof Error && /^(?:AccessDenied|UnauthorizedOperation|NotAuthorized)/.test(error.name);
}
/** Whether a service gets too many calls; each says so by a code of its own. */
function isThrottle(error) {
	const { name = "", message = "", $metadata } = error;
	return /Throttl|TooManyRequests|RequestLimitExceeded|SlowDown/.test(name) || $metadata?.httpStatusCode === 429 || message.includes("Rate exceeded");
}
/** Whether a service failed: nothing that the caller did wrong. */
function isInternal(error) {
	const { $fault, $metadata } = error;
	return $fault === "server" || ($metadata?.httpStatusCode ?? 0) >= 500;
}
/** Whether a service was not reached. */
function isUnreached(error) {
	const { name = "", code = "" } = error;
	return UNREACHED.test(String(code)) || UNREACHED.test(name);
}
/** Whether the same call may work later. */
function isBusy(error) {
	return error instanceof Error && (isThrottle(error) || isInternal(error) || isUnreached(error));
}
// src/engine/ecs/aws-problem.ts
/** AWS said "slow down" until the client gave up. Who waits asks again later. */
var ThrottledError = class extends UserError {};
/**
* A failure of AWS that a person can do something about, as a UserError; any other error as it is. `doing` completes "could not":
* `read the parameter /gantry/shop/production/state`.
*/
function problemOf(error, doing) {
	if (!(error instanceof Error) || error instanceof UserError) return error;
	if (isThrottle(error)) return new ThrottledError(`could not ${doing}: AWS is asked too often`, {
		hint: "try again in a minute; other tools in the same account and region share the limit",
		cause: error
	});
	const problem = PROBLEMS.find(({ applies }) => applies(error));
	if (problem === void 0) return error;
	return new UserError(`could not ${doing}: ${problem.what}`, {
		hint: problem.hint(error),
		cause: error
	});
}
/** Does what may fail as `problemOf` has it. */
async function explained(doing, work) {
	try {
		return await work();
	} catch (error) {
		throw problemOf(error, doing);
	}
}
/** https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html, and what the SDK and Node throw without having asked. */
const PROBLEMS = [
	{
		applies: isDenied,
		what: "access denied",
		hint: ({ message }) => whatToAllow(message)
	},
	{
		applies: ({ name, message }) => name === "CredentialsProviderError" || /credential is missing/i.test(message),
		what: "there are no AWS credentials",
		hint: () => "run `aws sso login`, set AWS_PROFILE, or use aws-actions/configure-aws-credentials in a workflow"
	},
	{
		applies: ({ name }) => /^(?:ExpiredToken|RequestExpired|TokenRefreshRequired)/.test(name),
		what: "the AWS credentials have expired",
		hint: () => "sign in again; in a workflow, give the role a longer session"
	},
	{
		applies: ({ name }) => /^(?:UnrecognizedClient|InvalidClientTokenId|InvalidSignature|SignatureDoesNotMatch|IncompleteSignature|AuthFailure|MissingAuthenticationToken|InvalidAccessKeyId)/.test(name),
		what: "AWS does not accept the credentials",
		hint: () => "check the access key, its secret and the clock of this machine"
	},
	{
		applies: ({ name }) => name === "ClusterNotFoundException",
		what: "there is no such ECS cluster in this account and region",
		hint: () => "correct `ecs.cluster` or the region; `aws ecs list-clusters` shows what there is"
	},
	{
		applies: ({ message }) => message === "Region is missing",
		what: "no AWS region is set",
		hint: () => "set `ecs.region` in gantry.yml, or AWS_REGION"
	},
	{
		applies: ({ name }) => /^(?:InvalidKeyId|KMS)/.test(name),
		what: "the KMS key of AWS Systems Manager cannot be used",
		hint: () => "check that the key of the parameter (alias/aws/ssm where none was chosen) is enabled, and that you may use it"
	},
	{
		applies: ({ name }) => name === "ParameterLimitExceeded",
		what: "the account has as many SSM parameters as it may",
		hint: () => "delete some, or ask AWS for a higher limit in this region"
	},
	{
		applies: isInternal,
		what: "AWS had an internal error",
		hint: () => "try again; https://health.aws.amazon.com says what is wrong there"
	},
	{
		applies: isUnreached,
		what: "AWS cannot be reached",
		hint: () => "check the network, the region and AWS_ENDPOINT_URL"
	}
];
/** AWS names who, what and where: `User: arn… is not authorized to perform: ssm:PutParameter on resource: arn… because …`. */
function whatToAllow(message) {
	const [, user, action, resource] = /(?:User: (\S+) )?is not authorized to perform: (\S+)(?: on resource: (\S+))?/.exec(message) ?? [];
	if (action === void 0) return "ask who administers the account to allow it";
	return `allow ${action}${resource === void 0 ? "" : ` on ${resource}`}${user === void 0 ? "" : ` to ${user}`}`;
}
// src/engine/ecs/parameters/document-format.ts
/**
* How a JSON value is written into parameters: salt, then brotli as base64, cut into parts. The first part, the head, begins
* with `<format>.<parts>.<hash>.`; the others are named after the hash, so that a head never points to parts of another value.
* The salt makes it another hash with every write: the name of a part that was deleted does not come again, for which SSM
* wants half a minute (`parameter-store.ts`).
*/
const FORMAT = 1;
const HEAD = /^(\d+)\.(\d+)\.([0-9a-f]{16})\.([\w+/=-]*)$/;
/** Characters of one parameter: https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html */
const PART_LENGTH = 8192;
/** Characters. */
const SALT = 8;
/** More than any document comes to; who can write parameters must not be able to fill the memory of who reads them. */
const LONGEST = 67108864;
const compress = promisify(brotliCompress);
const decompress = promisify(brotliDecompress);
async function encode(value) {
	const json = Buffer.from(JSON.stringify(value));
	const body = await compress(json, { params: {
		[constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
		[constants.BROTLI_PARAM_SIZE_HINT]: json.length
	} });
	const text = randomBytes(SALT).toString("base64url").slice(0, SALT) + body.toString("base64");
	const hash = hashOf(text);
	const prefix = (parts) => `${FORMAT}.${parts}.${hash}.`;
	const first = PART_LENGTH - prefix(9999).length;
	const rest = Array.from({ length: Math.max(0, Math.ceil((text.length - first) / PART_LENGTH)) }, (_, index) => text.slice(first + index * PART_LENGTH, first + (index + 1) * PART_LENGTH));
	return {
		head: `${prefix(rest.length + 1)}${text.slice(0, first)}`,
		hash,
		rest
	};
}
/** Throws a UserError for what is not a head of this format. */
function readHead(name, text) {
	const [, format, parts, hash, chunk] = HEAD.exec(text) ?? [];
	if (Number(/^(\d+)\./.exec(text)?.[1]) > FORMAT) throw newer(name);
	if (Number(format) !== FORMAT || !(Number(parts) >= 1)) throw damaged(name);
	return {
		parts: Number(parts),
		hash,
		chunk
	};
}
/** The names of the parts after the head. */
function partNames(name, { hash, parts }) {
	return Array.from({ length: parts - 1 }, (_, index) => `${name}.${hash}.${index + 2}`);
}
/** The document and the hash that the name of a part has; null for any other name. */
function readPartName(name) {
	const [, head, hash] = /^(.+)\.([0-9a-f]{16})\.\d+$/.exec(name) ?? [];
	return head === void 0 ? null : {
		head,
		hash
	};
}
/** The value; null when a part is not there or not of this value. Throws a UserError when it was never one. */
async function decode(name, head, rest) {
	const text = [head.chunk, ...rest].join("");
	if (rest.includes(void 0) || hashOf(text) !== head.hash) return null;
	try {
		const json = await decompress(Buffer.from(text.slice(SALT), "base64"), { maxOutputLength: LONGEST });
		return { value: JSON.parse(json.toString()) };
	} catch {
		throw damaged(name);
	}
}
function damaged(name) {
	return new UserError(`the parameter ${name} is damaged`, { hint: `put an earlier version of it back: SSM keeps 100, \`aws ssm get-parameter-history --name ${name}\` shows them` });
}
function newer(name) {
	return new UserError(`the parameter ${name} was written by a newer version of Gantry`, { hint: "update Gantry here, or use the version that wrote it" });
}
function hashOf(text) {
	return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
// src/engine/ecs/chunks.ts
/** What one call takes at a time. */
function chunks(all, size) {
	return Array.from({ length: Math.ceil(all.length / size) }, (_, index) => all.slice(index * size, (index + 1) * size));
}
const PAGE$1 = 50;
/** How often a write is tried again, a second apart, while SSM is at another write of the same parameter. */
const UPDATE_ATTEMPTS = 5;
/** SSM parameters by their full names. What fails is a UserError that names the parameter, where a person can help. */
var ParameterStore = class {
	#account;
	constructor(account) {
		this.#account = account;
	}
	/** Those that exist, by name. One call for ten names. */
	async get(names, options = {}) {
		const found = /* @__PURE__ */ new Map();
		for (const Names of chunks(names, 10)) {
			const { Parameters = [] } = await this.#call(`read the parameter ${Names[0]}`, async (ssm) => ssm.getParameters({
				Names,
				WithDecryption: options.decrypt ?? false
			}, sent(options.signal)));
			for (const each of Parameters) {
				const parameter = {
					...listed(each),
					value: each.Value ?? ""
				};
				found.set(parameter.name, parameter);
			}
		}
		return found;
	}
	/** An earlier version of a parameter; null when SSM does not have it or, being behind, not yet. */
	async version(name, version, signal) {
		return this.#call(`read version ${version} of the parameter ${name}`, async (ssm) => {
			try {
				const { Parameter } = await ssm.getParameter({ Name: `${name}:${version}` }, sent(signal));
				return Parameter === void 0 ? null : {
					...listed(Parameter),
					name,
					value: Parameter.Value ?? ""
				};
			} catch (error) {
				if (isNamed(error, "ParameterNotFound", "ParameterVersionNotFound")) return null;
				throw error;
			}
		});
	}
	/** The version that it became; null when it is there already and is not to be overwritten. */
	async put(name, value, options) {
		const { overwrite, type = "String", description, keyId = null, signal } = options;
		const input = {
			Name: name,
			Value: value,
			Type: type,
			Overwrite: overwrite,
			Tier: "Intelligent-Tiering",
			...description !== void 0 && { Description: description },
			...keyId !== null && { KeyId: keyId }
		};
		return this.#call(`write the parameter ${name}`, async (ssm) => {
			for (let attempt = 1;; attempt++) {
				try {
					return (await ssm.putParameter(input, sent(signal))).Version ?? 0;
				} catch (error) {
					if (!overwrite && isNamed(error, "ParameterAlreadyExists")) return null;
					if (attempt === UPDATE_ATTEMPTS || !isNamed(error, "TooManyUpdates")) throw error;
				}
				await this.#account.clock.sleep(1, signal);
			}
		});
	}
	/** The names that there were. */
	async delete(names, options = {}) {
		const deleted = [];
		for (const Names of chunks(names, 10)) {
			const { DeletedParameters = [] } = await this.#call(`delete the parameter ${Names[0]}`, async (ssm) => ssm.deleteParameters({ Names }, sent(options.signal)));
			deleted.push(...DeletedParameters);
		}
		return deleted;
	}
	/** All parameters below a path, at any depth. */
	async list(path) {
		const found = [];
		for (let NextToken, first = true; first || NextToken !== void 0; first = false) {
			const page = await this.#call(`list the parameters under ${path}`, async (ssm) => ssm.describeParameters({
				ParameterFilters: [{
					Key: "Path",
					Option: "Recursive",
					Values: [path.replace(/\/$/, "")]
				}],
				MaxResults: PAGE$1,
				...NextToken !== void 0 && { NextToken }
			}));
			found.push(...(page.Parameters ?? []).map((each) => ({
				...listed(each),
				description: each.Description ?? "",
				keyId: each.KeyId ?? null
			})));
			NextToken = page.NextToken;
		}
		return found;
	}
	async #call(doing, call) {
		try {
			return await call(await this.#account.aws.ssm());
		} catch (error) {
			throw problemOf(error, doing);
		}
	}
};
function listed(parameter) {
	return {
		name: parameter.Name ?? "",
		type: parameter.Type === "SecureString" ? "SecureString" : "String",
		version: parameter.Version ?? 0,
		modified: parameter.LastModifiedDate?.getTime() ?? 0
	};
}
function sent(signal) {
	return signal === void 0 ? {} : { abortSignal: signal };
}
// src/engine/ecs/parameters/documents.ts
/** How often a document is read, a second apart, while its parts do not fit together. */
const READ_ATTEMPTS = 4;
/**
* JSON values of any size in SSM parameters. The head is written last: whoever reads, and whenever a writer dies, gets
* the old value or the new one, whole.
*/
var Documents = class {
	store;
	#clock;
	constructor(account) {
		this.store = new ParameterStore(account);
		this.#clock = account.clock;
	}
	/** Those that exist, by name: one call for ten names, and more only where a value is large. */
	async read(names) {
		return this.resolve(await this.store.get(names));
	}
	/** The values of heads that were read together with something else. */
	async resolve(heads) {
		const values = /* @__PURE__ */ new Map();
		let open = heads;
		for (let attempt = 1;; attempt++) {
			const decoded = await this.#decode(open);
			for (const [name, found] of decoded) if (found !== null) values.set(name, found.value);
			const incomplete = [...decoded].flatMap(([name, found]) => found === null ? [name] : []);
			if (incomplete.length === 0) return values;
			if (attempt === READ_ATTEMPTS) throw damaged(incomplete[0]);
			await this.#clock.sleep(1);
			open = await this.store.get(incomplete);
		}
	}
	/**
	* Whether it was written; false when there was one already. The same value counts as written: an answer that was lost
	* makes the client ask again. So what two may create at once needs something of its own in it.
	*/
	async create(name, value) {
		const encoded = await encode(value);
		await this.#putRest(name, encoded);
		if (await this.store.put(name, encoded.head, { overwrite: false }) !== null) return true;
		return (await this.store.get([name])).get(name)?.value === encoded.head;
	}
	/** Writes it over whatever there is. Parts of a value before it stay, for `prune` to find. */
	async write(name, value) {
		await this.#put(name, value);
	}
	/**
	* Reads, changes and writes; writes nothing when nothing changes. The lock keeps writers apart; this keeps the change of
	* one who lost it without knowing. SSM cannot compare and swap, but says which version a write became: when another's
	* came in between, the change is made again on top of that one. So `change` may be called more than once, and must come
	* to the same when applied twice.
	*/
	async update(name, change) {
		const base = (await this.store.get([name])).get(name);
		let value = base && (await this.resolve(/* @__PURE__ */ new Map([[name, base]]))).get(name);
		let current = {
			value,
			version: base?.version ?? 0,
			head: base
		};
		for (;;) {
			const next = change(value);
			if (isDeepStrictEqual(next, current.value)) return next;
			const version = await this.#put(name, next);
			if (current.head !== void 0) await this.#deleteRest(name, current.head);
			if (version === 1 || version === current.version + 1) return next;
			const head = await this.#overwritten(name, version - 1);
			const found = head && (await this.#decode(/* @__PURE__ */ new Map([[name, head]]))).get(name);
			if (found == null) return next;
			value = found.value;
			current = {
				value: next,
				version,
				head
			};
		}
	}
	async #overwritten(name, version) {
		for (let attempt = 1; attempt <= READ_ATTEMPTS; attempt++) {
			const found = await this.store.version(name, version);
			if (found !== null) return found;
			await this.#clock.sleep(1);
		}
	}
	async #put(name, value) {
		const encoded = await encode(value);
		await this.#putRest(name, encoded);
		return await this.store.put(name, encoded.head, { overwrite: true });
	}
	async #putRest(name, { hash, rest }) {
		const names = partNames(name, {
			hash,
			parts: rest.length + 1
		});
		for (const [index, text] of rest.entries()) await this.store.put(names[index], text, { overwrite: true });
	}
	async #deleteRest(name, { value }) {
		await this.store.delete(partNames(name, readHead(name, value)));
	}
	/** Null: its parts do not fit together. */
	async #decode(heads) {
		const parsed = [...heads].map(([name, { value }]) => ({
			name,
			head: readHead(name, value)
		}));
		const parts = await this.store.get(parsed.flatMap(({ name, head }) => partNames(name, head)));
		const entries = parsed.map(async ({ name, head }) => {
			return [name, await decode(name, head, partNames(name, head).map((part) => parts.get(part)?.value))];
		});
		return new Map(await Promise.all(entries));
	}
};
// src/engine/ecs/parameters/parameter-names.ts
function stateParameter(app) {
	return `${parameterRoot(app)}state`;
}
/** The mirror of the variables that are set: names and versions, no values. */
function variablesParameter(app) {
	return `${parameterRoot(app)}variables`;
}
function deploymentParameter(app, number) {
	return `${parameterRoot(app)}deployments/${number}`;
}
function releaseParameter(app, number) {
	return `${parameterRoot(app)}releases/${number}`;
}
function lockParameter(app) {
	return `${parameterRoot(app)}lock`;
}
/** One per deployment, so that two that are cancelled at once do not overwrite each other. */
function cancelParameter(app, deployment) {
	return `${parameterRoot(app)}cancel/${deployment}`;
}
/** Where the values of variables are. */
function variablePath(app) {
	return `${parameterRoot(app)}env/`;
}
/** Where one value of a variable is. Versions of a name are counted through all processes, so this tells one from another. */
function variableParameter(app, name, version) {
	return `${variablePath(app)}${name}/${version}`;
}
/** Null: no variable's parameter. */
function readVariableParameter(app, parameter) {
	const path = variablePath(app);
	const [, name, version] = /^([^/]+)\/([1-9]\d*)$/.exec(parameter.slice(path.length)) ?? [];
	if (!parameter.startsWith(path) || name === void 0) return null;
	return {
		name,
		version: Number(version)
	};
}
// src/engine/ecs/parameters/variables-mirror.ts
/** Seconds after which a list shows what was written, whoever's clock counts them. */
const LISTED_AFTER = 120;
const EMPTY$1 = {
	format: 1,
	entries: []
};
/** The mirror as it was read, or that of an app that has none yet. */
function readMirror(app, read) {
	const mirror = read ?? EMPTY$1;
	if (mirror.format !== EMPTY$1.format) throw newer(variablesParameter(app));
	return mirror;
}
function variablesOf({ entries }) {
	return entries.flatMap(({ name, process, version, kind }) => kind === "unset" ? [] : {
		name,
		process,
		version,
		secret: kind === "secret"
	});
}
/** What a mirror becomes when this is listed now, in milliseconds since the epoch. */
function mirrorOf(listed, before, now) {
	const names = new Set(listed.map(idOf));
	const isGone = (entry) => !names.has(idOf(entry)) && now - entry.modified > LISTED_AFTER * 1e3;
	const known = before.entries.map((entry) => isGone(entry) ? {
		...entry,
		kind: "unset"
	} : entry);
	const last = /* @__PURE__ */ new Map();
	for (const { name, process, version, kind, modified } of [...known, ...listed]) {
		const key = keyOf({
			name,
			process
		});
		if (version >= (last.get(key)?.version ?? 0)) last.set(key, {
			name,
			process,
			version,
			kind,
			modified
		});
	}
	return {
		format: 1,
		entries: [...last].toSorted(([a], [b]) => a < b ? -1 : 1).map(([, entry]) => entry)
	};
}
function lastOf({ entries }, variable) {
	return entries.find((each) => keyOf(each) === keyOf(variable));
}
/** What the parameter of an entry is described as, for people who look at it and for `readEntry`. */
function describe({ kind, process }) {
	const done = kind === "unset" ? "unset" : "set";
	return process === null ? done : `${done} for ${process}`;
}
/** Null: no variable's parameter. */
function readEntry(app, parameter) {
	const place = readVariableParameter(app, parameter.name);
	if (place === null) return null;
	const { type, description, keyId, modified } = parameter;
	const [, done = "set", process = null] = /^(set|unset)(?: for (\S+))?$/.exec(description) ?? [];
	const kind = done === "unset" ? "unset" : type === "SecureString" ? "secret" : "plain";
	return {
		...place,
		process,
		kind,
		keyId,
		modified
	};
}
/** Of one value. */
function idOf({ name, version }) {
	return `${name}/${version}`;
}
function keyOf({ name, process }) {
	return `${process ?? ""}/${name}`;
}
// src/engine/ecs/parameters/state.ts
const EMPTY = {
	format: 1,
	deployment: 0,
	begun: 0,
	release: 0,
	settled: 0,
	finished: null,
	processes: {},
	schedules: [],
	succeeded: {}
};
var States = class {
	#documents;
	constructor(account) {
		this.#documents = new Documents(account);
	}
	/** In one call, while neither is large. */
	async read(app) {
		const found = await this.#documents.read([stateParameter(app), variablesParameter(app)]);
		return {
			state: stateOf(app, found.get(stateParameter(app))),
			variables: variablesOf(readMirror(app, found.get(variablesParameter(app))))
		};
	}
	/** The change may be made more than once, and must come to the same then. Writes nothing when nothing changes. */
	async update(app, change) {
		return this.#documents.update(stateParameter(app), (state) => change(stateOf(app, state)));
	}
};
/** The state as it was read, or that of an app that has none yet. */
function stateOf(app, read) {
	const state = read ?? EMPTY;
	if (state.format !== EMPTY.format) throw newer(stateParameter(app));
	return {
		...state,
		processes: Object.fromEntries(Object.entries(state.processes).map(([name, each]) => [name, {
			...each,
			state: storedState(each.state)
		}])),
		schedules: state.schedules.map(storedTask)
	};
}
/** Whether a deployment began and did not end, as far as the state knows: one too many at most. */
function isUnderway({ begun, settled }) {
	return begun > settled;
}
// src/engine/ecs/capacity.ts
const DEMAND = "FARGATE";
const SPOT = "FARGATE_SPOT";
/**
* Which instances are on-demand and which are spot, in ECS's terms: the first `base` go to one provider, all others by
* weight. Only one provider may have a base, and one with weight 0 gets nothing beyond it:
* https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CapacityProviderStrategyItem.html
*
* Where one provider does it alone no count is in the strategy, so that changing a count changes nothing in it: a new
* strategy takes effect only when all instances are replaced.
*/
function strategyOf(counts) {
	const extras = isAutoscaled(counts) ? counts.scale_type : "none";
	const needsDemand = counts.demand_count > 0 || extras === "demand";
	if (!(counts.spot_count > 0 || extras === "spot")) return [{
		capacityProvider: DEMAND,
		base: 0,
		weight: 1
	}];
	if (!needsDemand) return [{
		capacityProvider: SPOT,
		base: 0,
		weight: 1
	}];
	return extras === "demand" ? [{
		capacityProvider: SPOT,
		base: counts.spot_count,
		weight: 0
	}, {
		capacityProvider: DEMAND,
		base: 0,
		weight: 1
	}] : [{
		capacityProvider: DEMAND,
		base: counts.demand_count,
		weight: 0
	}, {
		capacityProvider: SPOT,
		base: 0,
		weight: 1
	}];
}
/** Whether going from one to the other takes `forceNewDeployment`, which replaces every instance. */
function countsReplace(before, after) {
	return !sameStrategy(strategyOf(before), strategyOf(after));
}
/** Whether two strategies place alike, in whatever order and with or without what is 0 anyway. */
function sameStrategy(a, b) {
	const canonical = (strategy) => strategy.map(({ capacityProvider, base = 0, weight = 0 }) => `${capacityProvider} ${base} ${weight}`).sort().join();
	return canonical(a) === canonical(b);
}
/** Fewest and most instances. */
function bounds(counts) {
	const min = counts.demand_count + counts.spot_count;
	return {
		min,
		max: min + counts.scale_count
	};
}
/** Whether the number of instances is the autoscaler's to decide. */
function isAutoscaled(counts) {
	return counts.scale_type !== "none" && counts.scale_count > 0 && (counts.autoscaling_cpu_threshold !== null || counts.autoscaling_memory_threshold !== null);
}
/**
* What the desired count of a service means that no autoscaler changes and that is not stopped. The counts kept in its
* tags hold where they still are what ECS was told; else somebody else has changed it, and ECS is right.
*/
function readCounts$1(strategy, desiredCount, kept) {
	const { demand_count, spot_count } = kept;
	if (demand_count + spot_count === desiredCount && sameStrategy(strategyOf(kept), strategy)) return {
		demand_count,
		spot_count
	};
	const demand = shareOf(DEMAND, strategy, desiredCount);
	return {
		demand_count: demand,
		spot_count: desiredCount - demand
	};
}
/** How many of so many instances a provider gets: its base first, then its part of the rest. */
function shareOf(provider, strategy, count) {
	if (!strategy.some((each) => each.capacityProvider === "FARGATE_SPOT")) return count;
	const bases = strategy.reduce((sum, { base = 0 }) => sum + base, 0);
	const weights = strategy.reduce((sum, { weight = 0 }) => sum + weight, 0);
	const own = strategy.find((each) => each.capacityProvider === provider);
	const rest = Math.max(0, count - bases);
	const part = weights === 0 ? 0 : Math.round(rest * (own?.weight ?? 0) / weights);
	return Math.min(own?.base ?? 0, count) + part;
}
// src/engine/ecs/patiently.ts
/** Seconds. */
const FIRST_PAUSE = 2;
const LONGEST_PAUSE = 30;
/**
* Makes a call again, with growing pauses, while AWS is too busy for it or out of reach. The clients have retried by
* then: this is for the minutes that a large rollout may be throttled for.
*
* @param mayPass what else than that is worth another try
*/
async function patiently({ clock, until, signal, lost }, call, mayPass = isBusy) {
	for (let pause = FIRST_PAUSE;; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
		lost?.throwIfAborted();
		try {
			return await call();
		} catch (error) {
			if (!mayPass(error) || clock.now() >= until || signal?.aborted) throw error;
			await clock.sleep(pause, signal);
			if (signal?.aborted) throw error;
		}
	}
}
function throwIfAborted(signal) {
	if (signal?.aborted) throw new CancelledError("cancelled");
}
/** Gives up waiting for something as soon as the signal fires; that itself goes on. */
async function unlessAborted(work, signal) {
	throwIfAborted(signal);
	if (signal === void 0) return work;
	const { promise: aborted, reject } = Promise.withResolvers();
	const onAbort = () => reject(new CancelledError("cancelled"));
	signal.addEventListener("abort", onAbort);
	try {
		return await Promise.race([work, aborted]);
	} finally {
		signal.removeEventListener("abort", onAbort);
	}
}
// src/engine/ecs/services/describe.ts
/** DescribeServices takes so many names: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeServices.html */
const PAGE = 10;
const PARALLEL = 4;
/** Seconds between two looks at services that somebody waits for. */
const TICK = 2;
/** Seconds for which AWS may be too busy to answer one. */
const LONGEST_REFUSAL = 600;
/** Services by name, with their tags. One that is not there is not in the answer; one that is deleted may be. */
async function describeServices({ aws, cluster }, names, signal) {
	const ecs = await aws.ecs();
	const limit = pLimit(PARALLEL);
	const pages = await Promise.all(chunks([...new Set(names)], PAGE).map((services) => limit(() => ecs.describeServices({
		cluster,
		services,
		include: ["TAGS"]
	}, signal && { abortSignal: signal }))));
	const refused = pages.flatMap((page) => page.failures ?? []).find((each) => each.reason !== "MISSING");
	if (refused !== void 0) throw new UserError(`ECS does not show service ${refused.arn ?? ""}: ${refused.reason ?? ""}`);
	return new Map(pages.flatMap((page) => page.services ?? []).map((each) => [each.serviceName, each]));
}
/** Looks at services again and again for all who wait for one, with one round of calls a tick for all of them. */
var Looks = class {
	#account;
	#names = /* @__PURE__ */ new Set();
	#next = null;
	constructor(account) {
		this.#account = account;
	}
	/** What the service is at the next tick; null when there is none. */
	async next(service) {
		this.#names.add(service);
		this.#next ??= this.#look();
		return (await this.#next).get(service) ?? null;
	}
	async #look() {
		const { clock } = this.#account;
		await clock.sleep(TICK);
		const names = [...this.#names];
		this.#names.clear();
		this.#next = null;
		return patiently({
			clock,
			until: clock.now() + LONGEST_REFUSAL * 1e3
		}, () => describeServices(this.#account, names));
	}
};
// src/engine/ecs/network.ts
/** Where in the network the tasks of a component are. */
function networkOf({ name, placement }) {
	if (placement === null) throw new UserError(`nothing says in which subnets ${name} runs`, { hint: "describe it in the config, whose `ecs` settings say so" });
	return {
		subnets: placement.subnets,
		securityGroups: placement.security_groups,
		assignPublicIp: placement.assign_public_ip ? "ENABLED" : "DISABLED"
	};
}
// src/engine/ecs/services/shape.ts
/** `revision`: `family:n`. A family alone would mean whatever its latest revision is. */
function shapeOf(spec, revision) {
	const { overlap, on_failure: onFailure } = spec.rollout;
	const loadBalancers = loadBalancersOf(spec);
	return {
		taskDefinition: revision,
		capacityProviderStrategy: strategyOf(spec),
		deploymentConfiguration: {
			deploymentCircuitBreaker: {
				enable: true,
				rollback: onFailure === "rollback"
			},
			minimumHealthyPercent: overlap ? 100 : 0,
			maximumPercent: overlap ? 200 : 100
		},
		availabilityZoneRebalancing: overlap ? "ENABLED" : "DISABLED",
		networkConfiguration: { awsvpcConfiguration: networkOf(spec) },
		loadBalancers,
		healthCheckGracePeriodSeconds: loadBalancers.length === 0 ? 0 : spec.ecs.health_check_grace_period ?? 0,
		serviceConnectConfiguration: serviceConnectOf(spec),
		enableECSManagedTags: true,
		enableExecuteCommand: spec.placement?.exec === true,
		propagateTags: "NONE"
	};
}
/**
* The members of an UpdateService that bring a service into this shape: only what differs, for several start a new
* deployment; and what is to go by the explicit values without which it would stay.
*/
function updateOf(service, shape) {
	const actual = actualShape(service, primaryOf(service));
	const changes = {};
	if (!sameStrategy(actual.capacityProviderStrategy, shape.capacityProviderStrategy)) {
		changes.capacityProviderStrategy = shape.capacityProviderStrategy;
		changes.forceNewDeployment = true;
	}
	for (const member of COMPARED) if (!isDeepStrictEqual(actual[member], canonical(shape)[member])) Object.assign(changes, { [member]: shape[member] });
	return changes;
}
/** Members of UpdateService that start a new deployment, of those that we send; the API reference says so of each. */
const DEPLOYING = [
	"forceNewDeployment",
	"loadBalancers",
	"networkConfiguration",
	"serviceConnectConfiguration",
	"taskDefinition"
];
function startsDeployment(changes) {
	return DEPLOYING.some((member) => changes[member] !== void 0);
}
const COMPARED = [
	"availabilityZoneRebalancing",
	"deploymentConfiguration",
	"enableECSManagedTags",
	"enableExecuteCommand",
	"healthCheckGracePeriodSeconds",
	"loadBalancers",
	"networkConfiguration",
	"propagateTags",
	"serviceConnectConfiguration",
	"taskDefinition"
];
/** Members of CreateService. What is empty is left out: ECS refuses some of it where there is nothing to say. */
function createOf(shape) {
	const { loadBalancers, healthCheckGracePeriodSeconds, serviceConnectConfiguration, enableExecuteCommand, ...others } = shape;
	return {
		...others,
		...enableExecuteCommand && { enableExecuteCommand },
		...loadBalancers.length > 0 && {
			loadBalancers,
			healthCheckGracePeriodSeconds
		},
		...serviceConnectConfiguration.enabled && { serviceConnectConfiguration }
	};
}
/**
* How many instances a process is to have, of whose service so many are wanted now. Where an autoscaler works that is
* for it to say, within its bounds.
*/
function countOf(spec, current, scales) {
	if (spec.disabled) return 0;
	const { min, max } = bounds(spec);
	return scales && isAutoscaled(spec) ? Math.min(Math.max(current, min), max) : min;
}
function primaryOf(service) {
	return service.deployments?.find((each) => each.status === "PRIMARY");
}
/** `family:n` of what a service runs, or is on its way to. */
function revisionOf(service) {
	return nameOfArn(primaryOf(service)?.taskDefinition ?? service.taskDefinition ?? "");
}
function loadBalancersOf({ ecs, port }) {
	if (ecs.target_group === null || port === null) return [];
	return [{
		targetGroupArn: ecs.target_group,
		containerName: CONTAINER,
		containerPort: port
	}];
}
/** In a namespace every process can call the others; those that are `expose: private` can be called, by their name. */
function serviceConnectOf({ name, expose, port, placement }) {
	if (!placement?.namespace) return { enabled: false };
	const { namespace } = placement;
	if (expose !== "private" || port === null) return {
		enabled: true,
		namespace
	};
	return {
		enabled: true,
		namespace,
		services: [{
			portName: PORT_NAME,
			discoveryName: name,
			clientAliases: [{
				port,
				dnsName: name
			}]
		}]
	};
}
/** A described service, with the defaults that AWS leaves out and without what Gantry has no say in. */
function actualShape(service, primary = primaryOf(service)) {
	const { networkConfiguration, deploymentConfiguration } = service;
	const network = networkConfiguration?.awsvpcConfiguration;
	const breaker = deploymentConfiguration?.deploymentCircuitBreaker;
	return canonical({
		taskDefinition: revisionOf(service),
		capacityProviderStrategy: strategyIn(service),
		deploymentConfiguration: {
			deploymentCircuitBreaker: {
				enable: breaker?.enable ?? false,
				rollback: breaker?.rollback ?? false
			},
			minimumHealthyPercent: deploymentConfiguration?.minimumHealthyPercent,
			maximumPercent: deploymentConfiguration?.maximumPercent
		},
		availabilityZoneRebalancing: service.availabilityZoneRebalancing ?? "DISABLED",
		networkConfiguration: { awsvpcConfiguration: {
			subnets: network?.subnets ?? [],
			securityGroups: network?.securityGroups ?? [],
			assignPublicIp: network?.assignPublicIp ?? "DISABLED"
		} },
		loadBalancers: (service.loadBalancers ?? []).map(({ targetGroupArn, containerName, containerPort }) => ({
			targetGroupArn,
			containerName,
			containerPort
		})),
		healthCheckGracePeriodSeconds: service.healthCheckGracePeriodSeconds ?? 0,
		serviceConnectConfiguration: connectShape(primary?.serviceConnectConfiguration),
		enableECSManagedTags: service.enableECSManagedTags ?? false,
		enableExecuteCommand: service.enableExecuteCommand ?? false,
		propagateTags: service.propagateTags ?? "NONE"
	});
}
/** With the launch type FARGATE it is placed as by that provider alone, and to say so would replace all instances. */
function strategyIn({ capacityProviderStrategy = [], launchType }) {
	return capacityProviderStrategy.length === 0 && launchType === "FARGATE" ? [{
		capacityProvider: DEMAND,
		base: 0,
		weight: 1
	}] : capacityProviderStrategy;
}
function connectShape(actual) {
	if (!actual?.enabled) return { enabled: false };
	const { namespace, services = [] } = actual;
	if (services.length === 0) return {
		enabled: true,
		namespace
	};
	return {
		enabled: true,
		namespace,
		services: services.map(({ portName, discoveryName, clientAliases = [] }) => ({
			portName,
			discoveryName,
			clientAliases: clientAliases.map(({ port, dnsName }) => ({
				port,
				dnsName
			}))
		}))
	};
}
/** Sets in one order, so that they can be compared. */
function canonical(shape) {
	const network = shape.networkConfiguration.awsvpcConfiguration;
	return {
		...shape,
		networkConfiguration: { awsvpcConfiguration: {
			...network,
			subnets: network.subnets.toSorted(),
			securityGroups: network.securityGroups?.toSorted()
		} }
	};
}
// src/engine/ecs/definition/secret-reference.ts
/**
* ARN of a secret with its name, then perhaps a key of its JSON, a version stage and a version id, which may be empty:
* https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html
*/
const SECRET = /^(?<arn>arn:[^:]+:secretsmanager:[^:]*:[^:]*:secret:(?<name>[^:]+))(?::(?<key>[^:]*):(?<stage>[^:]*):(?<version>[^:]*))?$/;
/** What Secrets Manager puts behind the name of a secret in its ARN. */
const SUFFIX = /-[A-Za-z0-9]{6}$/;
function parseReference(reference) {
	if (reference === "gantry") return { kind: "gantry" };
	const [, service, id, key] = /^(ssm|secretsmanager):([^#]+)(?:#(.+))?$/.exec(reference) ?? [];
	if (service === "ssm") return {
		kind: "ssm",
		name: id
	};
	if (service === "secretsmanager") return {
		kind: "secretsmanager",
		id,
		key: key ?? null
	};
	return {
		kind: "other",
		valueFrom: reference
	};
}
/** What ECS takes the value of a secret from; the empty parts at the end are needed where there is a key. */
function secretValueFrom(arn, key) {
	return key === null ? arn : `${arn}:${key}::`;
}
/** Whether a reference leads to where ECS takes the value from. */
function leadsTo(reference, name, valueFrom) {
	const parsed = parseReference(reference);
	if (parsed.kind === "gantry") return versionOf(name, valueFrom) !== null;
	if (parsed.kind === "other") return valueFrom === parsed.valueFrom;
	if (parsed.kind === "ssm") return valueFrom === parsed.name || valueFrom.endsWith(`:parameter/${parsed.name.replace(/^\//, "")}`);
	const { arn = "", name: full = "", key = "", stage = "", version = "" } = partsOf(valueFrom);
	return [
		arn,
		arn.replace(SUFFIX, ""),
		full.replace(SUFFIX, "")
	].includes(parsed.id) && key === (parsed.key ?? "") && stage === "" && version === "";
}
/** Which version of a variable that was set by hand ECS takes the value from; null: it is no such variable. */
function versionOf(name, valueFrom) {
	const [, found, version] = /\/gantry\/[^/]+\/[^/]+\/env\/([^/]+)\/(\d+)$/.exec(valueFrom) ?? [];
	return found === name ? Number(version) : null;
}
/** The reference to where ECS takes a value from, with ARNs as they are: a name might mean another account's. */
function referenceOf(valueFrom) {
	const { arn, key = "", stage = "", version = "" } = partsOf(valueFrom);
	if (arn === void 0) return valueFrom.includes(":secretsmanager:") ? valueFrom : `ssm:${valueFrom}`;
	if (stage !== "" || version !== "") return valueFrom;
	return `secretsmanager:${arn}${key === "" ? "" : `#${key}`}`;
}
function partsOf(valueFrom) {
	return SECRET.exec(valueFrom)?.groups ?? {};
}
// src/engine/ecs/tags.ts
const KEYS = {
	origin: "gantry:origin",
	owned: "gantry:owned",
	counts: "gantry:counts",
	disabled: "gantry:disabled",
	rollout: "gantry:rollout",
	fingerprint: "gantry:fingerprint"
};
/** Stands for an empty list: a value that is missing could as well be one that somebody took away. */
const NOTHING = "none";
/**
* The tags of a process's service: names and short values only, in the letters that AWS allows, at most 256 of them:
* https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Tag.html
*/
function serviceTags(app, { spec, owned, origin }, run) {
	const { overlap, on_failure, timeout, min_up } = spec.rollout;
	return tagsOf({
		...identity(app, "process", spec.name),
		[KEYS.origin]: origin,
		[KEYS.owned]: Object.keys(owned).sort().join(" ") || NOTHING,
		[KEYS.counts]: writePairs({
			demand: spec.demand_count,
			spot: spec.spot_count,
			scale: spec.scale_count,
			type: spec.scale_type,
			cpu: spec.autoscaling_cpu_threshold,
			memory: spec.autoscaling_memory_threshold
		}),
		[KEYS.disabled]: String(spec.disabled),
		[KEYS.rollout]: writePairs({
			overlap,
			on_failure,
			timeout,
			min_up
		}),
		[KEYS.fingerprint]: fingerprintValue(run)
	});
}
/** The same tags of a service that runs something else than they say. */
function withFingerprint(tags, run) {
	return [...tags.filter(({ key }) => key !== KEYS.fingerprint), {
		key: KEYS.fingerprint,
		value: fingerprintValue(run)
	}];
}
/** Null: not a process of this app. What somebody took away or spoilt reads as its default. */
function readServiceTags(app, tags) {
	const values = new Map(tags.map(({ key = "", value = "" }) => [key, value]));
	const process = values.get(TAG.process);
	if (!process || values.get(TAG.app) !== app.name || values.get(TAG.environment) !== app.environment) return null;
	return {
		process,
		origin: values.get(KEYS.origin) === "operator" ? "operator" : "config",
		owned: readNames(values.get(KEYS.owned)),
		counts: readCounts(values.get(KEYS.counts)),
		disabled: values.get(KEYS.disabled) === "true",
		rollout: readRollout(values.get(KEYS.rollout)),
		fingerprint: readFingerprint(values.get(KEYS.fingerprint)),
		adopted: values.get(TAG.adopted) || null
	};
}
/** The operator's fields with their values, which are those that the process has. */
function ownedFields(spec, names) {
	return Object.fromEntries(names.flatMap((name) => {
		if (name !== "image") return [[name, spec[name]]];
		return spec.image.kind === "pinned" ? [[name, spec.image.reference]] : [];
	}));
}
/** Whose it is: what everything that is made for a process or a task is tagged with. */
function identity({ name, environment }, kind, component) {
	return {
		[TAG.app]: name,
		[TAG.environment]: environment,
		[TAG[kind]]: component
	};
}
function tagsOf(values) {
	return Object.entries(values).map(([key, value]) => ({
		key,
		value
	}));
}
function readNames(text = "") {
	const known = FIELD_NAMES;
	return text.split(" ").filter((name) => known.includes(name));
}
function readCounts(text = "") {
	const pairs = readPairs(text);
	const type = pairs.get("type");
	return {
		demand_count: readNumber(pairs.get("demand")) ?? 1,
		spot_count: readNumber(pairs.get("spot")) ?? 0,
		scale_count: readNumber(pairs.get("scale")) ?? 0,
		scale_type: type === "spot" || type === "demand" ? type : "none",
		autoscaling_cpu_threshold: readNumber(pairs.get("cpu")),
		autoscaling_memory_threshold: readNumber(pairs.get("memory"))
	};
}
function readRollout(text = "") {
	const pairs = readPairs(text);
	return {
		overlap: pairs.get("overlap") !== "false",
		on_failure: pairs.get("on_failure") === "keep" ? "keep" : "rollback",
		timeout: readNumber(pairs.get("timeout")) ?? 900,
		min_up: readNumber(pairs.get("min_up")) ?? 1
	};
}
function fingerprintValue({ revision, hash }) {
	return `${revision}:${hash}`;
}
function readFingerprint(text = "") {
	const [, revision, hash] = /^(.+:\d+):([0-9a-f]+)$/.exec(text) ?? [];
	return revision === void 0 || hash === void 0 ? null : {
		revision,
		hash
	};
}
/** `demand=2 spot=1`, without what is null. */
function writePairs(pairs) {
	return Object.entries(pairs).filter(([, value]) => value !== null).map(([key, value]) => `${key}=${value}`).join(" ");
}
function readPairs(text) {
	return new Map(text.split(" ").map((pair) => pair.split("=", 2)));
}
function readNumber(text) {
	const number = Number(text || NaN);
	return Number.isFinite(number) ? number : null;
}
// src/engine/ecs/definition/same.ts
/** What ECS adds to a definition of its own accord and what says nothing about what runs. */
const ADDED = /* @__PURE__ */ new Set([
	"taskDefinitionArn",
	"revision",
	"status",
	"requiresAttributes",
	"compatibilities",
	"registeredAt",
	"registeredBy",
	"hostPort"
]);
/**
* Whether a registered definition is what one would register now. Its hash label alone does not tell: who makes another
* revision of it by hand copies the labels. What ECS fills in where nothing was asked for is empty, or is known; other
* additions are somebody's.
*/
function isRegistered(input, found) {
	const { tags: _tags, executionRoleArn, taskRoleArn, ...asked } = input;
	const { executionRoleArn: execution, taskRoleArn: task, ...rest } = found;
	return sameRole(executionRoleArn ?? null, execution ?? null) && sameRole(taskRoleArn ?? null, task ?? null) && holds(asked, rest);
}
/** A role can be given by its name, and comes back as an ARN. */
function sameRole(asked, found) {
	return asked === found || asked !== null && found !== null && found.endsWith(`/${asked}`);
}
function holds(asked, found) {
	if (Array.isArray(asked)) {
		if (!Array.isArray(found) || found.length !== asked.length) return false;
		const [a, b] = [byName(asked), byName(found)];
		return a.every((each, index) => holds(each, b[index]));
	}
	if (!isObject(asked)) return asked === found;
	if (!isObject(found)) return false;
	return Object.entries(asked).every(([key, value]) => holds(value, found[key])) && Object.entries(found).every(([key, value]) => Object.hasOwn(asked, key) || ADDED.has(key) || isEmpty(value));
}
const NAMES = [
	"name",
	"containerName",
	"containerPath"
];
/** Variables, secrets and the like come back in any order; words of a command stay as they are. */
function byName(list) {
	const nameOf = (each) => isObject(each) ? NAMES.flatMap((key) => typeof each[key] === "string" ? each[key] : []).join(" ") : "";
	return list.toSorted((a, b) => nameOf(a) < nameOf(b) ? -1 : Number(nameOf(a) > nameOf(b)));
}
function isEmpty(value) {
	return isObject(value) ? Object.keys(value).length === 0 : !value || Array.isArray(value) && value.length === 0;
}
function isObject(value) {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
// src/engine/ecs/services/controller.ts
/**
* A service that CodeDeploy or another program deploys takes no new task definition from UpdateService.
* https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html
*/
function controllerRefusals({ deploymentController }) {
	const controller = deploymentController?.type ?? "ECS";
	if (controller === "ECS") return [];
	return [{
		reason: `its deployments are made by ${controller}, and Gantry's are rolling updates by ECS`,
		hint: "make a service with the deployment controller ECS beside it: that of a service cannot be changed by Gantry"
	}];
}
export { stateParameter as $, DEMAND as A, isUnderway as B, updateOf as C, patiently as D, describeServices as E, readCounts$1 as F, mirrorOf as G, describe as H, sameStrategy as I, variablesOf as J, readEntry as K, shareOf as L, bounds as M, countsReplace as N, throwIfAborted as O, isAutoscaled as P, releaseParameter as Q, strategyOf as R, strategyIn as S, Looks as T, idOf as U, stateOf as V, lastOf as W, deploymentParameter as X, cancelParameter as Y, lockParameter as Z, createOf as _, ownedFields as a, readHead as at, shapeOf as b, tagsOf as c, explained as ct, parseReference as d, isDenied as dt, variableParameter as et, referenceOf as f, isNamed as ft, countOf as g, actualShape as h, identity as i, chunks as it, SPOT as j, unlessAborted as k, withFingerprint as l, problemOf as lt, versionOf as m, isRegistered as n, variablesParameter as nt, readServiceTags as o, readPartName as ot, secretValueFrom as p, isThrottle as pt, readMirror as q, sameRole as r, Documents as rt, serviceTags as s, ThrottledError as st, controllerRefusals as t, variablePath as tt, leadsTo as u, isBusy as ut, primaryOf as v, networkOf as w, startsDeployment as x, revisionOf as y, States as z };
