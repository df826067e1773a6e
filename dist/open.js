import { o as __toESM } from "./rolldown-runtime.js";
import { n as systemClock, t as isoNow } from "./clock.js";
import { a as TaskError, c as messageOf, i as NotFoundError, o as TimeoutError, r as DeployError, s as UserError, t as CancelledError } from "./errors.js";
import { t as imagesOf } from "./spec.js";
import { t as LockLostError } from "./ledger.js";
import { $ as stateParameter, A as DEMAND, B as isUnderway, C as updateOf, D as patiently, E as describeServices, G as mirrorOf, H as describe$1, J as variablesOf, K as readEntry, L as shareOf, N as countsReplace, O as throwIfAborted, P as isAutoscaled, Q as releaseParameter, T as Looks, U as idOf$1, V as stateOf$1, W as lastOf, X as deploymentParameter, Y as cancelParameter, Z as lockParameter, _ as createOf, at as readHead, b as shapeOf, c as tagsOf$1, ct as explained, d as parseReference, dt as isDenied, et as variableParameter, ft as isNamed, g as countOf, i as identity, it as chunks, j as SPOT, k as unlessAborted, l as withFingerprint, lt as problemOf, n as isRegistered, nt as variablesParameter, o as readServiceTags, ot as readPartName, p as secretValueFrom, pt as isThrottle, q as readMirror, rt as Documents, s as serviceTags, st as ThrottledError, tt as variablePath, ut as isBusy, v as primaryOf, w as networkOf, x as startsDeployment, y as revisionOf$1, z as States } from "./controller.js";
import { d as eventBridgeCron, n as adaptProcess, r as daysOf, t as adapt } from "./adapt.js";
import { a as logGroup, c as processFamily, d as serviceName, f as startedBy, i as instanceName, l as repositoryName, m as taskFamily, o as nameOfArn, p as streamPrefix, r as TAG$1, s as parameterRoot, t as CONTAINER, u as scheduleName } from "./names2.js";
import { _ as mayScale, a as processState, d as isProcess, f as render, g as Autoscaling, h as readLabel, i as isSettled, l as shapeIn, o as withServiceFields, p as LABEL, r as isMoving, s as adoptedOf, t as carryOver, u as readProcessDefinition, v as scalingOf, y as suspended } from "./carry-over.js";
import { t as cacheName } from "./key.js";
import { n as imageUsers } from "./image-users.js";
import { a as noInstance, c as storedRecord, i as LOGIN_SHELL, l as storedRelease, o as Queue, s as superseded$1, t as Terminal } from "./terminal2.js";
import { a as writeLock, i as tookOver, n as isInForce, o as writeReleased, r as readLock, t as isFree } from "./lock-value.js";
import { t as pLimit } from "./p-limit.js";
import { i as replacesInstances, n as FIELD_NAMES, t as FIELDS } from "./fields.js";
import { a as obstaclesOf, i as isOurs$1, n as findTool, r as foreignService, t as describeTool } from "./docker-tool.js";
import { t as noProcess } from "./no-process.js";
import { n as showCommand, t as argv } from "./command.js";
import { a as unknownRun, i as runsStill, n as isOver$1, r as newRun } from "./task-run.js";
import { t as createRedactor } from "./redact.js";
import { t as docker } from "./docker.js";
import { execFile, spawn } from "node:child_process";
import { join } from "node:path";
import { rmSync } from "node:fs";
import { isDeepStrictEqual, promisify } from "node:util";
import { mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { createHash, randomBytes, randomUUID, timingSafeEqual } from "node:crypto";
import { homedir, tmpdir } from "node:os";
import { setTimeout } from "node:timers/promises";
// src/engine/ecs/aws.ts
/** Seconds; a connection that takes longer is tried again. */
const CONNECTION_TIMEOUT = 5;
const TIMEOUT = 30;
/** The clients of AWS, each loaded and made when it is first used. */
var Aws = class {
	#options;
	#made = /* @__PURE__ */ new Map();
	constructor(options) {
		this.#options = options;
	}
	/** The region in which the clients work, wherever it comes from. */
	async region() {
		return (await this.#client("ecs", async () => (await import("./dist-cjs5.js").then((m) => /* @__PURE__ */ __toESM(m.default, 1))).ECS)).config.region();
	}
	ecs() {
		return this.#client("ecs", async () => (await import("./dist-cjs5.js").then((m) => /* @__PURE__ */ __toESM(m.default, 1))).ECS);
	}
	ecr() {
		return this.#client("ecr", async () => (await import("./dist-cjs4.js").then((m) => /* @__PURE__ */ __toESM(m.default, 1))).ECR);
	}
	ssm() {
		return this.#client("ssm", async () => (await import("./dist-cjs9.js").then((m) => /* @__PURE__ */ __toESM(m.default, 1))).SSM);
	}
	secretsManager() {
		return this.#client("secretsManager", async () => (await import("./dist-cjs8.js").then((m) => /* @__PURE__ */ __toESM(m.default, 1))).SecretsManager);
	}
	logs() {
		return this.#client("logs", async () => (await import("./dist-cjs3.js").then((m) => /* @__PURE__ */ __toESM(m.default, 1))).CloudWatchLogs);
	}
	autoscaling() {
		return this.#client("autoscaling", async () => (await import("./dist-cjs2.js").then((m) => /* @__PURE__ */ __toESM(m.default, 1))).ApplicationAutoScaling);
	}
	scheduler() {
		return this.#client("scheduler", async () => (await import("./dist-cjs7.js").then((m) => /* @__PURE__ */ __toESM(m.default, 1))).Scheduler);
	}
	loadBalancing() {
		return this.#client("loadBalancing", async () => (await import("./dist-cjs6.js").then((m) => /* @__PURE__ */ __toESM(m.default, 1))).ElasticLoadBalancingV2);
	}
	ec2() {
		return this.#client("ec2", async () => (await import("./aws-ec2.js")).Ec2);
	}
	iam() {
		return this.#client("iam", async () => (await import("./aws-iam.js")).Iam);
	}
	#client(name, load) {
		let client = this.#made.get(name);
		if (client === void 0) {
			const { region, config, timeout = TIMEOUT } = this.#options;
			client = load().then((Made) => new Made({
				retryMode: "standard",
				maxAttempts: 10,
				userAgentAppId: "gantry",
				requestHandler: {
					connectionTimeout: CONNECTION_TIMEOUT * 1e3,
					requestTimeout: timeout * 1e3,
					throwOnRequestTimeout: true
				},
				...region !== null && { region },
				...config
			}));
			this.#made.set(name, client);
		}
		return client;
	}
};
// src/engine/ecs/definition/pace.ts
/** Spreads calls over time, as a limit of so many at once and so many a second wants it. */
var Pace = class {
	#clock;
	#ahead;
	#interval;
	/** When, in ms, the calls so far would have been made had none been let through early. */
	#due = 0;
	constructor(clock, { burst, perSecond }) {
		this.#clock = clock;
		this.#interval = 1e3 / perSecond;
		this.#ahead = (burst - 1) * this.#interval;
	}
	/** Takes a turn if one is free at once. */
	tryTurn() {
		const now = this.#clock.now();
		const due = Math.max(this.#due, now);
		if (due - this.#ahead > now) return false;
		this.#due = due + this.#interval;
		return true;
	}
	/** Resolves when the next call may be made, or as soon as the signal fires. */
	async turn(signal) {
		const now = this.#clock.now();
		const due = Math.max(this.#due, now);
		this.#due = due + this.#interval;
		const wait = due - this.#ahead - now;
		if (wait > 0) await this.#clock.sleep(wait / 1e3, signal);
	}
};
// src/engine/ecs/definition/references.ts
/** Seconds for which an answer is kept: as long as a deployment that needs it often, not as long as a server. */
const KEPT = 60;
/** A reference to a value that is set by hand. */
const BY_HAND = "gantry";
/** Turns what a spec refers to into what ECS wants. */
var References = class {
	#account;
	#answers = /* @__PURE__ */ new Map();
	constructor(account) {
		this.#account = account;
	}
	/** @throws UserError for an image or a secret that cannot be found */
	async context(app, spec) {
		const { variables } = spec;
		const others = isProcess(spec) ? Object.entries(spec.containers) : [];
		const [region, main, ...containers] = await Promise.all([
			this.#account.aws.region(),
			this.#container(app, spec, variables),
			...others.map(async ([name, container]) => {
				const asked = Object.entries(variables).filter(([each]) => container.secrets[each] === BY_HAND);
				const named = {
					...container,
					name: `${spec.name}/${name}`
				};
				return [name, await this.#container(app, named, Object.fromEntries(asked))];
			})
		]);
		return {
			family: isProcess(spec) ? processFamily(app, spec.name) : taskFamily(app, spec.name),
			...main,
			region,
			logGroup: logGroup(app),
			containers: Object.fromEntries(containers)
		};
	}
	/** What ECS is told to run. */
	async image(app, image) {
		if (image.kind === "pinned") return image.reference;
		if (image.digest === null) throw new Error(`image ${image.key} is not built yet`);
		const name = repositoryName(app);
		return `${await this.#kept(`repository ${name}`, () => this.#repositoryUri(name))}@${image.digest}`;
	}
	async #repositoryUri(name) {
		const ecr = await this.#account.aws.ecr();
		try {
			const { repositories } = await ecr.describeRepositories({ repositoryNames: [name] });
			return repositories[0].repositoryUri;
		} catch (error) {
			if (isNamed(error, "RepositoryNotFoundException")) throw new UserError(`there is no image repository ${name}`, {
				hint: "its images are gone with it: deploy with --rebuild, which makes it and builds them anew",
				cause: error
			});
			throw problemOf(error, `look up the image repository ${name}`);
		}
	}
	async #container(app, { name: component, image, secrets }, variables) {
		const set = Object.entries(variables).map(([name, version]) => [name, variableParameter(app, name, version)]);
		const others = Object.entries(secrets).filter(([name]) => !Object.hasOwn(variables, name));
		const [reference, found] = await Promise.all([this.image(app, image), Promise.all(others.map(async ([name, each]) => [name, await this.#valueFrom(name, each, component)]))]);
		return {
			image: reference,
			valueFrom: Object.fromEntries([...set, ...found])
		};
	}
	async #valueFrom(name, reference, component) {
		const parsed = parseReference(reference);
		if (parsed.kind === "gantry") throw new UserError(`${name} of ${component} is not set`, { hint: `gantry env set ${name} --secret` });
		if (parsed.kind === "ssm") return parsed.name;
		if (parsed.kind !== "secretsmanager") return reference;
		const { id, key } = parsed;
		const arn = await this.#kept(`secret ${id}`, () => this.#arnOf(id, `${name} of ${component}`));
		return secretValueFrom(arn, key);
	}
	/** ECS wants the whole ARN, which ends in letters that nobody knows by heart. */
	async #arnOf(id, user) {
		const secretsManager = await this.#account.aws.secretsManager();
		try {
			const { ARN, DeletedDate } = await secretsManager.describeSecret({ SecretId: id });
			if (DeletedDate === void 0) return ARN;
		} catch (error) {
			if (!isNamed(error, "ResourceNotFoundException")) throw problemOf(error, `look up secretsmanager:${id} for ${user}`);
		}
		throw new UserError(`there is no secret ${id} in Secrets Manager, which ${user} refers to`, { hint: "create it in the region of the cluster, or correct the reference under `secrets`" });
	}
	#kept(question, ask) {
		const now = this.#account.clock.now();
		const known = this.#answers.get(question);
		if (known !== void 0 && now - known.at < KEPT * 1e3) return known.answer;
		const answer = ask();
		this.#answers.set(question, {
			at: now,
			answer
		});
		answer.catch(() => this.#answers.delete(question));
		return answer;
	}
};
// src/engine/ecs/definition/register.ts
/**
* Registering and deregistering, together and per account and region:
* https://docs.aws.amazon.com/AmazonECS/latest/APIReference/request-throttling.html
*/
const LIMIT$1 = {
	burst: 20,
	perSecond: 1
};
const READ_LIMIT = {
	burst: 50,
	perSecond: 20
};
/** Seconds for which AWS may be too busy to show one. */
const LONGEST_REFUSAL$1 = 600;
const PER_PAGE = 100;
/** The task definitions of an app. One instance for all who register: they share the pace that AWS allows. */
var Definitions = class {
	#account;
	#references;
	#pace;
	#reads;
	/** Families that got a revision since they were last pruned. */
	#grown = /* @__PURE__ */ new Set();
	constructor(account) {
		this.#account = account;
		this.#references = new References(account);
		this.#pace = new Pace(account.clock, LIMIT$1);
		this.#reads = new Pace(account.clock, READ_LIMIT);
	}
	/** What an image is called where it is kept. */
	imageReference(app, image) {
		return this.#references.image(app, image);
	}
	/**
	* A revision that is what the spec asks for: the current one (`family:n`, if there is one) or the newest of the family
	* where that is so, else a new one. Of a process that was `adopted` the current one says all that the spec does not.
	*
	* @throws UserError for what cannot be found or what ECS refuses, CancelledError when the signal fires
	*/
	async ensure(app, spec, current, { signal, adopted = null } = {}) {
		const rendered = render(app, spec, await this.#references.context(app, spec));
		const hash = rendered.containerDefinitions[0].dockerLabels[LABEL.hash];
		const input = current !== null && adopted !== null ? carryOver(rendered, await this.#withTags(current), adopted) : rendered;
		for (const candidate of current === null ? [input.family] : [current, input.family]) {
			const found = await this.#describe(candidate);
			if (found?.status === "ACTIVE" && isRegistered(input, found)) return {
				revision: revisionOf(found),
				hash
			};
		}
		return {
			revision: await this.#register(input, spec.name, signal),
			hash
		};
	}
	/** @throws NotFoundError */
	async read(revision) {
		const found = await this.#describe(revision);
		if (found === null) throw new NotFoundError(`there is no task definition ${revision}`);
		return found;
	}
	/**
	* Deregisters what is too old in the families that grew here, and everything in those that are unused. Only as much as
	* AWS takes without waiting: the rest is left to the next time.
	*
	* @param grown families that others may have registered in
	* @param named `family:n`: what a service runs, or may go back to. It is kept however old it is, for nothing new starts
	* from a revision that is not active (ecs.md §1.13, §4.3).
	*/
	async prune({ unused, grown, named }) {
		for (const family of /* @__PURE__ */ new Set([
			...this.#grown,
			...grown,
			...unused
		])) {
			const active = await this.#active(family);
			for (const revision of unused.includes(family) ? active : active.slice(0, -10)) {
				if (named.has(revision)) continue;
				if (!this.#pace.tryTurn()) return;
				await this.#deregister(revision);
			}
			this.#grown.delete(family);
		}
	}
	/** Deregisters everything in these families. */
	async removeAll(families, signal) {
		for (const family of families) for (const revision of await this.#active(family)) {
			await this.#pace.turn(signal);
			if (signal?.aborted) return;
			await this.#deregister(revision);
		}
	}
	async #deregister(taskDefinition) {
		const ecs = await this.#account.aws.ecs();
		try {
			await ecs.deregisterTaskDefinition({ taskDefinition });
		} catch (error) {
			throw problemOf(error, `deregister the task definition ${taskDefinition}`);
		}
	}
	/** Newest last. */
	async #active(family) {
		const ecs = await this.#account.aws.ecs();
		const found = [];
		let nextToken;
		do {
			const page = await ecs.listTaskDefinitions({
				familyPrefix: family,
				status: "ACTIVE",
				maxResults: PER_PAGE,
				...nextToken !== void 0 && { nextToken }
			});
			found.push(...(page.taskDefinitionArns ?? []).map(nameOfArn));
			nextToken = page.nextToken;
		} while (nextToken !== void 0);
		return found;
	}
	async #register(input, name, signal) {
		await this.#pace.turn(signal);
		if (signal?.aborted) throw new CancelledError(`cancelled before ${name} was registered`);
		const ecs = await this.#account.aws.ecs();
		try {
			const { taskDefinition } = await ecs.registerTaskDefinition(input);
			this.#grown.add(input.family);
			return revisionOf(taskDefinition);
		} catch (error) {
			throw refused$1(error, name);
		}
	}
	async #withTags(taskDefinition) {
		const ecs = await this.#account.aws.ecs();
		try {
			const found = await ecs.describeTaskDefinition({
				taskDefinition,
				include: ["TAGS"]
			});
			return {
				definition: found.taskDefinition,
				tags: found.tags ?? []
			};
		} catch (error) {
			throw problemOf(error, `read the task definition ${taskDefinition}`);
		}
	}
	/** Null where there is none. */
	async #describe(taskDefinition) {
		const { aws, clock } = this.#account;
		const ecs = await aws.ecs();
		const limits = {
			clock,
			until: clock.now() + LONGEST_REFUSAL$1 * 1e3
		};
		try {
			await this.#reads.turn();
			const { taskDefinition: found } = await patiently(limits, () => ecs.describeTaskDefinition({ taskDefinition }));
			return found ?? null;
		} catch (error) {
			if (isNamed(error, "ClientException")) return null;
			throw problemOf(error, `read the task definition ${taskDefinition}`);
		}
	}
};
/** `family:n` */
function revisionOf({ family, revision }) {
	return `${family}:${revision}`;
}
function refused$1(error, name) {
	if (!isNamed(error, "ClientException", "InvalidParameterException")) return problemOf(error, `register the task definition of ${name}`);
	return new UserError(`ECS refuses the task definition of ${name}: ${messageOf(error)}`, {
		hint: "correct what it names in the config, or in what was set by hand",
		cause: error
	});
}
// src/engine/ecs/patience.ts
/** How long, in seconds, a service may be broken or out of reach before whoever waits gives up. */
const LONGEST_TROUBLE = 300;
const MOST_STRETCHED = 16;
/**
* For one that waits for something: refused calls make it wait longer between looks, and do not end its wait. Being
* throttled never does; a service that is broken or out of reach does after five minutes.
*/
var Patience = class {
	#clock;
	#stretch = 1;
	#troubleSince = null;
	constructor(clock) {
		this.#clock = clock;
	}
	/** Null when the call is to be made again later, or when the signal has fired; rejects when that has no sense. */
	async attempt(call, signal) {
		try {
			const answer = await call();
			this.#stretch = 1;
			this.#troubleSince = null;
			return answer;
		} catch (error) {
			if (signal?.aborted) return null;
			if (!isThrottle(error)) this.#trouble(error);
			this.#stretch = Math.min(this.#stretch * 2, MOST_STRETCHED);
			return null;
		}
	}
	/** Sleeps so many seconds, and longer when calls were refused. */
	async pause(seconds, signal) {
		await this.#clock.sleep(seconds * this.#stretch, signal);
	}
	#trouble(error) {
		this.#troubleSince ??= this.#clock.now();
		const seconds = (this.#clock.now() - this.#troubleSince) / 1e3;
		if (!isBusy(error) || seconds > LONGEST_TROUBLE) throw error;
	}
};
// src/engine/ecs/logs/stream.ts
/** Seconds until the next look: short while something comes, longer when nothing does. */
function pauseFor(idle) {
	return Math.min(Math.max(idle / 4, 1), 5);
}
/** The events of one stream from its beginning, each once. A stream that does not exist yet is an empty one. */
async function* readStream(account, { group, stream, pause, signal }) {
	const { clock } = account;
	const patience = new Patience(clock);
	let token;
	let last = clock.now();
	try {
		while (!signal.aborted) {
			const page = await patience.attempt(() => readPage(account, group, stream, token, signal), signal);
			if (page === null) {
				await patience.pause(1, signal);
				continue;
			}
			yield* page.events;
			if (page.events.length > 0) last = clock.now();
			const isEnd = page.token === token;
			token = page.token;
			if (!isEnd) continue;
			const seconds = pause((clock.now() - last) / 1e3);
			if (seconds === null) return;
			await patience.pause(seconds, signal);
		}
	} catch (error) {
		throw problemOf(error, `read the log stream ${stream}`);
	}
}
async function readPage({ aws }, group, stream, token, signal) {
	const logs = await aws.logs();
	const input = {
		logGroupName: group,
		logStreamName: stream,
		startFromHead: true,
		...token !== void 0 && { nextToken: token }
	};
	try {
		const { events = [], nextForwardToken } = await logs.getLogEvents(input, { abortSignal: signal });
		return {
			events: events.map(({ timestamp: time = 0, message: text = "" }) => ({
				time,
				text
			})),
			token: nextForwardToken
		};
	} catch (error) {
		if (isNamed(error, "ResourceNotFoundException")) return {
			events: [],
			token
		};
		throw error;
	}
}
// src/engine/ecs/deployment-log.ts
/** Of one PutLogEvents: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html */
const MOST_EVENTS = 1e4;
const MOST_BYTES$1 = 1048576;
const EVENT_COST = 26;
/** Characters of one event: at most 192 KB in UTF-8, where CloudWatch takes 256. */
const LONGEST$1 = 65536;
/** Begins an event whose line goes on in the next one. A line of JSON cannot begin with it. */
const GOES_ON = "~";
/**
* The events of each deployment as lines of JSON: one stream, `deployments/<number>`, beside the output of the app. One
* deployer at a time writes to it.
*/
var DeploymentLog = class {
	#account;
	#logs;
	#streams = /* @__PURE__ */ new Set();
	/** The time of the last event: each is later than the one before, so that CloudWatch keeps their order. */
	#last = 0;
	constructor(account, logs) {
		this.#account = account;
		this.#logs = logs;
	}
	/** Rejects with a UserError when they cannot be stored, all or in part. That need not fail the deployment. */
	async append(app, number, lines) {
		const logStreamName = streamName(number);
		const logs = await this.#account.aws.logs();
		try {
			await this.#ensureStream(app, logStreamName);
			for (const logEvents of batches(this.#events(lines))) await logs.putLogEvents({
				logGroupName: logGroup(app),
				logStreamName,
				logEvents
			});
		} catch (error) {
			throw problemOf(error, `store the log of deployment #${number}`);
		}
	}
	/** All lines in order; with `follow` until the one that says that the deployment has finished, or the signal fires. */
	async *read(app, number, follow, signal) {
		const messages = readStream(this.#account, {
			group: logGroup(app),
			stream: streamName(number),
			pause: (idle) => follow ? pauseFor(idle) : null,
			signal
		});
		let begun = "";
		for await (const { text: message } of messages) {
			if (message.startsWith(GOES_ON)) {
				begun += message.slice(1);
				continue;
			}
			const line = begun + message;
			begun = "";
			yield line;
			if (follow && saysFinished(line)) return;
		}
	}
	async #ensureStream(app, logStreamName) {
		const key = `${logGroup(app)}:${logStreamName}`;
		if (this.#streams.has(key)) return;
		await this.#logs.ensureStream(app, logStreamName);
		this.#streams.add(key);
	}
	#events(lines) {
		return lines.flatMap(partsOf).map((message) => {
			this.#last = Math.max(this.#last + 1, this.#account.clock.now());
			return {
				timestamp: this.#last,
				message
			};
		});
	}
};
function streamName(number) {
	return `deployments/${number}`;
}
/** A line that is too long for one event, in several: a large plan is one. */
function partsOf(line) {
	const parts = [];
	let rest = line;
	while (rest.length > LONGEST$1) {
		const end = rest.codePointAt(65535) > 65535 ? 65535 : LONGEST$1;
		parts.push(GOES_ON + rest.slice(0, end));
		rest = rest.slice(end);
	}
	return [...parts, rest];
}
function batches(events) {
	const all = [];
	let bytes = Infinity;
	for (const event of events) {
		const size = Buffer.byteLength(event.message) + EVENT_COST;
		if (bytes + size > MOST_BYTES$1 || all.at(-1).length === MOST_EVENTS) {
			all.push([]);
			bytes = 0;
		}
		all.at(-1).push(event);
		bytes += size;
	}
	return all;
}
/** The line is what somebody wrote into a log: it may be anything. */
function saysFinished(line) {
	try {
		const event = JSON.parse(line);
		return typeof event === "object" && event !== null && "type" in event && event.type === "deployment.finished";
	} catch {
		return false;
	}
}
// src/engine/ecs/images/private-folder.ts
/** A temporary folder that only we can read; it is gone afterwards, also where this process is told to leave at once. */
async function withPrivateFolder(prefix, use) {
	const folder = await mkdtemp(join(tmpdir(), prefix));
	const removeNow = () => rmSync(folder, {
		recursive: true,
		force: true
	});
	process.on("exit", removeNow);
	try {
		return await use(folder);
	} finally {
		await rm(folder, {
			recursive: true,
			force: true
		});
		process.off("exit", removeNow);
	}
}
// src/engine/ecs/images/repository.ts
/** Days after which what no tag names, and build caches, go. */
const KEPT_DAYS$1 = 14;
/** Key tags are never expired by rule: only Gantry knows which of them a service or a kept release names. */
const LIFECYCLE = { rules: [{
	rulePriority: 1,
	description: "Images that no tag names any more",
	selection: {
		tagStatus: "untagged",
		countType: "sinceImagePushed",
		countUnit: "days",
		countNumber: KEPT_DAYS$1
	},
	action: { type: "expire" }
}, {
	rulePriority: 2,
	description: "Build caches",
	selection: {
		tagStatus: "tagged",
		tagPatternList: ["cache-*"],
		countType: "sinceImagePushed",
		countUnit: "days",
		countNumber: KEPT_DAYS$1
	},
	action: { type: "expire" }
}] };
/** The URI of an app's repository, which is made when it is missing. */
async function ensureRepository({ aws }, app) {
	const ecr = await aws.ecr();
	const repositoryName$3 = repositoryName(app);
	const uri = await describe(ecr, repositoryName$3) ?? await create$1(ecr, app);
	try {
		await ecr.getLifecyclePolicy({ repositoryName: repositoryName$3 });
	} catch (error) {
		if (!isNamed(error, "LifecyclePolicyNotFoundException")) throw error;
		await ecr.putLifecyclePolicy({
			repositoryName: repositoryName$3,
			lifecyclePolicyText: JSON.stringify(LIFECYCLE)
		});
	}
	return uri;
}
async function describe(ecr, name) {
	try {
		const { repositories } = await ecr.describeRepositories({ repositoryNames: [name] });
		return repositories[0].repositoryUri;
	} catch (error) {
		if (isNamed(error, "RepositoryNotFoundException")) return null;
		throw error;
	}
}
async function create$1(ecr, app) {
	try {
		const { repository } = await ecr.createRepository({
			repositoryName: repositoryName(app),
			imageScanningConfiguration: { scanOnPush: true },
			imageTagMutability: "IMMUTABLE_WITH_EXCLUSION",
			imageTagMutabilityExclusionFilters: [{
				filterType: "WILDCARD",
				filter: "cache-*"
			}],
			tags: [{
				Key: TAG$1.app,
				Value: app.name
			}, {
				Key: TAG$1.environment,
				Value: app.environment
			}]
		});
		return repository.repositoryUri;
	} catch (error) {
		if (!isNamed(error, "RepositoryAlreadyExistsException")) throw error;
		return await describe(ecr, repositoryName(app));
	}
}
// src/engine/ecs/images/images.ts
const KEY = /^[0-9a-f]{64}$/;
const TAG = /^\w[\w.-]{0,127}$/;
/** What an image was called before another one was made for its key. */
const FORMER = "former-";
/** What an image is called that is to take the place of another one, until it is whole. */
const NEXT = "next-";
/** What one call about images takes: https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DescribeImages.html */
const PER_CALL = 100;
const THEIRS = "somebody else has made this image meanwhile: theirs is used";
const ABSENT$1 = ["ImageNotFoundException", "RepositoryNotFoundException"];
/** `[registry/]repository[:tag][@digest]`, as https://pkg.go.dev/github.com/distribution/reference has it. */
const REFERENCE = /^(?:[a-zA-Z0-9.-]+(?::\d+)?\/)?[a-z0-9]+(?:(?:[._]|__|-+|\/)[a-z0-9]+)*(?::\w[\w.-]{0,127})?(?:@sha256:[0-9a-f]{64})?$/;
/** The images of an app: in its ECR repository, tagged with their content keys. */
var Images = class {
	#account;
	#builder;
	constructor(account, builder) {
		this.#account = account;
		this.#builder = builder;
	}
	/** One call where all of them exist. */
	async find(app, keys) {
		const found = /* @__PURE__ */ new Map();
		for (const page of chunks(keys, PER_CALL)) {
			const details = await this.#describe(app, page) ?? await this.#describe(app, await this.#existing(app, page));
			for (const { imageTags = [], imageDigest, imagePushedAt } of details ?? []) for (const key of imageTags.filter((tag) => page.includes(tag))) {
				const created_at = (imagePushedAt ?? new Date(this.#account.clock.now())).toISOString();
				found.set(key, {
					kind: "built",
					key,
					digest: imageDigest,
					created_at
				});
			}
		}
		return found;
	}
	/** The image that has a tag, whoever gave it. */
	async tagged(app, tag) {
		const found = TAG.test(tag) ? await this.#findOne(app, tag) : null;
		if (found !== null) return found;
		throw new NotFoundError(`the repository ${repositoryName(app)} has no image with the tag ${JSON.stringify(tag.slice(0, 128))}`, { hint: "the images that Gantry made have their content keys as tags; `image=release:v3` takes that of a release" });
	}
	async make(app, request, io) {
		const uri = await ensureRepository(this.#account, app);
		const there = await this.#findOne(app, request.key);
		if (there === null) return this.#makeFirst(app, uri, request, io);
		if (request.anew !== true) {
			io.log(THEIRS);
			return there;
		}
		const tag = `${NEXT}${randomBytes(8).toString("hex")}`;
		await this.#build(uri, tag, request, io);
		await this.#replace(app, request.key, tag);
		return this.#pushed(app, request.key);
	}
	async #makeFirst(app, uri, request, io) {
		try {
			await this.#build(uri, request.key, request, io);
		} catch (error) {
			const theirs = io.signal.aborted ? null : await this.#findOne(app, request.key);
			if (theirs === null) throw error;
			io.log(THEIRS);
			return theirs;
		}
		return this.#pushed(app, request.key);
	}
	async #build(uri, tag, request, io) {
		const { build, source, secrets = {}, anew = false } = request;
		await withPrivateFolder("gantry-build-", async (context) => {
			await source.write(context, io.signal);
			if (io.signal.aborted) throw new CancelledError("cancelled before the image was built");
			const login = await this.#login(uri);
			const [reference, cache] = [`${uri}:${tag}`, `${uri}:cache-${cacheName(build)}`];
			await this.#builder.build({
				context,
				build,
				reference,
				cache,
				secrets,
				anew,
				login
			}, io);
		});
	}
	async #pushed(app, key) {
		const made = await this.#findOne(app, key);
		if (made === null) throw new Error(`the registry does not show image ${key} that was pushed`);
		return made;
	}
	async #findOne(app, key) {
		return (await this.find(app, [key])).get(key) ?? null;
	}
	/** A sentence for each pin that no registry could have. Whether it is there is seen when it is pulled. */
	check(pins) {
		return pins.flatMap(({ component, reference }) => {
			const what = component.replace(":", " ");
			if (/^(?:key:[0-9a-f]+|release:v\d+)$/.test(reference)) return [`${what}: ${reference} is an image of the local engine; name one of a registry`];
			return REFERENCE.test(reference) ? [] : [`${what}: ${JSON.stringify(reference)} is no image reference`];
		});
	}
	/** Deletes what was made for a content key and what nothing names; caches and what people pushed stay. */
	async prune(app, named) {
		const ecr = await this.#account.aws.ecr();
		const repositoryName$1 = repositoryName(app);
		const keep = new Set(named.flatMap((image) => namesIn(repositoryName$1, image)));
		const gone = (await this.#tagged(app)).filter(({ imageTag = "", imageDigest = "" }) => isOurs(imageTag) && !keep.has(imageTag) && !keep.has(imageDigest));
		for (const imageIds of chunks(gone, PER_CALL)) await ecr.batchDeleteImage({
			repositoryName: repositoryName$1,
			imageIds: imageIds.map(({ imageTag }) => ({ imageTag }))
		});
	}
	/** Deletes the repository with all that is in it. */
	async removeAll(app) {
		const ecr = await this.#account.aws.ecr();
		try {
			await ecr.deleteRepository({
				repositoryName: repositoryName(app),
				force: true
			});
		} catch (error) {
			if (!isNamed(error, ...ABSENT$1)) throw error;
		}
	}
	/** None where everything is pinned: then there is no repository. */
	async #tagged(app) {
		const ecr = await this.#account.aws.ecr();
		const found = [];
		let nextToken;
		do {
			const page = await ecr.listImages({
				repositoryName: repositoryName(app),
				filter: { tagStatus: "TAGGED" },
				nextToken
			}).catch((error) => {
				if (isNamed(error, ...ABSENT$1)) return {
					imageIds: [],
					nextToken: void 0
				};
				throw error;
			});
			found.push(...page.imageIds ?? []);
			nextToken = page.nextToken;
		} while (nextToken !== void 0);
		return found;
	}
	/** Null when one of them does not exist: ECR then tells nothing of the others. */
	async #describe(app, tags) {
		if (tags.length === 0) return [];
		try {
			const imageIds = tags.map((imageTag) => ({ imageTag }));
			return (await (await this.#account.aws.ecr()).describeImages({
				repositoryName: repositoryName(app),
				imageIds
			})).imageDetails ?? [];
		} catch (error) {
			if (isNamed(error, ...ABSENT$1)) return null;
			throw error;
		}
	}
	async #existing(app, tags) {
		if (tags.length === 1) return [];
		try {
			const ecr = await this.#account.aws.ecr();
			const imageIds = tags.map((imageTag) => ({ imageTag }));
			const { images = [] } = await ecr.batchGetImage({
				repositoryName: repositoryName(app),
				imageIds
			});
			return [...new Set(images.flatMap(({ imageId }) => imageId?.imageTag ?? []))];
		} catch (error) {
			if (isNamed(error, ...ABSENT$1)) return [];
			throw error;
		}
	}
	/**
	* Gives the tag of a key to another image. Tags do not change, so it is taken from the one before, which gets a name of
	* its own: what runs names it by digest, and roll-backs want it.
	*/
	async #replace(app, key, next) {
		const ecr = await this.#account.aws.ecr();
		const repositoryName$2 = repositoryName(app);
		const imageIds = [{ imageTag: key }, { imageTag: next }];
		const { images = [] } = await ecr.batchGetImage({
			repositoryName: repositoryName$2,
			imageIds
		});
		const former = images.find(({ imageId }) => imageId?.imageTag === key);
		if (former !== void 0) {
			await this.#tag(app, former, `${FORMER}${former.imageId.imageDigest.replace("sha256:", "")}`);
			await ecr.batchDeleteImage({
				repositoryName: repositoryName$2,
				imageIds: [{ imageTag: key }]
			});
		}
		await this.#tag(app, images.find(({ imageId }) => imageId?.imageTag === next), key);
		await ecr.batchDeleteImage({
			repositoryName: repositoryName$2,
			imageIds: [{ imageTag: next }]
		});
	}
	/** Somebody else may do the same at the same time, or have been killed on the way. */
	async #tag(app, { imageManifest, imageManifestMediaType }, imageTag) {
		const ecr = await this.#account.aws.ecr();
		try {
			await ecr.putImage({
				repositoryName: repositoryName(app),
				imageManifest,
				imageManifestMediaType,
				imageTag
			});
		} catch (error) {
			if (!isNamed(error, "ImageAlreadyExistsException", "ImageTagAlreadyExistsException")) throw error;
		}
	}
	async #login(uri) {
		const { authorizationData = [] } = await (await this.#account.aws.ecr()).getAuthorizationToken({});
		return {
			registry: uri.split("/")[0],
			auth: authorizationData[0].authorizationToken
		};
	}
};
/** The tag or the digest by which an image is named in a repository; none where it is in another one. */
function namesIn(repository, image) {
	if (image.kind === "built") return image.digest === null ? [] : [image.digest];
	const [, name, digest] = /^[^/]+\/([^@]+)(?:@(.+))?$/.exec(image.reference) ?? [];
	const [path, tag] = name?.split(":") ?? [];
	return path === repository ? [tag, digest].filter((each) => each !== void 0) : [];
}
function isOurs(tag) {
	return KEY.test(tag) || tag.startsWith(FORMER) || tag.startsWith(NEXT);
}
// src/engine/ecs/kept.ts
/** What runs or starts at its time, and what a kept release would run. */
function namedImages({ processes, schedules }, releases) {
	const pinned = releases.flatMap(({ app, owned_images }) => [...imageUsers(app).flatMap((each) => each.image ?? []), ...Object.values(owned_images)]);
	return [
		...Object.values(processes).flatMap((each) => imagesOf(each.state.spec)),
		...schedules.map((each) => each.image),
		...releases.flatMap((release) => Object.values(release.images)),
		...pinned.map((reference) => ({
			kind: "pinned",
			reference
		}))
	];
}
/** Of everything that an app runs, or ran in a kept release. */
function familiesOf(app, { processes, schedules }, releases) {
	const all = releases.flatMap((release) => release.app.processes.map(({ name }) => name));
	const tasks = [...schedules, ...releases.flatMap((release) => release.app.tasks)].map(({ name }) => name);
	return [...new Set([...Object.keys(processes), ...all].map((name) => processFamily(app, name))), ...new Set([...tasks, "run"].map((name) => taskFamily(app, name)))];
}
/** Of processes that kept releases had and that are no more; going back to one registers it anew. */
function unusedFamilies(app, { processes }, releases) {
	return [...new Set(releases.flatMap((release) => release.app.processes.map(({ name }) => name)))].filter((name) => !Object.hasOwn(processes, name)).map((name) => processFamily(app, name));
}
// src/engine/ecs/logs/events.ts
const STREAM$1 = /^([a-z0-9.-]+)\/([a-z0-9-]+)\/([\w-]+)$/;
/** A component and the beginning of the id of an ECS task: `web-3f9c2a11`. */
const INSTANCE = /^([a-z0-9./-]+)-(\w{1,8})$/;
/** Whose output a stream is: its component and the id of the ECS task. Null for what is no output of an instance. */
function ownerOf(stream) {
	const [, component, container, taskId] = STREAM$1.exec(stream) ?? [];
	if (component === void 0 || container === void 0 || taskId === void 0) return null;
	return {
		component: outputOf(component, container),
		taskId
	};
}
/** What the output of a container is called: `web`, or `web/proxy` for what runs beside it. */
function outputOf(component, container) {
	return container === CONTAINER ? component : `${component}/${container}`;
}
/** What the names of the streams of an output begin with. */
function streamsOf(output) {
	return output.includes("/") ? `${output}/` : `${output}/${CONTAINER}/`;
}
/** What was written in a span of time, oldest first as far as CloudWatch knows. Nothing where there is no log group. */
async function* eventsIn({ aws }, query) {
	const { app, from, to, signal } = query;
	const prefix = prefixOf(query);
	const logs = await aws.logs();
	let token;
	do {
		const page = await logs.filterLogEvents({
			logGroupName: logGroup(app),
			...prefix !== null && { logStreamNamePrefix: prefix },
			startTime: Math.max(from, 0),
			...to !== null && { endTime: to },
			...token !== void 0 && { nextToken: token }
		}, { abortSignal: signal }).catch((error) => {
			if (isNamed(error, "ResourceNotFoundException")) return {
				events: [],
				nextToken: void 0
			};
			throw error;
		});
		for (const { eventId, timestamp, logStreamName = "", message = "" } of page.events ?? []) {
			const owner = ownerOf(logStreamName);
			if (owner === null || eventId === void 0 || timestamp === void 0) continue;
			const instance = instanceName(owner.component, owner.taskId);
			if (!isWanted(query, owner.component, instance)) continue;
			yield {
				id: eventId,
				time: timestamp,
				instance,
				text: message
			};
		}
		token = page.nextToken;
	} while (token !== void 0 && !signal.aborted);
}
/** What the names of the wanted streams begin with; null where that may be anything. */
function prefixOf({ component, instance }) {
	const [, owner, taskId] = INSTANCE.exec(instance ?? "") ?? [];
	if (owner !== void 0) return `${streamsOf(owner)}${taskId}`;
	return component === null ? null : `${component}/`;
}
function isWanted(query, component, instance) {
	const asked = query.component ?? component;
	return (asked === component || component.startsWith(`${asked}/`)) && (query.instance ?? instance) === instance;
}
/** Containers have one output for both: CloudWatch does not know what was written to standard error. */
function linesOf({ time, instance, text }) {
	const at = new Date(time).toISOString();
	return splitLines(text).map((line) => ({
		time: at,
		instance,
		stream: "out",
		text: line
	}));
}
/** The lines of an event: a driver may have been told to make one of several, and a program may overwrite its line. */
function splitLines(text) {
	return text.replace(/[\r\n]+$/, "").split(/\r\n|\r|\n/);
}
// src/engine/ecs/logs/reader.ts
const MINUTE = 6e4;
const DAY = 1440 * MINUTE;
/** How far back, in milliseconds, one looks for the last lines, step by step: an app that writes much is asked for little. */
const WINDOWS = [
	MINUTE,
	10 * MINUTE,
	120 * MINUTE,
	DAY,
	7 * DAY,
	30 * DAY
];
/** How late, in milliseconds, an event may come into sight after others that are younger. */
const LATENESS$1 = MINUTE;
/** The output of an app's instances: its last lines, then what comes, each event once. */
var LogReader = class {
	#account;
	#app;
	#query;
	/** Events from the last minute of what was read, which are found again by the next look: id to time. */
	#seen = /* @__PURE__ */ new Map();
	/** Time of the youngest event. */
	#youngest;
	/** Milliseconds since the epoch. */
	#since;
	#patience;
	constructor(account, app, query) {
		this.#account = account;
		this.#app = app;
		this.#query = query;
		this.#youngest = account.clock.now();
		this.#since = query.since === void 0 ? -Infinity : Date.parse(query.since);
		this.#patience = new Patience(account.clock);
	}
	async *lines() {
		yield* await this.#lastLines();
		if (this.#query.follow && this.#query.before === void 0) yield* this.#follow();
	}
	/** Goes back in time until there are enough. */
	async #lastLines() {
		const { lines: wanted, since, before } = this.#query;
		const end = before === void 0 ? this.#account.clock.now() : Date.parse(before);
		let lines = [];
		let to = before === void 0 ? null : end - 1;
		for (const window of since === void 0 ? WINDOWS : [...WINDOWS, Infinity]) {
			const from = Math.max(end - window, this.#since);
			if (to !== null && to < from) break;
			lines = [...(await this.#read(from, to)).flatMap(linesOf), ...lines];
			if (lines.length >= wanted || this.#query.signal.aborted) break;
			to = from - 1;
		}
		return wanted === 0 ? [] : lines.slice(-wanted);
	}
	async *#follow() {
		const { clock } = this.#account;
		const { signal } = this.#query;
		let last = clock.now();
		while (!signal.aborted) {
			await clock.sleep(pauseFor((clock.now() - last) / 1e3), signal);
			if (signal.aborted) return;
			const events = await this.#read(Math.max(this.#youngest - LATENESS$1, this.#since), null);
			if (events.length > 0) last = clock.now();
			yield* events.flatMap(linesOf);
		}
	}
	/** Events of a span of time that were not read before, in the order of their times. */
	async #read(from, to) {
		const events = (await this.#events(from, to)).filter(({ id }) => !this.#seen.has(id)).sort((a, b) => a.time - b.time);
		for (const { id, time } of events) {
			this.#seen.set(id, time);
			this.#youngest = Math.max(this.#youngest, time);
		}
		for (const [id, time] of this.#seen) if (time < this.#youngest - LATENESS$1) this.#seen.delete(id);
		return events;
	}
	async #events(from, to) {
		const { process: component, instance = null, signal } = this.#query;
		const query = {
			app: this.#app,
			component,
			instance,
			from,
			to,
			signal
		};
		while (!signal.aborted) {
			const events = await this.#patience.attempt(() => Array.fromAsync(eventsIn(this.#account, query)), signal);
			if (events !== null) return events;
			await this.#patience.pause(1, signal);
		}
		return [];
	}
};
// src/engine/ecs/logs/logs.ts
/** Long enough to look into last week's trouble, and not paid for for ever, as CloudWatch would keep it. */
const KEPT_DAYS = 30;
/** Streams are asked for by 50. Whoever wrote nothing in so many streams has written nothing for long. */
const MOST_PAGES = 20;
/** The output of an app's instances in CloudWatch: one log group, with one stream for each of them. */
var Logs = class {
	#account;
	#ensured = /* @__PURE__ */ new Map();
	constructor(account) {
		this.#account = account;
	}
	/**
	* Makes the log group of an app when it is missing, at most once. Where nobody has said how long it keeps its events,
	* it is 30 days from then on.
	*/
	ensureGroup(app) {
		const group = logGroup(app);
		let ensured = this.#ensured.get(group);
		if (ensured === void 0) {
			ensured = this.#ensure(group).catch((error) => {
				this.#ensured.delete(group);
				throw problemOf(error, `make the log group ${group}`);
			});
			this.#ensured.set(group, ensured);
		}
		return ensured;
	}
	/** For how many days events are kept, whoever said otherwise before. True where that is new. */
	async setRetention(app, retentionInDays) {
		const logGroupName = logGroup(app);
		const logs = await this.#account.aws.logs();
		try {
			const found = await this.#find(logGroupName);
			if (found?.retentionInDays === retentionInDays) return false;
			if (found === null) await this.ensureGroup(app);
			await logs.putRetentionPolicy({
				logGroupName,
				retentionInDays
			});
			return true;
		} catch (error) {
			throw problemOf(error, `set how long the log group ${logGroupName} keeps its events`);
		}
	}
	/** Makes a log stream of an app when it is missing, and its group. */
	async ensureStream(app, logStreamName) {
		await this.ensureGroup(app);
		const logs = await this.#account.aws.logs();
		try {
			await logs.createLogStream({
				logGroupName: logGroup(app),
				logStreamName
			});
		} catch (error) {
			if (!isNamed(error, "ResourceAlreadyExistsException")) throw error;
		}
	}
	/** Oldest first; with `follow` it goes on until the signal fires. All lines are of the stream `out`. */
	async *read(app, query) {
		try {
			yield* new LogReader(this.#account, app, query).lines();
		} catch (error) {
			throw problemOf(error, `read the log group ${logGroup(app)}`);
		}
	}
	/** The last messages of one instance: `web` or `web/proxy`, and the id of its ECS task. */
	async tail(app, component, taskId, count) {
		const logs = await this.#account.aws.logs();
		const logStreamName = `${streamsOf(component)}${taskId}`;
		try {
			const { events = [] } = await logs.getLogEvents({
				logGroupName: logGroup(app),
				logStreamName,
				limit: count,
				startFromHead: false
			});
			return events.map((event) => event.message ?? "");
		} catch (error) {
			if (isNamed(error, "ResourceNotFoundException")) return [];
			throw problemOf(error, `read the log stream ${logStreamName}`);
		}
	}
	/** Which processes, containers and tasks have written something lately: `web`, `web/proxy`, `task.migrate`. */
	async names(app) {
		const logs = await this.#account.aws.logs();
		const names = /* @__PURE__ */ new Set();
		let token;
		try {
			for (let page = 0; page < MOST_PAGES; page++) {
				const { logStreams = [], nextToken } = await logs.describeLogStreams({
					logGroupName: logGroup(app),
					orderBy: "LastEventTime",
					descending: true,
					...token !== void 0 && { nextToken: token }
				});
				for (const { logStreamName = "" } of logStreams) {
					const owner = ownerOf(logStreamName);
					if (owner !== null) names.add(owner.component);
				}
				token = nextToken;
				if (token === void 0) break;
			}
		} catch (error) {
			if (!isNamed(error, "ResourceNotFoundException")) throw problemOf(error, "list the log streams");
		}
		return [...names].sort();
	}
	/** Deletes all output of an app. */
	async removeGroup(app) {
		const logs = await this.#account.aws.logs();
		const group = logGroup(app);
		this.#ensured.delete(group);
		try {
			await logs.deleteLogGroup({ logGroupName: group });
		} catch (error) {
			if (!isNamed(error, "ResourceNotFoundException")) throw problemOf(error, `delete the log group ${group}`);
		}
	}
	async #ensure(group) {
		const logs = await this.#account.aws.logs();
		try {
			await logs.createLogGroup({ logGroupName: group });
		} catch (error) {
			if (!isNamed(error, "ResourceAlreadyExistsException", "OperationAbortedException")) throw error;
			if ((await this.#find(group))?.retentionInDays !== void 0) return;
		}
		await logs.putRetentionPolicy({
			logGroupName: group,
			retentionInDays: KEPT_DAYS
		});
	}
	async #find(group) {
		const { logGroups = [] } = await (await this.#account.aws.logs()).describeLogGroups({
			logGroupNamePrefix: group,
			limit: 1
		});
		return logGroups[0]?.logGroupName === group ? logGroups[0] : null;
	}
};
function withMemory(memory, processes, schedules) {
	return {
		processes: {
			...memory?.processes,
			...processes
		},
		schedules: schedules ?? memory?.schedules
	};
}
function applyMemory(state, memory) {
	if (memory === void 0) return state;
	const processes = Object.entries({
		...state.processes,
		...memory.processes
	});
	return {
		...state,
		processes: Object.fromEntries(processes.filter((entry) => entry[1] !== null)),
		schedules: [...memory.schedules ?? state.schedules]
	};
}
/** Only upwards: an end that comes late must not take back what a later one said. */
function applyEnd(state, finished, settled) {
	return {
		...state,
		deployment: Math.max(state.deployment, finished.number),
		release: Math.max(state.release, finished.release ?? 0),
		settled: Math.max(state.settled, settled),
		finished
	};
}
/** The deployment as people see it: ended as soon as the state says so. */
function shown(stored, { finished }) {
	const { nonce: _nonce, record, ...rest } = stored;
	const deployment = {
		...rest,
		record: record && storedRecord(record)
	};
	if (finished === null || finished.number !== deployment.number || isFinished(deployment)) return deployment;
	return {
		...deployment,
		...finished
	};
}
function isFinished({ status }) {
	return status !== "queued" && status !== "running";
}
/** Up to which number all have ended when `ending` has, as far as these were read. */
function settledBy(state, ending, read) {
	const ended = /* @__PURE__ */ new Set([ending, ...read.filter(isFinished).map((each) => each.number)]);
	const gone = state.deployment - 100;
	let settled = Math.max(state.settled, gone);
	while (ended.has(settled + 1)) settled++;
	return settled;
}
// src/engine/ecs/parameters/retention.ts
/** Seconds after which nobody can still be at work on a document whose parts were written. */
const WRITE_LIMIT = 3600;
/** Deletes what is too old to be kept, and parts that belong to no value any more. */
async function deleteOld(store, clock, app, state) {
	const listed = await store.list(parameterRoot(app));
	const old = new Set(listed.filter(({ name }) => isOld(app, name, state)).map(({ name }) => name));
	const parts = listed.filter(({ name, modified }) => !old.has(name) && readPartName(name) !== null && clock.now() - modified > WRITE_LIMIT * 1e3);
	await store.delete([...old, ...await orphans(store, parts)]);
}
/**
* Deletes everything of an app. The lock goes last: until then nobody else begins anything. Resolves when an app of the same
* name may be made.
*/
async function deleteAll(store, clock, app) {
	const names = (await store.list(parameterRoot(app))).map(({ name }) => name);
	const lock = lockParameter(app);
	await store.delete(names.filter((name) => name !== lock));
	await store.delete(names.filter((name) => name === lock));
	await clock.sleep(30);
}
function isOld(app, name, { deployment, release, settled }) {
	const [, kind, text] = /^(deployments|releases|cancel)\/(\d+)(?:\.|$)/.exec(name.slice(parameterRoot(app).length)) ?? [];
	const number = Number(text);
	if (kind === "releases") return number <= release - 10;
	if (kind === "cancel") return number <= settled;
	return kind === "deployments" && number <= Math.min(settled, deployment - 100);
}
/** The parts whose document is gone, or is of another value by now. */
async function orphans(store, parts) {
	const found = parts.map(({ name }) => ({
		name,
		...readPartName(name)
	}));
	const heads = await store.get([...new Set(found.map(({ head }) => head))]);
	return found.filter(({ head, hash }) => {
		const parameter = heads.get(head);
		return parameter === void 0 || readHead(head, parameter.value).hash !== hash;
	}).map(({ name }) => name);
}
// src/engine/ecs/parameters/ledger.ts
/**
* The ledger in SSM: a document per deployment and per release, and the state. A deployment that had its turn ends with
* the write of the state. What is written before that, a release, counts only then; what is written after it, the
* deployment's own document, is read as the state has it until the next end writes it.
*/
var EcsLedger = class {
	#documents;
	#states;
	#clock;
	#memories = /* @__PURE__ */ new Map();
	constructor(account) {
		this.#documents = new Documents(account);
		this.#states = new States(account);
		this.#clock = account.clock;
	}
	async open(app, entry) {
		const state = await this.#state(app);
		for (let number = state.deployment + 1;; number++) {
			const deployment = {
				...entry,
				number,
				status: "queued",
				created_at: isoNow(this.#clock),
				started_at: null,
				finished_at: null,
				reason: null,
				release: null,
				record: null,
				nonce: randomUUID()
			};
			if (await this.#documents.create(deploymentParameter(app, number), deployment)) return shown(deployment, state);
			number = (await this.#from(app, number, number)).at(-1)?.number ?? number;
		}
	}
	async start(app, number) {
		const started_at = isoNow(this.#clock);
		await this.#states.update(app, (state) => ({
			...state,
			begun: Math.max(state.begun, number)
		}));
		await this.#change(app, number, (stored) => ({
			...stored,
			status: "running",
			started_at
		}));
	}
	async record(app, number, record) {
		await this.#change(app, number, (stored) => ({
			...stored,
			record
		}));
	}
	async finish(app, number, end) {
		const { state, stored } = await this.#readOne(app, deploymentParameter(app, number));
		if (stored === void 0) throw unknown(number);
		const finished = {
			number,
			status: end.outcome,
			finished_at: isoNow(this.#clock),
			reason: end.reason,
			release: end.release === null ? null : state.release + 1
		};
		if (stored.status === "queued" && end.release === null) {
			await this.#close(app, finished);
			return null;
		}
		const release = end.release && releaseOf(stored, finished, end.release);
		if (release !== null) await this.#documents.write(releaseParameter(app, release.number), release);
		const settled = await this.#settle(app, state, number);
		const memory = this.#memories.get(parameterRoot(app));
		await this.#states.update(app, (now) => applyEnd(applyMemory(now, memory), finished, settled));
		this.#forget(app, memory);
		await this.#close(app, finished);
		return release;
	}
	async taskSucceeded(app, task, fingerprint) {
		await this.#states.update(app, (state) => ({
			...state,
			succeeded: {
				...state.succeeded,
				[task]: fingerprint
			}
		}));
	}
	/** Keeps in mind what processes became, null for one that is gone, until the deployment ends. */
	remember(app, processes, schedules) {
		const key = parameterRoot(app);
		this.#memories.set(key, withMemory(this.#memories.get(key), processes, schedules));
	}
	/** Writes down what is kept in mind, for who has no deployment to end. */
	async flush(app) {
		const memory = this.#memories.get(parameterRoot(app));
		if (memory === void 0) return;
		await this.#states.update(app, (state) => applyMemory(state, memory));
		this.#forget(app, memory);
	}
	async deployment(app, number) {
		const { state, stored } = await this.#readOne(app, deploymentParameter(app, number));
		return stored === void 0 ? null : shown(stored, state);
	}
	async deployments(app, limit, before = Infinity) {
		const state = await this.#state(app);
		const found = (before > state.deployment + 1 ? await this.#from(app, state.deployment + 1, 0) : []).toReversed().filter(({ number }) => number < before).slice(0, limit);
		const oldest = Math.max(1, state.deployment - 100 + 1);
		for (let top = Math.min(state.deployment, before - 1); found.length < limit && top >= oldest; top -= 10) {
			const bottom = Math.max(oldest, top - 10 + 1, top - (limit - found.length) + 1);
			found.push(...(await this.#range(app, bottom, top)).toReversed());
		}
		return found.slice(0, limit).map((stored) => shown(stored, state));
	}
	async unfinished(app) {
		const state = await this.#state(app);
		return (await this.#from(app, state.settled + 1, state.deployment)).map((stored) => shown(stored, state)).filter((deployment) => !isFinished(deployment));
	}
	async releases(app, limit, before = Infinity) {
		const newest = Math.min((await this.#state(app)).release, before - 1);
		const count = Math.min(limit, newest);
		const names = Array.from({ length: count }, (_, index) => releaseParameter(app, newest - index));
		const found = await this.#documents.read(names);
		return names.flatMap((name) => found.get(name) ?? []).map(storedRelease);
	}
	async release(app, number) {
		const { state, stored } = await this.#readOne(app, releaseParameter(app, number));
		return stored === void 0 || number > state.release ? null : storedRelease(stored);
	}
	/** Deletes the deployments and releases that are too old to be kept, and what writers left that died. */
	async prune(app) {
		await deleteOld(this.#documents.store, this.#clock, app, await this.#state(app));
	}
	/** Deletes every parameter of an app. */
	async removeAll(app) {
		this.#memories.delete(parameterRoot(app));
		await deleteAll(this.#documents.store, this.#clock, app);
	}
	async #state(app) {
		return (await this.#states.read(app)).state;
	}
	async #readOne(app, name) {
		const found = await this.#documents.read([stateParameter(app), name]);
		return {
			state: stateOf$1(app, found.get(stateParameter(app))),
			stored: found.get(name)
		};
	}
	/** Those of these numbers that there are, the oldest first. */
	async #range(app, from, to) {
		const names = Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => deploymentParameter(app, from + index));
		const found = await this.#documents.read(names);
		return names.flatMap((name) => found.get(name) ?? []);
	}
	/** Those from a number on, the oldest first: up to one that is known, and as far as there are more. */
	async #from(app, first, known) {
		const found = [];
		for (let last = first + 10 - 1;; last += 10) {
			found.push(...await this.#range(app, last - 10 + 1, last));
			if (last >= known && found.at(-1)?.number !== last) return found;
		}
	}
	/**
	* Writes what the last end may have left unwritten, before the state forgets it, and says up to where all have ended
	* when this one has.
	*/
	async #settle(app, state, ending) {
		const { finished } = state;
		const ahead = Array.from({ length: 9 }, (_, index) => state.settled + 1 + index);
		const numbers = [.../* @__PURE__ */ new Set([...finished === null ? [] : [finished.number], ...ahead])];
		const read = [...(await this.#documents.read(numbers.map((each) => deploymentParameter(app, each)))).values()];
		const last = read.find((each) => each.number === finished?.number);
		if (finished !== null && last !== void 0 && !isFinished(last)) await this.#close(app, finished);
		return settledBy(state, ending, read.map((stored) => shown(stored, state)));
	}
	async #close(app, { number, ...end }) {
		await this.#change(app, number, (stored) => ({
			...stored,
			...end
		}));
	}
	async #change(app, number, change) {
		await this.#documents.update(deploymentParameter(app, number), (stored) => {
			if (stored === void 0) throw unknown(number);
			return change(stored);
		});
	}
	/** Unless more was remembered since. */
	#forget(app, memory) {
		if (this.#memories.get(parameterRoot(app)) === memory) this.#memories.delete(parameterRoot(app));
	}
};
function releaseOf({ by, title }, finished, release) {
	const { number: deployment, finished_at: created_at, release: number } = finished;
	return {
		...release,
		number,
		deployment,
		by,
		title,
		created_at
	};
}
function unknown(number) {
	return new NotFoundError(`there is no deployment #${number}`, { hint: "`gantry deployment list` shows what there is" });
}
// src/engine/ecs/parameters/lease.ts
/** Seconds until a renewal that failed is tried again. */
const RETRY = 3;
const TAKEN = "another deployment has it now";
/** The lock while it is ours: renewed again and again, until it is given back, lost, or cannot be renewed any more. */
var Lease = class {
	/** Fires when it is lost, or when its deployment is to stop; then it is renewed until it is given back. */
	signal;
	#options;
	#told = new AbortController();
	#lost = new AbortController();
	#released = new AbortController();
	#gone = new AbortController();
	/** Lost, or given back. */
	#over = AbortSignal.any([this.#lost.signal, this.#gone.signal]);
	#renewing;
	/** The last version that we wrote. */
	#version;
	/** Milliseconds since the epoch: from then on others may take it over. */
	#until;
	#problem = "it was not renewed in time";
	#release;
	constructor(options) {
		this.#options = options;
		this.#version = options.version;
		this.#until = options.since + 9e4;
		this.signal = this.#told.signal;
		this.#renewing = this.#renewRegularly();
		this.#watch();
	}
	get lost() {
		return this.#lost.signal;
	}
	release() {
		this.#release ??= this.#giveBack();
		return this.#release;
	}
	/** A renewal may hang; the lease ends nonetheless. */
	async #watch() {
		const { clock } = this.#options;
		while (!this.#over.aborted) {
			await clock.sleep((this.#until - clock.now()) / 1e3, this.#over);
			if (!this.#over.aborted && clock.now() >= this.#until) this.#lose(this.#problem);
		}
	}
	async #renewRegularly() {
		const { clock } = this.#options;
		const ended = AbortSignal.any([this.#lost.signal, this.#released.signal]);
		let pause = 20;
		for (;;) {
			await clock.sleep(pause, ended);
			if (ended.aborted) return;
			if (clock.now() >= this.#until) return this.#lose(this.#problem);
			try {
				await this.#renew();
				pause = 20;
			} catch (error) {
				this.#problem = messageOf(error);
				pause = RETRY;
			}
		}
	}
	async #renew() {
		const { clock, holder } = this.#options;
		const { lock, cancelled } = await this.#look();
		if (cancelled) this.#told.abort(new CancelledError(`deployment #${holder.deployment} was cancelled`));
		if (lock === null || !await this.#isOurs(lock)) return this.#lose(TAKEN);
		const since = clock.now();
		const next = await this.#put(lock, writeLock(holder));
		if (next !== null && tookOver(next, lock)) return this.#lose(TAKEN);
		this.#until = since + 9e4;
	}
	/** Writes upon what was seen. Resolves with the write that came next, where somebody else's did; null where ours did. */
	async #put(seen, value) {
		const { store, app, holder } = this.#options;
		const put = {
			overwrite: true,
			signal: this.#lost.signal
		};
		const version = await store.put(lockParameter(app), value, put);
		const next = version === seen.version + 1 ? null : await this.#written(seen.version + 1);
		this.#version = version;
		return next?.nonce === holder.nonce ? null : next;
	}
	/**
	* What stands there may be the write of somebody who came too late to take the lock over: then it is still ours, and
	* the next renewal puts that right. The write after our last one decides.
	*/
	async #isOurs(lock) {
		const { nonce } = this.#options.holder;
		if (lock.nonce === nonce) return true;
		if (lock.version <= this.#version) return false;
		const next = lock.version === this.#version + 1 ? lock : await this.#written(this.#version + 1);
		if (next === null) throw new Error("SSM does not show who wrote the lock");
		return !tookOver(next, {
			version: this.#version,
			nonce
		});
	}
	async #written(version) {
		const { store, app } = this.#options;
		const found = await store.version(lockParameter(app), version, this.#lost.signal);
		return found && readLock(found);
	}
	async #look() {
		const { store, app, holder, isCancellable } = this.#options;
		const names = [lockParameter(app), cancelParameter(app, holder.deployment)];
		const found = await store.get(names, { signal: this.#lost.signal });
		const lock = found.get(names[0]);
		const cancelled = isCancellable && found.has(names[1]);
		return {
			lock: lock === void 0 ? null : readLock(lock),
			cancelled
		};
	}
	async #giveBack() {
		this.#released.abort();
		await this.#renewing;
		try {
			while (!this.#lost.signal.aborted && !await this.#isGivenBack());
		} catch {} finally {
			this.#gone.abort();
		}
	}
	/** False when the write of somebody who came too late went before ours: then it is given back upon that. */
	async #isGivenBack() {
		const { clock, holder } = this.#options;
		const { lock } = await this.#look();
		if (lock === null || !await this.#isOurs(lock) || clock.now() >= this.#until) return true;
		const next = await this.#put(lock, writeReleased(holder, lock));
		return next === null || tookOver(next, lock);
	}
	#lose(reason) {
		const error = new LockLostError(`the lock of this deployment was lost: ${reason}`, { hint: "deploy again: what it had begun is found and finished" });
		this.#lost.abort(error);
		this.#told.abort(error);
	}
};
// src/engine/ecs/parameters/acquire.ts
/** How many deployments above one's own are looked at: with the lock and the wish to cancel, as many as one call takes. */
const LOOK_AHEAD = 8;
/** Seconds after which a deployment that never ended makes no other one out of date: its deployer is gone. */
const STALE = 3600;
const SHORTEST_PAUSE = 1;
const LONGEST_PAUSE = 5;
/**
* Takes the lock of an app, or waits for it. Rejects with a CancelledError when the signal fires or somebody asked for it
* from elsewhere, and with a SupersededError when a newer deployment came.
*/
async function acquire(documents, clock, app, request) {
	const claim = new Claim(documents, clock, app, request);
	for (let poll = 0;; poll++) {
		try {
			const lease = await claim.try();
			if (lease !== null) return lease;
		} catch (error) {
			if (!request.signal.aborted && !(error instanceof ThrottledError)) throw error;
		}
		if (request.signal.aborted) throw cancelled$1();
		await clock.sleep(claim.pause(poll), request.signal);
		if (request.signal.aborted) throw cancelled$1();
	}
}
function cancelled$1() {
	return new CancelledError("cancelled while it waited for its turn");
}
var Claim = class {
	#documents;
	#clock;
	#app;
	#request;
	#holder;
	/** Whether it waits: a lock that is free at first is taken, whoever else may come. */
	#waits = false;
	/** Whether there was a lock when it was looked at last. */
	#wasThere = false;
	/** When our last write of the lock was sent, in milliseconds since the epoch. */
	#sent = 0;
	constructor(documents, clock, app, request) {
		this.#documents = documents;
		this.#clock = clock;
		this.#app = app;
		this.#request = request;
		this.#holder = {
			deployment: request.deployment,
			nonce: randomUUID()
		};
	}
	/** Null: somebody else has it. */
	async try() {
		const seen = await this.#look();
		this.#waits = true;
		if (seen === null) return this.#create();
		this.#wasThere = true;
		if (seen.nonce === this.#holder.nonce) return this.#recognise(seen);
		if (this.#isLeft(seen) || isFree(seen, this.#clock.now())) return this.#takeOver(seen);
		this.#request.onWait(seen.deployment);
		return null;
	}
	/** Seconds; each one who waits has a rhythm of its own. */
	pause(poll) {
		const jitter = .75 + Number.parseInt(this.#holder.nonce.slice(0, 4), 16) / 131071;
		return Math.min(LONGEST_PAUSE, SHORTEST_PAUSE * 1.5 ** poll) * jitter;
	}
	/** Whether the one who had it for this very deployment is dead. */
	#isLeft(seen) {
		const { inherits = false, deployment } = this.#request;
		return inherits && seen.deployment === deployment && isInForce(seen);
	}
	async #create() {
		if (this.#wasThere) {
			this.#wasThere = false;
			await this.#clock.sleep(30, this.#request.signal);
			return null;
		}
		const version = await this.#put(null);
		return version === null ? null : this.#lease(version);
	}
	/** The answer to our write was lost, or what it came upon could not be read. */
	async #recognise(seen) {
		this.#sent = Math.min(this.#sent, seen.modified);
		return seen.takes_over === null ? this.#lease(seen.version) : this.#confirm(seen.takes_over, seen.version);
	}
	async #takeOver(seen) {
		const version = await this.#put(seen);
		return version === 1 ? this.#lease(version) : this.#confirm(seen, version);
	}
	/** It is ours if ours was the next write, and came upon the one that was seen. */
	async #confirm(before, version) {
		return (version === before.version + 1 || (await this.#written(before.version + 1))?.nonce === this.#holder.nonce) && await this.#isStill(before) ? this.#lease(version) : null;
	}
	/** Whether a number is still of the write that was seen, and so is the one that this gave the lock back upon. */
	async #isStill(before) {
		const found = await this.#written(before.version);
		if (found?.nonce !== before.nonce) return false;
		const { released } = found;
		return released === null || (await this.#written(released.version))?.nonce === released.nonce;
	}
	async #written(version) {
		const found = await this.#documents.store.version(lockParameter(this.#app), version);
		return found && readLock(found);
	}
	async #put(takesOver) {
		this.#sent = this.#clock.now();
		return this.#documents.store.put(lockParameter(this.#app), writeLock(this.#holder, takesOver), { overwrite: takesOver !== null });
	}
	#lease(version) {
		const { store } = this.#documents;
		return new Lease({
			store,
			clock: this.#clock,
			app: this.#app,
			holder: this.#holder,
			isCancellable: this.#isCancellable(),
			version,
			since: this.#sent
		});
	}
	/** Who finishes a deployment finishes one that was cancelled, too. */
	#isCancellable() {
		return this.#request.inherits !== true;
	}
	/** The lock, read together with what may end the wait. */
	async #look() {
		const { deployment, supersedes, signal } = this.#request;
		const names = [lockParameter(this.#app), cancelParameter(this.#app, deployment)];
		const ahead = Array.from({ length: supersedes && this.#waits ? LOOK_AHEAD : 0 }, (_, index) => deploymentParameter(this.#app, deployment + 1 + index));
		const found = await this.#documents.store.get([...names, ...ahead], { signal });
		if (this.#isCancellable() && found.has(names[1])) throw cancelled$1();
		const successor = [...(await this.#documents.resolve(new Map([...found].filter(([name]) => ahead.includes(name))))).values()].find((each) => this.#isDue(each));
		if (successor !== void 0) throw superseded$1(successor.number);
		const lock = found.get(names[0]);
		return lock === void 0 ? null : readLock(lock);
	}
	#isDue(deployment) {
		const age = this.#clock.now() - Date.parse(deployment.created_at);
		return deployment.kind !== "operate" && !isFinished(deployment) && age < STALE * 1e3;
	}
};
// src/engine/ecs/parameters/lock.ts
/** The locks of apps: in turn in this process, and among all machines by a parameter in SSM. */
var Locks = class {
	#account;
	#documents;
	#queues = /* @__PURE__ */ new Map();
	constructor(account) {
		this.#account = account;
		this.#documents = new Documents(account);
	}
	async lock(app, request) {
		const asked = {
			...request,
			onWait: once(request.onWait)
		};
		const turn = await this.#queue(app).enter(asked);
		try {
			const lease = await acquire(this.#documents, this.#account.clock, app, asked);
			return {
				signal: lease.signal,
				lost: lease.lost,
				release: async () => {
					await lease.release();
					await turn.release();
				}
			};
		} catch (error) {
			await turn.release();
			throw error;
		}
	}
	/** Asks a deployment to stop, wherever its deployer is. It sees so when it renews the lock, within 20 s. */
	async cancel(app, deployment) {
		await this.#documents.store.put(cancelParameter(app, deployment), isoNow(this.#account.clock), { overwrite: true });
	}
	#queue(app) {
		const key = parameterRoot(app);
		const queue = this.#queues.get(key) ?? new Queue();
		this.#queues.set(key, queue);
		return queue;
	}
};
function once(tell) {
	let told = false;
	return (holder) => {
		if (!told) tell(holder);
		told = true;
	};
}
// src/engine/ecs/parameters/named-variables.ts
/**
* The parameters with values of variables that ECS may still be asked for: by what runs, by what is scheduled, and by what
* is gone back to. Definitions are read only of revisions that the state does not know, as other hands deploy them.
*/
async function namedVariables(app, naming) {
	const { state, unfinished, revisions, read } = naming;
	const processes = Object.values(state.processes);
	const records = unfinished.flatMap(({ record }) => record ?? []);
	const specs = [
		...processes.map((each) => each.state.spec),
		...state.schedules,
		...records.flatMap((record) => record.processes.flatMap(({ before }) => before?.spec ?? [])),
		...records.flatMap((record) => record.schedules)
	];
	const named = new Set(specs.flatMap(({ variables }) => Object.entries(variables).map(([name, version]) => variableParameter(app, name, version))));
	const known = new Set(processes.map(({ revision }) => revision));
	for (const revision of revisions) {
		if (known.has(revision)) continue;
		const { containerDefinitions = [] } = await read(revision);
		for (const { valueFrom = "" } of containerDefinitions.flatMap(({ secrets = [] }) => secrets)) named.add(valueFrom.replace(/^arn:[^:]+:ssm:[^:]*:[^:]*:parameter/, ""));
	}
	return named;
}
// src/engine/ecs/parameters/variables.ts
/** Bytes: https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html */
const LONGEST_VALUE = 8192;
/** How often the mirror is compared with the list, a second apart. */
const SYNC_ATTEMPTS = 30;
/**
* The variables that people set by hand. Every value is in a parameter of its own, which is written once and deleted when
* nothing names it any more: ECS reads it whenever it starts a container, of what runs as of what a roll-back brings back.
* To unset a variable is an entry too. The mirror tells which are the last ones; one that lags, because who set something
* died, is put right by the next one.
*/
var Variables = class {
	#documents;
	#store;
	#clock;
	constructor(account) {
		this.#documents = new Documents(account);
		this.#store = this.#documents.store;
		this.#clock = account.clock;
	}
	async set(app, variable) {
		checkValue(variable);
		const seen = await this.#look(app);
		const { name, process, value } = variable;
		const change = {
			name,
			process,
			kind: variable.secret ? "secret" : "plain"
		};
		const last = lastOf(this.#next(seen), change);
		const version = last?.kind === change.kind && await this.#isSame(app, last, value) ? last.version : await this.#add(app, seen, change, value);
		await this.#sync(app, (listed) => has(listed, {
			name,
			version
		}));
	}
	/** False when there was none. */
	async unset(app, name, process) {
		const seen = await this.#look(app);
		const last = lastOf(this.#next(seen), {
			name,
			process
		});
		const isSet = last !== void 0 && last.kind !== "unset";
		const change = {
			name,
			process,
			kind: "unset"
		};
		const version = isSet ? await this.#add(app, seen, change, "-") : null;
		await this.#sync(app, (listed) => version === null || has(listed, {
			name,
			version
		}));
		return isSet || variablesOf(seen.mirror).some((each) => each.name === name && each.process === process);
	}
	/** What is set by now, by whomever. Puts the mirror right. */
	async refresh(app) {
		return variablesOf((await this.#sync(app)).mirror);
	}
	/**
	* Deletes the values that are not set any more and that nothing names.
	*
	* @param named the parameters that something names; asked for only where there is something to delete
	*/
	async prune(app, named) {
		const { mirror, listed } = await this.#sync(app);
		const past = listed.filter((each) => !has(mirror.entries, each));
		if (past.length === 0) return;
		const kept = await named();
		const parameters = past.map(({ name, version }) => variableParameter(app, name, version));
		await this.#store.delete(parameters.filter((each) => !kept.has(each)));
	}
	async #look(app) {
		const name = variablesParameter(app);
		return {
			mirror: readMirror(app, (await this.#documents.read([name])).get(name)),
			listed: (await this.#store.list(variablePath(app))).flatMap((each) => readEntry(app, each) ?? [])
		};
	}
	#next({ mirror, listed }) {
		return mirrorOf(listed, mirror, this.#clock.now());
	}
	/** Whoever may set a secret need not be able to read it: what cannot be compared counts as another value. */
	async #isSame(app, { name, version, kind }, value) {
		const parameter = variableParameter(app, name, version);
		try {
			const stored = (await this.#store.get([parameter], { decrypt: kind === "secret" })).get(parameter);
			return stored !== void 0 && isSameText(stored.value, value);
		} catch (error) {
			if (error instanceof UserError && isDenied(error.cause)) return false;
			throw error;
		}
	}
	/** Resolves with the version that it became: the first that nobody else has taken. */
	async #add(app, { mirror, listed }, change, value) {
		const { name, process, kind } = change;
		const versions = [...mirror.entries, ...listed].flatMap((each) => each.name === name ? each.version : []);
		const options = {
			overwrite: false,
			description: describe$1(change),
			...kind === "secret" && {
				type: "SecureString",
				keyId: keyOf(listed, {
					name,
					process
				})
			}
		};
		for (let version = Math.max(0, ...versions) + 1;; version++) if (await this.#put(variableParameter(app, name, version), value, options) !== null) return version;
	}
	async #put(...put) {
		try {
			return await this.#store.put(...put);
		} catch (error) {
			if (error instanceof UserError) throw new UserError(error.message, { hint: error.hint });
			throw new UserError(`SSM refuses the value for ${put[0]}`, { hint: "it takes text without {{ and }}; keep anything else in a file, or encode it as base64" });
		}
	}
	/**
	* Makes the mirror say what the list says, once that shows what was just done. Whoever writes lists again afterwards,
	* so that of two who set something at once the later one sees both.
	*/
	async #sync(app, shows = () => true) {
		let written;
		for (let attempt = 1; attempt <= SYNC_ATTEMPTS; attempt++) {
			const seen = await this.#look(app);
			if (shows(seen.listed)) {
				const next = this.#next(seen);
				if ([seen.mirror, written].some((each) => isDeepStrictEqual(next, each))) return {
					...seen,
					mirror: next
				};
				await this.#documents.write(variablesParameter(app), next);
				written = next;
			} else await this.#clock.sleep(1);
		}
		throw new UserError("SSM does not show yet what was just changed", { hint: "it is stored; do the same again in a minute, so that deployments learn of it" });
	}
};
function has(entries, wanted) {
	return entries.some((each) => idOf$1(each) === idOf$1(wanted));
}
/** Who has chosen a key for a secret keeps it: without being told again, SSM would take the account's default key. */
function keyOf(listed, { name, process }) {
	return listed.filter((each) => each.name === name && each.process === process && each.kind === "secret").toSorted((one, other) => other.version - one.version)[0]?.keyId ?? null;
}
function checkValue({ name, value }) {
	if (value === "") throw new UserError(`${name} is empty, and SSM stores no empty values`, { hint: `unset it, or write \`env: {${name}: ""}\` into the config` });
	const bytes = Buffer.byteLength(value);
	if (bytes > LONGEST_VALUE) throw new UserError(`the value of ${name} has ${bytes} bytes, and SSM takes ${LONGEST_VALUE} at most`, { hint: "keep it in AWS Secrets Manager and name it under `secrets:` as secretsmanager:NAME" });
}
/** Takes as long for what is nearly right as for what is not. */
function isSameText(one, other) {
	return timingSafeEqual(digest(one), digest(other));
}
function digest(value) {
	return createHash("sha256").update(value).digest();
}
// src/engine/ecs/tasks/request.ts
/** When a task has to have ended: seconds since the epoch. */
const DEADLINE = "gantry:deadline";
const DEPLOYMENT = "gantry:deployment";
const INITIATED_BY = "gantry:initiated-by";
/** How many seconds a task may take that nobody knew the start of: one that a schedule starts. */
const LIMIT = "gantry:limit";
/** Bytes that are 256 characters in base64, the longest value of a tag. */
const MOST_BYTES = 192;
/** What ECS is asked for to run a task once. */
function runInput(app, request, run) {
	const { spec, initiated_by, deployment } = request;
	return {
		...commonInput(app, spec, run),
		clientToken: run.clientToken,
		enableECSManagedTags: true,
		tags: tagsOf$1({
			...identity(app, "task", spec.name),
			[DEADLINE]: String(Math.ceil(run.deadline / 1e3)),
			...deployment !== null && { [DEPLOYMENT]: String(deployment) },
			[INITIATED_BY]: encoded(initiated_by)
		})
	};
}
/**
* What EventBridge Scheduler is to ask ECS for. It may do so twice, so the token is one for each time that is due; it
* fills in that time: https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html
*/
function scheduledRunInput(app, spec, run) {
	const name = createHash("sha256").update(taskFamily(app, spec.name)).digest("hex").slice(0, 16);
	return {
		...commonInput(app, spec, run),
		clientToken: `${name}-<aws.scheduler.scheduled-time>`,
		tags: tagsOf$1({
			...identity(app, "task", spec.name),
			[INITIATED_BY]: encoded(`schedule ${spec.schedule ?? ""}`),
			[LIMIT]: String(Math.ceil(spec.max_hours * 3600))
		})
	};
}
function commonInput(app, spec, { cluster, revision }) {
	return {
		cluster,
		taskDefinition: revision,
		count: 1,
		capacityProviderStrategy: [{
			capacityProvider: "FARGATE",
			weight: 1
		}],
		networkConfiguration: { awsvpcConfiguration: networkOf(spec) },
		startedBy: startedBy(app)
	};
}
function readRunTags(tags = []) {
	const values = new Map(tags.map(({ key, value }) => [key, value]));
	const deployment = /^[1-9]\d{0,8}$/.exec(values.get(DEPLOYMENT) ?? "");
	const by = values.get(INITIATED_BY);
	return {
		task: values.get(TAG$1.task) ?? "",
		initiated_by: by === void 0 ? "schedule" : Buffer.from(by, "base64url").toString(),
		deployment: deployment === null ? null : Number(deployment[0])
	};
}
/** Whether tags say that what has them is of this app. */
function belongsTo({ name, environment }, tags) {
	const values = new Map(tags.map(({ key, value }) => [key, value]));
	return values.get(TAG$1.app) === name && values.get(TAG$1.environment) === environment;
}
/** When a described task has to have ended, in milliseconds since the epoch; null where nothing says so. */
function deadlineOf$1({ tags = [], createdAt }) {
	const values = new Map(tags.map(({ key, value }) => [key, value]));
	const deadline = seconds(values.get(DEADLINE));
	if (deadline !== null) return deadline;
	const limit = seconds(values.get(LIMIT));
	return limit === null || createdAt === void 0 ? null : createdAt.getTime() + limit;
}
function seconds(text) {
	return text !== void 0 && /^\d{1,12}$/.test(text) ? Number(text) * 1e3 : null;
}
/** Any text, in letters that a tag may have. */
function encoded(text) {
	let kept = "";
	let bytes = 0;
	for (const character of text.toWellFormed()) {
		bytes += Buffer.byteLength(character);
		if (bytes > MOST_BYTES) break;
		kept += character;
	}
	return Buffer.from(kept).toString("base64url");
}
// src/engine/ecs/schedules/target.ts
/** After so many seconds what was due is out of date. */
const LONGEST_RETRY = 3600;
/**
* A call of ECS as the target of a schedule. The members of its input begin with capital letters there, other than in
* ECS's own API: https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-universal.html
*
* Scheduler's own target for ECS is of less use: it needs the ARNs of the cluster and of the definition, and a task that
* it starts is not started by us, so that ListTasks does not find it.
*/
function ecsTarget(call, role, input) {
	const [, partition = "aws"] = role.split(":");
	return {
		Arn: `arn:${partition}:scheduler:::aws-sdk:ecs:${call}`,
		RoleArn: role,
		Input: JSON.stringify(capitalized(input)),
		RetryPolicy: {
			MaximumEventAgeInSeconds: LONGEST_RETRY,
			MaximumRetryAttempts: 10
		}
	};
}
/** What Gantry's schedules have in common: they start at the minute that they name. */
function scheduleInput(schedule) {
	return {
		FlexibleTimeWindow: { Mode: "OFF" },
		State: "ENABLED",
		...schedule
	};
}
function capitalized(value) {
	if (Array.isArray(value)) return value.map(capitalized);
	if (typeof value !== "object" || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([name, each]) => [name.slice(0, 1).toUpperCase() + name.slice(1), capitalized(each)]));
}
// src/engine/ecs/schedules/schedules.ts
const PARALLEL$3 = 4;
/** Of a name that is cut, what all schedules of an app have in common: 64 characters without a hash. */
const COMMON = 55;
/** The scheduled tasks of apps, in EventBridge Scheduler. */
var Schedules = class {
	#account;
	#definitions;
	#logs;
	constructor(account, definitions, logs) {
		this.#account = account;
		this.#definitions = definitions;
		this.#logs = logs;
	}
	/**
	* Makes exactly these run, where `before` did; only what differs is written. Makes no call where there was and is none.
	*
	* Whoever calls it records `tasks` before: if it is killed on its way, the next one knows from that what to look after.
	*/
	async set(app, tasks, before) {
		const wanted = tasks.filter((task) => task.schedule !== null);
		if (wanted.length === 0 && before.length === 0) return;
		const there = await this.#names(app);
		const limit = pLimit(PARALLEL$3);
		await Promise.all(wanted.map((task) => limit(async () => {
			if (!there.has(scheduleName(app, task.name)) || !before.some((each) => isDeepStrictEqual(each, task))) await this.#put(app, task);
		})));
		const kept = new Set(wanted.map((task) => scheduleName(app, task.name)));
		const gone = [...there].filter((name) => !kept.has(name));
		await Promise.all(gone.map((name) => limit(() => this.#delete(name))));
	}
	/** Deletes all schedules of an app. */
	async remove(app) {
		for (const name of await this.#names(app)) await this.#delete(name);
	}
	async #put(app, task) {
		const input = await this.#inputOf(app, task);
		const scheduler = await this.#account.aws.scheduler();
		try {
			await scheduler.createSchedule(input).catch(async (error) => {
				if (!isNamed(error, "ConflictException")) throw error;
				await scheduler.updateSchedule(input);
			});
		} catch (error) {
			throw refused(error, task);
		}
	}
	async #inputOf(app, task) {
		const role = task.placement?.scheduler_role;
		if (!role) throw new UserError(`task ${task.name} has a schedule, and no role with which it can be started`, { hint: "name one in ecs.scheduler_role that EventBridge Scheduler can take on and that may run tasks" });
		const expression = eventBridgeCron(task.schedule);
		await this.#logs.ensureGroup(app);
		const { revision } = await this.#definitions.ensure(app, task, null);
		const run = scheduledRunInput(app, task, {
			cluster: this.#account.cluster,
			revision
		});
		return scheduleInput({
			Name: scheduleName(app, task.name),
			Description: `Task ${task.name} of ${app.name}, environment ${app.environment}`,
			ScheduleExpression: expression,
			ScheduleExpressionTimezone: task.timezone,
			Target: ecsTarget("runTask", role, run)
		});
	}
	async #delete(name) {
		const scheduler = await this.#account.aws.scheduler();
		try {
			await scheduler.deleteSchedule({ Name: name });
		} catch (error) {
			if (!isNamed(error, "ResourceNotFoundException")) throw problemOf(error, `delete the schedule ${name}`);
		}
	}
	/** The schedules of an app that there are. */
	async #names(app) {
		const scheduler = await this.#account.aws.scheduler();
		const prefix = taskFamily(app, "");
		const names = [];
		let token;
		try {
			do {
				const page = await scheduler.listSchedules({
					NamePrefix: prefix.slice(0, COMMON),
					...token !== void 0 && { NextToken: token }
				});
				names.push(...(page.Schedules ?? []).map(({ Name = "" }) => Name));
				token = page.NextToken;
			} while (token !== void 0);
			const own = prefix.length <= COMMON ? names : await this.#ownOf(app, names);
			return new Set(own);
		} catch (error) {
			throw problemOf(error, `list the schedules of ${app.name}`);
		}
	}
	async #ownOf(app, names) {
		const scheduler = await this.#account.aws.scheduler();
		const own = [];
		for (const name of names) {
			const { Target } = await scheduler.getSchedule({ Name: name });
			if (belongsTo(app, tagsOfTarget(Target?.Input ?? ""))) own.push(name);
		}
		return own;
	}
};
/** The tags in the input of a target; none where it is not one of ours. */
function tagsOfTarget(input) {
	try {
		const { Tags = [] } = JSON.parse(input);
		return Tags.map(({ Key, Value }) => ({
			key: Key,
			value: Value
		}));
	} catch {
		return [];
	}
}
function refused(error, task) {
	if (!isNamed(error, "ValidationException", "ServiceQuotaExceededException", "UnknownOperationException")) return problemOf(error, `schedule task ${task.name}`);
	const why = messageOf(error);
	return new UserError(`could not schedule task ${task.name}: ${why}`, {
		hint: /role/i.test(why) ? "the trust policy of ecs.scheduler_role must let scheduler.amazonaws.com take it on" : void 0,
		cause: error
	});
}
// src/engine/ecs/schedules/doubt.ts
/**
* What is known of the schedules of an app while they change from `before` to `tasks`: what stays as it is, and of the
* others that there may be one. Those have no schedule, which is like nothing that anybody wants, so that the next
* deployment makes each what it is to be, or deletes it.
*/
function withDoubt(tasks, before) {
	const stays = (task) => [tasks, before].every((side) => side.some((each) => isDeepStrictEqual(each, task)));
	return [...new Map([...before, ...tasks].map((task) => [task.name, task])).values()].map((task) => stays(task) ? task : {
		...task,
		schedule: null
	});
}
// src/engine/ecs/services/stopped.ts
/** By its stop code: nothing that the task could help, or what somebody wanted. */
const NOT_ITS_FAULT = /* @__PURE__ */ new Set([
	"UserInitiated",
	"SpotInterruption",
	"TerminationNotice",
	"InfrastructureHealth"
]);
/** That capacity is missing says nothing about a task. */
const NO_CAPACITY = /capacity is unavailable|no \S*\s?capacity/i;
function idOf({ taskArn = "" }) {
	return nameOfArn(taskArn);
}
/** Whether its containers run no more, and how they ended is known. */
function isOver({ lastStatus, executionStoppedAt }) {
	return lastStatus === "STOPPED" || executionStoppedAt !== void 0;
}
/**
* Whether it ended because of what it is: it could not start, its program ended, or a health check failed. The scheduler
* stops tasks for that and for scaling alike; only the reason tells.
*/
function hasFailed(task) {
	const { stopCode = "", stoppedReason = "" } = task;
	if (!isOver(task) || NOT_ITS_FAULT.has(stopCode) || NO_CAPACITY.test(stoppedReason)) return false;
	return stopCode !== "ServiceSchedulerInitiated" || /health check|unhealthy/i.test(stoppedReason);
}
function lacksCapacity(text) {
	return NO_CAPACITY.test(text) || /unable to place a task.*capacity/i.test(text);
}
/** Seconds that its containers ran; 0 when they never did. */
function lifeOf({ startedAt, stoppingAt, executionStoppedAt, stoppedAt }) {
	const end = stoppingAt ?? executionStoppedAt ?? stoppedAt;
	if (startedAt === void 0 || end === void 0) return 0;
	return Math.max(0, (end.getTime() - startedAt.getTime()) / 1e3);
}
function endingOf(task) {
	const container = culpritOf(task);
	const said = [task.stoppedReason, container?.reason].filter((text) => text !== void 0 && text !== "");
	return {
		reason: [...new Set(said)].join(": "),
		exit_code: container?.exitCode ?? null,
		container: container?.name ?? CONTAINER
	};
}
/** How it ended, in a few words: `exit code 1`, `Task failed ELB health checks`, `CannotPullContainerError: …`. */
function describeEnding(task) {
	const { reason, exit_code, container } = endingOf(task);
	const isOther = container !== (mainOf(task)?.name ?? CONTAINER);
	if (exit_code === null || !reason.startsWith("Essential container in task exited")) return `${reason || "stopped"}${isOther ? ` (container ${container})` : ""}`;
	const more = culpritOf(task)?.reason;
	return `exit code ${exit_code}${isOther ? ` of ${container}` : ""}${more === void 0 || more === "" ? "" : `: ${more}`}`;
}
/** What endings have in common that differ only in what is told apart by numbers, such as targets and request ids. */
function causeOf(task) {
	const { reason, exit_code, container } = endingOf(task);
	return `${container} ${exit_code} ${reason.replaceAll(/\([^)]*\)/g, "").replaceAll(/[0-9a-f-]{8,}|\d[\d.:]*/g, "#")}`;
}
/** What a container ends with that is stopped because another one of its task has ended: that of a signal. */
const STOPPED_WITH = /* @__PURE__ */ new Set([
	0,
	137,
	143
]);
/** What ECS says of a container that waited in vain: why that was so, another one knows (amazon-ecs-agent, PR 3218). */
const IN_VAIN = /container ordering dependency/;
/**
* The container because of which a task has ended. ECS does not say it: the one that is not healthy, where that was it; else
* one of which it knows something bad, else one that has failed by itself, that of the process first.
*/
function culpritOf(task) {
	const main = mainOf(task);
	const all = [...main === void 0 ? [] : [main], ...(task.containers ?? []).filter((each) => each !== main)];
	if (/health check/i.test(task.stoppedReason ?? "")) return all.find(({ healthStatus }) => healthStatus === "UNHEALTHY") ?? main;
	return all.find(({ reason = "" }) => reason !== "" && !IN_VAIN.test(reason)) ?? all.find(({ exitCode }) => exitCode !== void 0 && !STOPPED_WITH.has(exitCode)) ?? main;
}
function mainOf({ containers = [] }) {
	return containers.find((each) => each.name === CONTAINER) ?? containers[0];
}
// src/engine/ecs/services/task-list.ts
/** DescribeTasks takes so many: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeTasks.html */
const PAGE$3 = 100;
/**
* ARNs of the tasks that a service wants to be in this state; those on their way out are STOPPED. Of the stopped ones, which
* ECS shows for an hour, one page.
*/
async function listTasks$1({ aws, cluster }, serviceName, desiredStatus) {
	const ecs = await aws.ecs();
	const found = [];
	let nextToken;
	try {
		do {
			const page = await ecs.listTasks({
				cluster,
				serviceName,
				desiredStatus,
				nextToken
			});
			found.push(...page.taskArns ?? []);
			nextToken = desiredStatus === "RUNNING" ? page.nextToken : void 0;
		} while (nextToken !== void 0);
	} catch (error) {
		if (!isNamed(error, "ServiceNotFoundException", "ServiceNotActiveException")) throw error;
	}
	return found;
}
/** Tasks that ECS does not know any more are left out. */
async function describeTasks$1({ aws, cluster }, arns) {
	const ecs = await aws.ecs();
	return (await Promise.all(chunks(arns, PAGE$3).map((tasks) => ecs.describeTasks({
		cluster,
		tasks
	})))).flatMap((page) => page.tasks ?? []);
}
// src/engine/ecs/services/instances.ts
const PARALLEL$2 = 4;
/**
* The instances of services, by process: two ListTasks for each service, and one DescribeTasks for a hundred tasks of all.
* Where none runs, the one that failed last stands for them.
*/
async function instancesOf(account, services) {
	const limit = pLimit(PARALLEL$2);
	const list = ({ service }) => limit(async () => [...await listTasks$1(account, service, "RUNNING"), ...await listTasks$1(account, service, "STOPPED")]);
	const [listed, described] = await explained("look at the instances", async () => {
		const arns = await Promise.all(services.map(list));
		return [arns, await describeTasks$1(account, arns.flat())];
	});
	const tasks = new Map(described.map((task) => [task.taskArn, task]));
	return new Map(services.map((service, index) => {
		const own = listed[index].map((arn) => tasks.get(arn)).filter((task) => task !== void 0);
		return [service.process, instances(service, own)];
	}));
}
function instances({ process, port }, tasks) {
	const alive = tasks.filter((task) => task.lastStatus !== "STOPPED");
	const last = tasks.filter((task) => task.lastStatus === "STOPPED" && hasFailed(task)).reduce((one, other) => endOf(one) > endOf(other) ? one : other, null);
	return (alive.length === 0 && last !== null ? [last] : alive).toSorted((one, other) => beginOf(one) - beginOf(other)).map((task) => ({
		id: instanceName(process, idOf(task)),
		state: stateOf(task),
		since: new Date(beginOf(task)).toISOString(),
		pid: null,
		address: task.lastStatus === "STOPPED" ? null : addressOf(task, port),
		image: mainOf(task)?.image ?? "",
		restarts: 0,
		last_exit: last === null ? null : describeEnding(last)
	}));
}
/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-lifecycle-explanation.html */
function stateOf({ lastStatus, healthStatus }) {
	switch (lastStatus) {
		case "RUNNING": return healthStatus === "UNHEALTHY" ? "unhealthy" : "up";
		case "DEACTIVATING":
		case "STOPPING":
		case "DEPROVISIONING": return "stopping";
		case "STOPPED":
		case "DELETED": return "exited";
		default: return "starting";
	}
}
/** `10.0.3.17:3000`; null without a port, and before the task has an address. */
function addressOf(task, port) {
	const address = mainOf(task)?.networkInterfaces?.[0]?.privateIpv4Address;
	return port === null || address === void 0 ? null : `${address}:${port}`;
}
function beginOf({ startedAt, createdAt }) {
	return (startedAt ?? createdAt)?.getTime() ?? 0;
}
function endOf(task) {
	return task?.stoppedAt?.getTime() ?? 0;
}
// src/engine/ecs/services/service-events.ts
const TROUBLE = /fail|unable|unhealthy|error|unavailable/i;
/** What ECS has said of a service lately, the newest first. */
function latestEvents({ events = [] }) {
	return events.filter(({ createdAt, message }) => createdAt !== void 0 && message !== void 0).toSorted((one, other) => other.createdAt.getTime() - one.createdAt.getTime()).slice(0, 20).map(({ createdAt, message }) => ({
		at: createdAt.toISOString(),
		text: plain(message)
	}));
}
/** What ECS has said of a service since then, the newest first. It shows the last hundred. */
function eventsSince({ events = [] }, since) {
	return events.filter(({ createdAt }) => createdAt !== void 0 && createdAt >= since).map((event) => event.message ?? "");
}
/** What it has said of what goes wrong. */
function troublesSince(service, since) {
	return eventsSince(service, since).filter((text) => TROUBLE.test(text));
}
/**
* Whether something of a deployment goes wrong. Tasks that end after they ran are counted as failed by nobody; that more
* were started than are wanted gives them away.
*/
function isTroubled(service, deployment, since) {
	const started = eventsSince(service, since).map((text) => Number(/has started (\d+) tasks/.exec(text)?.[1] ?? 0)).reduce((sum, count) => sum + count, 0);
	return (deployment?.failedTasks ?? 0) > 0 || started > (service.desiredCount ?? 0) || troublesSince(service, since).length > 0;
}
/** An event without what it is of: `(service orderdesk--production--web) (deployment ecs-svc/1) `. */
function plain(event) {
	return event.replace(/^\(service [^)]*\) (?:\(deployment [^)]*\) )?/, "");
}
// src/engine/ecs/services/observe.ts
const PARALLEL$1 = 4;
/**
* What runs of an app. A call for ten services, one for fifty that are autoscaled, and one for each definition that
* cannot be trusted to be what was stored.
*/
async function observeServices(account, definitions, app, wanted, options) {
	const { stored, begun = [], refresh = false, signal } = options;
	const listed = refresh ? await servicesNamedAlike(account, app, signal) : [];
	const known = wanted.flatMap(({ process }) => stored[process]?.service ?? []);
	const names = /* @__PURE__ */ new Set([
		...[...wanted, ...begun].map((each) => each.service),
		...known,
		...listed
	]);
	const services = await describeServices(account, [...names], signal);
	const { chosen, warnings } = onePerProcess([...services.values()].filter((each) => each.status === "ACTIVE").flatMap((service) => {
		const tags = readServiceTags(app, service.tags ?? []);
		const as = wanted.filter((each) => each.service === service.serviceName);
		return tags !== null && (as.length === 0 || as.some((each) => each.process === tags.process)) ? [{
			service,
			tags
		}] : [];
	}), wanted, options);
	const scaled = await scaling(account, chosen, refresh, warnings);
	const limit = pLimit(PARALLEL$1);
	return {
		processes: await Promise.all(chosen.map(async ({ service, tags }) => {
			const { process } = tags;
			const known = refresh ? void 0 : stored[process];
			const definition = isTrusted(service, tags, known) ? definitionOf$1(known.state) : await limit(async () => {
				const read = await definitions.read(revisionOf$1(service));
				return withServiceFields(app, service, tags, readProcessDefinition(read, adoptedOf(service, tags)), stored[process]?.state.spec.placement?.exec === true);
			});
			return {
				process,
				service: service.serviceName,
				state: processState(service, tags, definition, scaled.get(service.serviceName) ?? UNSCALED),
				revision: revisionOf$1(service),
				settled: !isMoving(service),
				events: latestEvents(service)
			};
		})),
		obstacles: wanted.flatMap((each) => obstaclesOf(app, each, services.get(each.service))),
		warnings: [...warnings, ...wanted.filter(({ service }) => services.get(service)?.status === "DRAINING").map(({ process, service }) => `service ${service} was deleted and still has tasks: ${process} begins when they have stopped`)]
	};
}
const UNSCALED = {
	target: void 0,
	thresholds: null
};
/**
* A stored state says what runs if the fingerprint, which is written before anything else, has not changed since, and
* if what it names is what runs, and nothing but that.
*/
function isTrusted(service, { fingerprint }, known) {
	return known !== void 0 && fingerprint !== null && known.service === service.serviceName && known.revision === fingerprint.revision && known.hash === fingerprint.hash && known.revision === revisionOf$1(service) && isSettled(service);
}
function definitionOf$1({ spec }) {
	const fields = FIELD_NAMES.filter((field) => FIELDS[field] === "definition");
	return Object.fromEntries(fields.map((field) => [field, spec[field]]));
}
/**
* While a process moves to a service of another name there are two of it. The one that the ledger names counts; but where
* a deployer died on the way, the one that is not wanted does, so that whoever plans sees that something is left to do.
*/
function onePerProcess(found, wanted, { stored, begun = [] }) {
	const warnings = [];
	const isNamed = (names, { service, tags }) => names.some((each) => each.process === tags.process && each.service === service.serviceName);
	return {
		chosen: [...Map.groupBy(found, ({ tags }) => tags.process)].map(([process, all]) => {
			const one = all.find((each) => isNamed(begun, each) && !isNamed(wanted, each)) ?? all.find(({ service }) => service.serviceName === stored[process]?.service) ?? all[0];
			const others = all.filter((each) => each !== one && !isNamed(begun, each));
			for (const { service } of others) warnings.push(`service ${service.serviceName} is tagged as process ${process}, which ${one.service.serviceName} is: delete it if nothing needs it`);
			return one;
		}),
		warnings
	};
}
async function scaling(account, found, refresh, warnings) {
	const names = found.filter(({ tags }) => mayScale(tags.counts)).map(({ service }) => service.serviceName);
	if (names.length === 0) return /* @__PURE__ */ new Map();
	const autoscaling = new Autoscaling(account);
	const targets = await autoscaling.targets(names);
	if (targets === null) {
		warnings.push("the endpoint has no application autoscaling: whether instances are scaled is not verified");
		return /* @__PURE__ */ new Map();
	}
	const entries = names.map(async (name) => {
		const target = targets.get(name) ?? null;
		return [name, {
			target,
			thresholds: refresh && target ? await autoscaling.thresholds(name) : null
		}];
	});
	return new Map(await Promise.all(entries));
}
/** Names of all services of the cluster that begin like those of this app. */
async function servicesNamedAlike({ aws, cluster }, app, signal) {
	const ecs = await aws.ecs();
	const prefix = serviceName(app, "", null);
	const names = [];
	let nextToken;
	do {
		const page = await ecs.listServices({
			cluster,
			maxResults: 100,
			nextToken
		}, signal && { abortSignal: signal });
		names.push(...(page.serviceArns ?? []).map(nameOfArn));
		nextToken = page.nextToken;
	} while (nextToken !== void 0);
	return names.filter((name) => name.startsWith(prefix));
}
// src/engine/ecs/services/places.ts
/** Where a process may be that a deployer was at when it died; where it was before comes first. */
function placesOf(app, { name, before, services = [] }) {
	const mapped = [
		before?.spec.ecs.service ?? null,
		null,
		...services
	];
	return [...new Set(mapped)].map((each) => ({
		process: name,
		service: serviceName(app, name, each)
	}));
}
// src/engine/ecs/services/calls.ts
/** Tags under this prefix are ours; all others of a service belong to whoever set them. */
const OWN_TAGS = "gantry:";
/** The calls that change one service. Each may be repeated, and waits while AWS is too busy. */
var ServiceCalls = class {
	#account;
	#name;
	#limits;
	constructor(account, name, limits) {
		this.#account = account;
		this.#name = name;
		this.#limits = limits;
	}
	async create(input) {
		const { aws, cluster } = this.#account;
		const ecs = await aws.ecs();
		const { service } = await patiently(this.#limits(), () => ecs.createService({
			cluster,
			serviceName: this.#name,
			...input
		}));
		return service;
	}
	async update(input) {
		const { aws, cluster } = this.#account;
		const ecs = await aws.ecs();
		const { service } = await patiently(this.#limits(), () => ecs.updateService({
			cluster,
			service: this.#name,
			...input
		}));
		return service;
	}
	/** Makes these the tags of ours that a service has. */
	async tag({ serviceArn, tags = [] }, wanted) {
		const ecs = await this.#account.aws.ecs();
		const now = new Map(tags.map(({ key, value }) => [key, value]));
		const changed = wanted.filter(({ key, value }) => now.get(key) !== value);
		const keys = new Set(wanted.map(({ key }) => key));
		keys.add(TAG$1.adopted);
		const gone = [...now.keys()].filter((key) => key?.startsWith("gantry:") && !keys.has(key));
		if (changed.length > 0) await patiently(this.#limits(), () => ecs.tagResource({
			resourceArn: serviceArn,
			tags: changed
		}));
		if (gone.length > 0) await patiently(this.#limits(), () => ecs.untagResource({
			resourceArn: serviceArn,
			tagKeys: gone
		}));
	}
	/** Stops the deployment that is going on and has ECS roll it back. False: there is none, or ECS does not offer it. */
	async rollBack() {
		const { aws, cluster } = this.#account;
		const ecs = await aws.ecs();
		try {
			const { serviceDeployments = [] } = await patiently(this.#limits(), () => ecs.listServiceDeployments({
				cluster,
				service: this.#name,
				status: ["PENDING", "IN_PROGRESS"]
			}));
			const [current] = serviceDeployments;
			if (current === void 0) return false;
			const { serviceDeploymentArn } = current;
			await patiently(this.#limits(), () => ecs.stopServiceDeployment({
				serviceDeploymentArn,
				stopType: "ROLLBACK"
			}));
			return true;
		} catch {
			return false;
		}
	}
	/** Deletes it whatever still runs in it; its tasks are stopped in order. */
	async delete() {
		const { aws, cluster } = this.#account;
		const ecs = await aws.ecs();
		try {
			await patiently(this.#limits(), () => ecs.deleteService({
				cluster,
				service: this.#name,
				force: true
			}));
		} catch (error) {
			if (!isNamed(error, "ServiceNotFoundException", "ServiceNotActiveException")) throw error;
		}
	}
};
// src/engine/ecs/services/drain.ts
/** Seconds between two looks at tasks that are on their way out. */
const TICK$2 = 2;
/**
* Waits until a service that was told to have fewer instances has no more than those. Where none are to be left they
* are not only on their way out but gone: each task is STOPPED.
*/
async function drained(account, looks, { process, service, tasks, left, report }, limits) {
	for (;;) {
		const now = await unlessAborted(looks.next(service), limits.signal);
		limits.lost?.throwIfAborted();
		if (now === null || aliveIn(now) <= left) break;
		checkTime(limits, service);
	}
	if (left > 0) return;
	let alive = [.../* @__PURE__ */ new Set([...tasks, ...await allTasks(account, service, limits)])];
	while (alive.length > 0) {
		const still = await aliveAmong(account, alive, limits);
		for (const arn of tasks.filter((each) => alive.includes(each) && !still.has(each))) report({
			type: "instance.stopped",
			process,
			instance: instanceOf(process, arn)
		});
		alive = [...still];
		if (alive.length === 0) return;
		checkTime(limits, service);
		await limits.clock.sleep(TICK$2, limits.signal);
		throwIfAborted(limits.signal);
	}
}
/** ARNs of the tasks that a service wants to run. */
async function runningTasks(account, service, limits) {
	return patiently(limits, () => listTasks$1(account, service, "RUNNING"));
}
async function allTasks(account, service, limits) {
	const stopping = await patiently(limits, () => listTasks$1(account, service, "STOPPED"));
	return [...await runningTasks(account, service, limits), ...stopping];
}
/** Those that ECS does not know any more have stopped long ago. */
async function aliveAmong(account, arns, limits) {
	const tasks = await patiently(limits, () => describeTasks$1(account, arns));
	return new Set(tasks.filter((task) => task.lastStatus !== "STOPPED").map((task) => task.taskArn));
}
function aliveIn({ runningCount = 0, pendingCount = 0, status }) {
	return status === "INACTIVE" ? 0 : runningCount + pendingCount;
}
function instanceOf(process, taskArn) {
	return instanceName(process, nameOfArn(taskArn));
}
function checkTime({ clock, until }, service) {
	if (clock.now() >= until) throw new TimeoutError(`the instances of ${service} have not stopped`);
}
// src/engine/ecs/services/rollout-tools.ts
/** Seconds that calls, and instances that have to stop, get at least, however short the rollout's timeout. */
const LEAST = 600;
function limitsOf({ account: { clock }, lost }, { spec }, signal) {
	return {
		clock,
		until: clock.now() + Math.max(spec.rollout.timeout, LEAST) * 1e3,
		signal,
		lost
	};
}
// src/engine/ecs/services/put-back.ts
/** Seconds after which a rollback that ECS has accepted shows. */
const ROLLBACK_SHOWS = 60;
/** Somebody else has deployed to a service since: it is theirs, and nothing of it is taken back. */
var TakenOver = class extends Error {};
/**
* Makes a service what it was, and waits until it is. Nothing stops it: it is what a cancel asks for. The call that
* stops the new deployment goes out first; tags come last, so that nobody trusts what is not true yet.
*
* @throws TakenOver
*/
async function putBack(tools, { before, was, deployment, revision, rolledBack, scales }) {
	const { account, autoscaling } = tools;
	const limits = () => limitsOf(tools, before);
	const name = was.serviceName;
	const calls = new ServiceCalls(account, name, limits);
	const there = await patiently(limits(), () => active(account, name));
	if (there !== null && isTakenOver(there, {
		was,
		deployment,
		revision
	})) throw new TakenOver();
	if (deployment !== null && !rolledBack && await calls.rollBack()) await replaced(tools, name, deployment);
	const now = await patiently(limits(), () => active(account, name));
	if (now === null) return false;
	if (scales) await patiently(limits(), () => autoscaling.apply(name, scalingOf(before.spec)));
	const isScaled = isAutoscaled(before.spec) && await patiently(limits(), () => autoscaling.available());
	const desiredCount = countOf(before.spec, was.desiredCount ?? 0, isScaled);
	const changes = {
		...updateOf(now, shapeIn(was, before.spec, revisionOf$1(was))),
		...desiredCount !== now.desiredCount && { desiredCount }
	};
	if (!await isBack(tools, before, was, Object.keys(changes).length === 0 ? now : await calls.update(changes))) return false;
	await calls.tag(now, await patiently(limits(), () => tagsOf(tools, was)));
	return true;
}
/** Whether it runs, or is on its way to, what neither we nor ECS itself would put there. */
function isTakenOver(now, { was, deployment, revision }) {
	const primary = primaryOf(now);
	return !(primary?.id === deployment || primary?.id === primaryOf(was)?.id) && ![revision, revisionOf$1(was)].includes(revisionOf$1(now));
}
/** Those of ours that it had. A deployer that died may have left there what it was about to run. */
async function tagsOf({ app, definitions }, was) {
	const own = (was.tags ?? []).filter(({ key }) => key?.startsWith(OWN_TAGS));
	const revision = revisionOf$1(was);
	if (readServiceTags(app, own)?.fingerprint?.revision === revision) return own;
	const { containerDefinitions = [] } = await definitions.read(revision);
	const hash = containerDefinitions[0]?.dockerLabels?.[LABEL.hash];
	return hash === void 0 ? own : withFingerprint(own, {
		revision,
		hash
	});
}
/** Whether it runs as before. One that did not run well then need not do so now. */
async function isBack(tools, before, was, now) {
	const { spec } = before;
	const primary = primaryOf(now);
	const isAsBefore = primary?.id === primaryOf(was)?.id;
	if (!(isSettled(was) && was.runningCount === was.desiredCount) || isAsBefore && (now.desiredCount ?? 0) <= (was.runningCount ?? 0)) return true;
	const { clock, until } = limitsOf(tools, before);
	const { outcome } = await tools.watcher.watch({
		process: spec.name,
		service: was.serviceName,
		deployment: isAsBefore ? null : primary?.id ?? null,
		revision: revisionOf$1(was),
		desired: now.desiredCount ?? null,
		port: spec.port,
		timeout: (until - clock.now()) / 1e3
	}, {
		signal: tools.lost,
		report: () => {}
	});
	return outcome === "steady";
}
async function active(account, name) {
	const service = (await describeServices(account, [name])).get(name);
	return service?.status === "ACTIVE" ? service : null;
}
/** Waits until another deployment has taken the place of this one. */
async function replaced({ account: { clock }, looks }, service, deployment) {
	const until = clock.now() + ROLLBACK_SHOWS * 1e3;
	while (clock.now() < until) {
		const now = await looks.next(service);
		if (now === null || primaryOf(now)?.id !== deployment) return;
	}
}
// src/engine/ecs/services/remove.ts
/** Deletes a service and waits until its last task has stopped. Nothing stops that: it cannot be taken back. */
async function removeService(tools, { service, state, report }) {
	const { account, autoscaling, looks } = tools;
	const limits = () => limitsOf(tools, state);
	const tasks = await runningTasks(account, service, limits());
	if (mayScale(state.spec)) await patiently(limits(), () => autoscaling.apply(service, null));
	await new ServiceCalls(account, service, limits).delete();
	const { name: process } = state.spec;
	await drained(account, looks, {
		process,
		service,
		tasks,
		left: 0,
		report
	}, limits());
}
// src/engine/ecs/services/held-up.ts
/** What the process waits for in an instance that has not stopped, by way of others too; null where it waits for nothing. */
function heldUp(task, { containerDefinitions = [] }) {
	const main = mainOf(task);
	const seen = /* @__PURE__ */ new Set();
	let last = null;
	for (let waiting = main; waiting?.lastStatus === "PENDING" && !seen.has(waiting);) {
		seen.add(waiting);
		const { name } = waiting;
		const { dependsOn = [] } = containerDefinitions.find((each) => each.name === name) ?? {};
		const open = dependsOn.find(({ containerName, condition = "" }) => isOpen(containerOf(task, containerName), condition));
		if (open === void 0) break;
		const { containerName = "", condition = "" } = open;
		last = {
			container: containerName,
			reason: `${name === main?.name ? "the process" : name} waits for ${nameOf(containerName)} ${WAITS[condition] ?? ""}`
		};
		waiting = containerOf(task, containerName);
	}
	return last;
}
const WAITS = {
	START: "to start",
	HEALTHY: "to be healthy",
	COMPLETE: "to end",
	SUCCESS: "to end with 0"
};
function isOpen(other, condition) {
	if (condition === "HEALTHY") return other?.healthStatus !== "HEALTHY";
	return other?.lastStatus === "PENDING" || condition !== "START" && other?.lastStatus !== "STOPPED";
}
function containerOf({ containers = [] }, name) {
	return containers.find((each) => each.name === name);
}
function nameOf(container) {
	return container === CONTAINER ? "the process" : container;
}
// src/engine/ecs/services/hints.ts
const PULL = /CannotPull\w*Error/;
const BEFORE_START = /ResourceInitializationError|CannotPull\w*Error/;
const UNREACHABLE = /i\/o timeout|dial tcp|context deadline exceeded|Client\.Timeout|request canceled|connection timed out|no such host|RequestError: send request failed|RequestCanceled/;
const REFUSED = /AccessDenied|not authorized|unauthorized|denied|\b40[13]\b|no basic auth|insufficient_scope/i;
const ABSENT = /not found|ResourceNotFound|ParameterNotFound|can't find|does not exist|invalid (?:ssm )?parameters?|did not contain json key|unknown/i;
const SECRET = /secrets? from|from (?:asm|ssm)|secretsmanager|ssm:GetParameter|Secrets Manager/i;
/**
* The common causes, those that explain others first. The texts are those of ECS:
* https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html and
* https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages-list.html
*/
const RULES = [
	{
		matches: (reason) => /unable to assume the role|not authorized to perform: sts:AssumeRole/i.test(reason),
		hint: "ECS may not use ecs.execution_role or ecs.task_role: it must exist, and its trust policy must allow ecs-tasks.amazonaws.com",
		heals: false
	},
	{
		matches: (reason, { log }) => /descriptor matching platform/i.test(reason) || /exec format error/i.test(reason + log.join("\n")),
		hint: "the image is made for another kind of processor: set build.platform (linux/amd64 or linux/arm64), or pin an image for the right one",
		heals: false
	},
	{
		matches: (reason) => PULL.test(reason) && /toomanyrequests|rate limit/i.test(reason),
		hint: "the registry limits how much is pulled without logging in: keep the image in ECR",
		heals: true
	},
	{
		matches: (reason) => BEFORE_START.test(reason) && UNREACHABLE.test(reason),
		hint: "its subnets have no route to ECR and the other services of AWS: ecs.assign_public_ip in public subnets, a NAT gateway, or VPC endpoints; security groups must let HTTPS out",
		heals: true
	},
	{
		matches: (reason) => BEFORE_START.test(reason) && SECRET.test(reason) && REFUSED.test(reason),
		hint: "ecs.execution_role may not read a secret: allow ssm:GetParameters or secretsmanager:GetSecretValue on it, and kms:Decrypt where it has a key of its own",
		heals: false
	},
	{
		matches: (reason) => BEFORE_START.test(reason) && SECRET.test(reason) && ABSENT.test(reason),
		hint: "a secret is not where the config says: make it there, or correct its reference under secrets",
		heals: false
	},
	{
		matches: (reason) => /ResourceInitializationError/.test(reason) && /log (?:group|stream)|logger|logging driver/i.test(reason),
		hint: "it cannot write its log: ecs.execution_role needs logs:CreateLogStream and logs:PutLogEvents",
		heals: false
	},
	{
		matches: (reason) => PULL.test(reason) && /manifest unknown|not found|no such image/i.test(reason),
		hint: "its image is not in the registry any more: build it again with `gantry deploy --rebuild`, or correct the image that is pinned",
		heals: false
	},
	{
		matches: (reason) => BEFORE_START.test(reason) && REFUSED.test(reason),
		hint: "ecs.execution_role may not pull the image, or it does not exist: the role needs what AmazonECSTaskExecutionRolePolicy allows",
		heals: false
	},
	{
		matches: (reason) => /free (?:ip )?addresses|InsufficientFreeAddresses|RESOURCE:ENI|AttachmentLimit/i.test(reason),
		hint: "its subnets have no free addresses left: name more or larger ones in ecs.subnets",
		heals: true
	},
	{
		matches: lacksCapacity,
		hint: "AWS has no capacity to give at the moment: name subnets of more zones in ecs.subnets, or run fewer instances on spot (spot_count) and more on demand (demand_count)",
		heals: true
	},
	{
		matches: (reason, { log }) => /OutOfMemory|out of memory/i.test(reason) || /heap out of memory|MemoryError|Cannot allocate memory/.test(log.join("\n")),
		hint: "it used more memory than it has: give it more with `memory`",
		heals: true
	},
	{
		matches: (reason, { exit_code }) => exit_code === 126 || exit_code === 127 || /executable file not found|exec: .*(?:no such file|permission denied)/i.test(reason),
		hint: "its command was not found in the image or cannot be run: correct the command, or make the file executable",
		heals: false
	},
	{
		matches: (_reason, { log }) => /EADDRINUSE|[Aa]ddress already in use/.test(log.join("\n")),
		hint: "something else in the container has the port already: listen on $PORT, once",
		heals: true
	},
	{
		matches: (reason) => /failed container health checks/i.test(reason),
		hint: "its health check fails: see its log, run the command of the check in the image, or give it longer with health_check.start_period",
		heals: true
	},
	{
		matches: (reason) => /failed with these codes/i.test(reason),
		hint: "the load balancer wants another status: correct the path and the codes of the health check of its target group, or what answers there",
		heals: true
	},
	{
		matches: (reason) => /zone that is not enabled/i.test(reason),
		hint: "the load balancer does not serve the zone of one of ecs.subnets: enable the zone there, or leave that subnet out",
		heals: true
	},
	{
		matches: (reason) => /ELB health checks|is unhealthy in \(target-group|Request timed out/i.test(reason),
		hint: "the load balancer gets no answer: listen on 0.0.0.0 and on the port of the process, let the load balancer in with ecs.security_groups, or give it longer with ecs.health_check_grace_period",
		heals: true
	},
	{
		matches: (reason) => /still (?:run|draining)/.test(reason),
		hint: "what ran before takes long to go: lower the target group's deregistration delay (300 s unless set) or stop_timeout, or raise rollout.timeout",
		heals: true
	},
	{
		matches: (_reason, { exit_code }) => exit_code === 0,
		hint: "a process must not end by itself: what ends when it is done is a task",
		heals: true
	}
];
/** What to do about the common causes; null where the reason and the log have to speak for themselves. */
function hintFor$1(evidence) {
	return RULES.find((rule) => rule.matches(evidence.reason, evidence)) ?? null;
}
// src/engine/ecs/services/verdict.ts
/**
* Seconds that instances which new counts bring must stay up: ECS judges by their health only what is a deployment of its
* own, and counts them from the moment they run.
*/
const STAYS_UP = 5;
/**
* How a rollout stands, by the service alone. `ask`: the watched deployment has ended or is not what the service runs,
* and why is for the service-deployments API to tell. Stable is not done, and stable on another deployment is not
* success: the watched one must be the PRIMARY and only one, COMPLETED, with all instances that were asked for.
*/
function judge(sight) {
	const { watched, service, seen, settling } = sight;
	if (service === null || service.status === "INACTIVE") return settling ? "pending" : failed(sight, "the service does not exist any more");
	if (service.status === "DRAINING") return failed(sight, "the service is being deleted");
	if (watched.deployment === null) return judgeCounts(sight, service);
	const own = watchedIn(service, watched);
	if (own === void 0 && seen === null && settling) return "pending";
	if (own?.status !== "PRIMARY" || own.rolloutState === "FAILED") return "ask";
	return (own.rolloutState === void 0 || own.rolloutState === "COMPLETED") && runsAll(service) ? steady(sight) : "pending";
}
/** The same with what the service-deployments API says. */
function judgeAnswer(sight, answer) {
	if (!answer.known) return judgeAlone(sight, answer.why);
	const { deployment, later } = answer;
	const { status, statusReason, rollback } = deployment;
	const reason = statusReason ?? rollback?.reason ?? null;
	switch (status) {
		case "ROLLBACK_SUCCESSFUL": return failed(sight, `ECS rolled it back${because(reason)}`, true);
		case "ROLLBACK_FAILED": return failed(sight, `ECS could not roll it back${because(reason)}`);
		case "STOPPED": return judgeStopped(sight, deployment, later);
		case "SUCCESSFUL": return isPrimary(sight) ? "pending" : superseded(sight, "it was steady before another deployment began");
		default: return "pending";
	}
}
/**
* STOPPED says that a newer deployment took its place, that somebody stopped it, or that it failed with nothing to go
* back to: reference `ServiceDeployment.stoppedAt`.
*/
function judgeStopped(sight, { statusReason, deploymentCircuitBreaker, alarms, targetServiceRevision }, later) {
	const reason = statusReason ?? null;
	if (deploymentCircuitBreaker?.status === "TRIGGERED" || alarms?.status === "TRIGGERED" || /circuit breaker|alarm|fail/i.test(reason ?? "")) return failed(sight, `ECS gave it up${because(reason)}`);
	if (later.some((each) => each.targetServiceRevisionArn !== targetServiceRevision?.arn)) return superseded(sight, "another deployment of the service took its place");
	return failed(sight, `it was stopped${because(reason)}`);
}
/** By what the service says of its deployments and by its events: all there is without the service-deployments API. */
function judgeAlone(sight, why) {
	const { service, watched, seen } = sight;
	const unverified = `(not verified: ${why})`;
	if (isPrimary(sight)) return failed(sight, `ECS gave it up${because(seen?.rolloutStateReason ?? null)} ${unverified}`);
	const id = watched.deployment ?? "";
	const failure = (service?.events ?? []).map((event) => event.message ?? "").find((text) => text.includes(`(deployment ${id})`) && /fail/i.test(text)) ?? null;
	if (seen?.rolloutState !== "FAILED" && failure === null) return superseded(sight, `another deployment of the service took its place ${unverified}`);
	if ((service === null ? void 0 : primaryOf(service))?.rolloutState === "IN_PROGRESS") return "pending";
	const reason = seen?.rolloutState === "FAILED" ? seen.rolloutStateReason ?? failure : failure;
	return failed(sight, `ECS rolled it back${because(reason && plain(reason))} ${unverified}`, true);
}
function judgeCounts(sight, service) {
	const { watched, settling } = sight;
	const primary = primaryOf(service);
	if (nameOfArn(primary?.taskDefinition ?? "") !== watched.revision) return settling ? "pending" : superseded(sight, "the service runs another revision");
	if (watched.desired !== null && service.desiredCount !== watched.desired && settling) return "pending";
	if (runsAll(service) && service.pendingCount === 0) return sight.complete >= STAYS_UP ? steady(sight) : "pending";
	return primary?.rolloutState === "FAILED" ? failed(sight, `ECS gave it up${because(primary.rolloutStateReason ?? null)}`) : "pending";
}
/** What a rollout that is not steady still waits for, in a few words. */
function waitingFor({ service, watched, seen }) {
	if (service === null) return "ECS does not show the service";
	if (watched.deployment !== null && seen === null) return "ECS does not show the deployment";
	const own = deploymentOf(service, watched);
	if (own?.status !== "PRIMARY") return "ECS is going back to what ran before";
	const { desiredCount = 0, runningCount = 0 } = own;
	if (runningCount < desiredCount) return `${runningCount} of ${desiredCount} instances run`;
	const old = (service.runningCount ?? 0) - runningCount;
	if ((service.deployments?.length ?? 0) > 1) return old > 0 ? `${old} old ones still run` : "old instances are still draining";
	return `${runningCount} of ${desiredCount} instances run, and ECS does not call them healthy yet`;
}
/** The watched deployment, or the PRIMARY one where only counts changed. */
function deploymentOf(service, watched) {
	return watched.deployment === null ? primaryOf(service) : watchedIn(service, watched);
}
function failed(sight, reason, rolledBack = false) {
	return {
		outcome: "failed",
		rolledBack,
		reason,
		instances: running(sight)
	};
}
function steady(sight) {
	return {
		outcome: "steady",
		rolledBack: false,
		reason: null,
		instances: running(sight)
	};
}
function superseded(sight, reason) {
	return {
		outcome: "superseded",
		rolledBack: false,
		reason,
		instances: running(sight)
	};
}
function running({ service }) {
	return service?.runningCount ?? 0;
}
function watchedIn({ deployments = [] }, { deployment }) {
	return deployments.find((each) => each.id === deployment);
}
function isPrimary({ service, watched }) {
	return service !== null && watchedIn(service, watched)?.status === "PRIMARY";
}
function runsAll({ deployments = [], runningCount = 0, desiredCount = 0 }) {
	return deployments.length === 1 && runningCount === desiredCount;
}
function because(reason) {
	return reason === null || reason === "" ? "" : `: ${reason.replace(/\.$/, "")}`;
}
// src/engine/ecs/services/why.ts
/** Of the log of the instance that failed. */
const LINES = 20;
/** CloudWatch shows what was written a few seconds later: how often to look, and seconds in between. */
const LOOKS = 3;
const PAUSE = 2;
/**
* Why a rollout failed or does not go on: by the tasks of its deployment, which ECS shows for an hour after they stopped,
* the events of the service and the log of the instance that tells most. To be asked at once. Never rejects: what AWS
* does not tell is left out.
*/
async function explain(account, app, watched) {
	const { service, tasks, since } = await collect(account, watched);
	const failure = mostTelling(tasks);
	const troubles = service === null ? [] : troublesSince(service, since).map(plain);
	if (failure !== null) {
		const { reason, exit_code, container } = endingOf(failure);
		const log = await lastLines(account, app, watched, {
			task: failure,
			waits: exit_code !== null,
			container
		});
		const health = /health check/i.test(reason) ? healthReason(troubles) : null;
		const hint = hintFor$1({
			reason: `${reason} ${health ?? ""}`,
			exit_code,
			log
		})?.hint ?? null;
		return {
			reason: describeEnding(failure) + (health === null ? "" : ` (${health})`),
			exit_code,
			log,
			hint
		};
	}
	const alive = newest(tasks.filter((task) => !isOver(task)));
	const held = alive === null ? null : await orElse(whatHolds(account, alive), null);
	const container = held?.container ?? CONTAINER;
	const log = alive === null ? [] : await lastLines(account, app, watched, {
		task: alive,
		waits: false,
		container
	});
	const own = service === null ? null : deploymentOf(service, watched) ?? null;
	const state = own === null ? "" : waitingFor({
		service,
		watched,
		seen: own,
		settling: false,
		complete: 0
	});
	const [reason = held?.reason ?? null] = troubles;
	return {
		reason,
		exit_code: null,
		log,
		hint: hintFor$1({
			reason: [...troubles, state].join("\n"),
			exit_code: null,
			log
		})?.hint ?? null
	};
}
async function collect(account, watched) {
	const service = (await orElse(describeServices(account, [watched.service]), /* @__PURE__ */ new Map())).get(watched.service) ?? null;
	const own = service === null ? void 0 : deploymentOf(service, watched);
	const id = watched.deployment ?? own?.id;
	const arns = await Promise.all(["RUNNING", "STOPPED"].map((status) => orElse(listTasks$1(account, watched.service, status), [])));
	const recent = /* @__PURE__ */ new Date(account.clock.now() - watched.timeout * 1e3);
	const tasks = (await orElse(describeTasks$1(account, arns.flat()), [])).filter(({ startedBy, createdAt = recent }) => startedBy === id && (watched.deployment !== null || createdAt >= recent));
	const first = tasks.reduce((time, { createdAt = time }) => createdAt < time ? createdAt : time, new Date(account.clock.now()));
	return {
		service,
		tasks,
		since: watched.deployment === null ? recent : own?.createdAt ?? (tasks.length === 0 ? recent : first)
	};
}
/** The newest of those that ended alike most often; what can never work tells more than what may. */
function mostTelling(tasks) {
	const alike = [...Map.groupBy(tasks.filter(hasFailed), causeOf).values()];
	const neverHeals = (task) => hintFor$1({
		...endingOf(task),
		log: []
	})?.heals === false;
	const [most] = alike.toSorted((one, other) => Number(neverHeals(other[0])) - Number(neverHeals(one[0])) || other.length - one.length);
	return most === void 0 ? null : newest(most);
}
function newest(tasks) {
	const time = ({ createdAt }) => createdAt?.getTime() ?? 0;
	return tasks.toSorted((one, other) => time(other) - time(one))[0] ?? null;
}
async function whatHolds({ aws }, task) {
	const { taskDefinition = {} } = await (await aws.ecs()).describeTaskDefinition({ taskDefinition: task.taskDefinitionArn });
	return heldUp(task, taskDefinition);
}
async function lastLines(account, app, { process }, { task, waits, container }) {
	const logs = new Logs(account);
	for (let look = 1;; look++) {
		const lines = (await orElse(logs.tail(app, outputOf(process, container), idOf(task), LINES), [])).flatMap((message) => message.trimEnd().split("\n"));
		if (lines.length > 0 || !waits || look === LOOKS) return lines.slice(-20);
		await account.clock.sleep(PAUSE);
	}
}
/** What the load balancer found wrong: `Health checks failed with these codes: [404]`. */
function healthReason(troubles) {
	return troubles.map((text) => /is unhealthy in .* due to \(reason (.*?)\)\.?$/.exec(text)?.[1]).find((reason) => reason !== void 0) ?? null;
}
/** Less is known then, and that is still better than an error in place of an explanation. */
async function orElse(work, otherwise) {
	return work.catch(() => otherwise);
}
// src/engine/ecs/services/scale.ts
/** Whether the autoscaler has to be told something, as far as the service's tags and what was observed of it say. */
function needsScaling({ before, after }, tags) {
	const wanted = scalingOf(after.spec);
	const tagged = scalingOf({
		...after.spec,
		...tags.counts,
		disabled: tags.disabled
	});
	const observed = before === null ? tagged : scalingOf(before.spec);
	return tagged === null && mayScale(tags.counts) || ![tagged, observed].every((each) => isDeepStrictEqual(each, wanted));
}
/**
* The state for the tags while the autoscaler is being told: that it may act on the service, and by no thresholds that
* anybody would want. Who finds that after a deployer was killed compares, and tells it again.
*/
function withScalingOpen({ spec, ...state }) {
	return {
		...state,
		spec: {
			...spec,
			scale_count: Math.max(spec.scale_count, 1),
			scale_type: spec.scale_type === "none" ? "demand" : spec.scale_type,
			autoscaling_cpu_threshold: null,
			autoscaling_memory_threshold: null
		}
	};
}
/**
* The autoscaler sees a new service some seconds after ECS has made it:
* https://github.com/hashicorp/terraform-provider-aws/issues/11693
*/
function mayPass(error) {
	return isNamed(error, "ValidationException") && /service doesn't exist/.test(messageOf(error)) || isBusy(error);
}
/** Tells the autoscaler, where there is one. */
async function scale({ tools: { autoscaling, warn }, process, service, limits }, wanted) {
	if (!await patiently(limits(), () => autoscaling.apply(service, wanted), mayPass) && wanted !== null) warn(`process ${process} is not scaled: the endpoint has no application autoscaling`);
}
// src/engine/ecs/services/create.ts
/** Makes the service of a process that has none. Its name must be free. */
async function create(change) {
	const { tools, process, service, after, calls, limits } = change;
	const { app, definitions } = tools;
	const { spec } = after;
	const { signal } = limits();
	const run = await definitions.ensure(app, spec, null, { signal });
	throwIfAborted(signal);
	const scaling = scalingOf(spec);
	const tags = serviceTags(app, scaling === null ? after : withScalingOpen(after), run);
	const count = countOf(spec, 0, true);
	change.undo = async () => !await isThere(change) || takeAway(change);
	const made = await calls.create({
		...createOf(shapeOf(spec, run.revision)),
		clientToken: randomUUID(),
		desiredCount: count,
		tags
	});
	change.undo = () => takeAway(change);
	if (scaling !== null) await scale(change, scaling);
	return {
		run,
		count,
		watched: {
			process,
			service,
			deployment: primaryOf(made)?.id ?? null,
			revision: run.revision,
			desired: scaling === null ? count : null,
			port: spec.port,
			timeout: spec.rollout.timeout
		},
		async complete() {
			if (scaling !== null) await calls.tag({
				...made,
				tags
			}, serviceTags(app, after, run));
		}
	};
}
/** After a call of which nobody knows whether it was carried out. */
async function isThere({ tools, process, service, after }) {
	const { account, app } = tools;
	const found = (await patiently(limitsOf(tools, after), () => describeServices(account, [service]))).get(service);
	return found?.status === "ACTIVE" && isOurs$1(app, process, found);
}
/** Also of a service that a deployer made which was killed: what was before, was without it. */
async function takeAway({ tools, process, service, after }) {
	await removeService(tools, {
		service,
		state: after,
		report: () => {}
	});
	tools.remember(process, null);
	return true;
}
// src/engine/ecs/services/update.ts
/**
* Brings a service that is there into the state. Tags go first: who reads a fingerprint that is not that of the stored
* state looks at what really runs.
*/
async function update(change, was) {
	const { tools, after, calls, limits } = change;
	const { app } = tools;
	const { spec } = after;
	const tags = readServiceTags(app, was.tags ?? []);
	const run = await definitionOf(change, was, tags);
	throwIfAborted(limits().signal);
	const changes = updateOf(was, shapeIn(was, spec, run.revision));
	const makesWay = !spec.rollout.overlap && !spec.disabled && startsDeployment(changes);
	const scaling = scalingOf(spec);
	const scales = needsScaling(change, tags) || makesWay && scaling !== null;
	const begun = {
		was,
		scales,
		deployment: null,
		revision: run.revision
	};
	change.undo = undoing(change, begun);
	const told = serviceTags(app, scales ? withScalingOpen(after) : after, run);
	await calls.tag(was, told);
	if (scales) await scale(change, scaling && makesWay ? suspended(scaling) : scaling);
	if (makesWay) await emptied(change, was);
	const isScaled = isAutoscaled(spec) && await patiently(limits(), () => tools.autoscaling.available());
	const count = countOf(spec, was.desiredCount ?? 0, isScaled);
	const stopping = count === 0 ? await runningTasks(tools.account, change.service, limits()) : [];
	const desired = makesWay ? 0 : was.desiredCount;
	const input = {
		...changes,
		...count !== desired && { desiredCount: count }
	};
	const now = Object.keys(input).length === 0 ? was : await calls.update(input);
	if (isNew(now, was)) begun.deployment = primaryOf(now)?.id ?? null;
	if (makesWay && scaling !== null) await scale(change, scaling);
	return {
		run,
		count,
		watched: watchedOf(change, {
			was,
			now,
			count,
			scaled: isScaled,
			revision: run.revision
		}),
		async complete() {
			const { account, looks } = tools;
			const { process, service, report } = change;
			if (count < (was.desiredCount ?? 0) && (count === 0 || !isNew(now, was))) await drained(account, looks, {
				process,
				service,
				tasks: stopping,
				left: count,
				report
			}, limits());
			await calls.tag({
				...was,
				tags: told
			}, serviceTags(app, after, run));
		}
	};
}
function undoing(change, begun) {
	const { tools, before } = change;
	return before === null ? () => takeAway(change) : ({ rolledBack }) => putBack(tools, {
		before,
		...begun,
		rolledBack
	});
}
/** Nothing is looked up, nor registered, where only counts and settings change. */
async function definitionOf({ tools: { app, definitions }, before, after, limits }, was, { fingerprint, adopted }) {
	const current = revisionOf$1(was);
	if (before !== null && !replacesInstances(before.spec, after.spec) && fingerprint?.revision === current) return fingerprint;
	return definitions.ensure(app, after.spec, current, {
		signal: limits().signal,
		adopted
	});
}
/** Stops all there is and waits until it has gone. From here on the old instances do not come back by themselves. */
async function emptied(change, was) {
	const { tools, process, service, after, calls, limits, report } = change;
	const tasks = await runningTasks(tools.account, service, limits());
	change.undo = async ({ rolledBack }) => {
		const last = new ServiceCalls(tools.account, service, () => limitsOf(tools, after));
		if (!rolledBack) await last.update({ desiredCount: 0 });
		return false;
	};
	if (was.desiredCount !== 0) await calls.update({ desiredCount: 0 });
	await drained(tools.account, tools.looks, {
		process,
		service,
		tasks,
		left: 0,
		report
	}, limits());
}
/** Only what comes up is waited for: fewer instances need not wait for those that stay, nor for those that are ill. */
function watchedOf({ process, service, after: { spec } }, { was, now, count, scaled, revision }) {
	const primary = primaryOf(now);
	const isUnderWay = isNew(now, was) || primary?.rolloutState === "IN_PROGRESS";
	const before = was.desiredCount ?? 0;
	if (count < before ? !isNew(now, was) : count === before && !isUnderWay) return null;
	return {
		process,
		service,
		deployment: isUnderWay ? primary?.id ?? null : null,
		revision,
		desired: scaled ? null : count,
		port: spec.port,
		timeout: spec.rollout.timeout
	};
}
function isNew(now, was) {
	return primaryOf(now)?.id !== primaryOf(was)?.id;
}
// src/engine/ecs/services/write.ts
/** Makes a service what it is to be, or makes it: whichever what is there, null for nothing, asks for. */
async function write(change, there) {
	const { tools, process, service } = change;
	const { clock, until, signal } = change.limits();
	const { app, looks } = tools;
	for (;;) {
		if (there?.status === "ACTIVE") {
			if (!isOurs$1(app, process, there)) throw foreignService({
				process,
				service
			});
			return update(change, there);
		}
		if (there?.status !== "DRAINING") try {
			return await create(change);
		} catch (error) {
			if (!isTaken(error)) throw error;
		}
		if (clock.now() >= until) throw new TimeoutError(`the service ${service} that was deleted still has tasks`);
		there = await unlessAborted(looks.next(service), signal);
	}
}
function isTaken(error) {
	return isNamed(error, "InvalidParameterException", "ClientException", "ServiceNotActiveException") && /idempotent|draining/i.test(error.message);
}
// src/engine/ecs/services/process-rollout.ts
/** What ECS does not say by itself. */
const TAKEN_OVER = "somebody else has deployed to the service meanwhile";
/** One process on its way from one state to the next. Never rejects: how it went is its verdict. */
var ProcessRollout = class {
	#tools;
	#transition;
	#io;
	/** As Change.undo, for all that was changed for the process. */
	#undo = async () => true;
	constructor(tools, transition, io) {
		this.#tools = tools;
		this.#transition = transition;
		this.#io = io;
	}
	/** `describe`: the services of all that roll out together, asked for once. */
	async run(describe) {
		const { before, after } = this.#transition;
		try {
			throwIfAborted(this.#io.signal);
			const services = await describe();
			throwIfAborted(this.#io.signal);
			if (after !== null) return await this.#become(after, services);
			if (before !== null) await this.#remove(before, services);
			this.#tools.remember(this.#transition.name, null);
			return this.#steady(0);
		} catch (error) {
			return this.#giveUp(error);
		}
	}
	async #become(after, services) {
		const { before } = this.#transition;
		const service = serviceNameOf(this.#tools, after);
		const moves = before !== null && serviceNameOf(this.#tools, before) !== service;
		if (moves && !after.spec.rollout.overlap) await this.#empty(before, services);
		const change = this.#change(service, moves ? null : before, after);
		const clear = this.#undo;
		this.#undo = async (ended) => await change.undo(ended) && clear(ended);
		const written = await write(change, services.get(service) ?? null);
		let note = null;
		if (written.watched !== null) {
			const ended = await this.#tools.watcher.watch(written.watched, this.#io);
			if (ended.outcome === "cancelled") throw new CancelledError("cancelled");
			if (ended.outcome !== "steady") return await this.#judge(change, written, written.watched, ended);
			note = ended.reason;
		}
		await written.complete();
		if (moves) await this.#remove(before, services);
		this.#remember(change, written);
		return this.#steady(written.count, note);
	}
	async #judge(change, written, watched, ended) {
		const { account, app } = this.#tools;
		const outcome = ended.outcome;
		const isKept = outcome !== "superseded" && change.after.spec.rollout.on_failure === "keep";
		if (!isKept) this.#io.failing?.(change.process);
		if (outcome === "superseded") return this.#verdict(outcome, "neither", { reason: ended.reason });
		const why = await explain(account, app, watched);
		const reason = why.reason ?? ended.reason ?? `not steady after ${watched.timeout} s`;
		const details = {
			...why,
			reason
		};
		if (!isKept) {
			const runs = await this.#back(ended);
			return runs === null ? this.#verdict("superseded", "neither", { reason: TAKEN_OVER }) : this.#verdict(outcome, runs, details);
		}
		await written.complete();
		this.#remember(change, written);
		this.#io.failing?.(change.process);
		return this.#verdict(outcome, "after", details);
	}
	async #giveUp(error) {
		const { name } = this.#transition;
		const problem = problemOf(error, `roll out ${name}`);
		const isCancelled = this.#io.signal.aborted;
		const outcome = problem instanceof TimeoutError ? "timed_out" : "failed";
		if (!isCancelled) this.#io.failing?.(name);
		const runs = await this.#back({ rolledBack: false });
		if (runs === null) return this.#verdict("superseded", "neither", { reason: TAKEN_OVER });
		if (isCancelled) return this.#verdict("cancelled", runs, { reason: "cancelled" });
		return this.#verdict(outcome, runs, {
			reason: messageOf(problem),
			hint: problem instanceof UserError ? problem.hint ?? null : null
		});
	}
	/** Undoes what was done; what cannot be undone is for whoever asked to put right. Null: others have taken it over. */
	async #back(ended) {
		try {
			return await this.#undo(ended) ? "before" : "neither";
		} catch (error) {
			return error instanceof TakenOver ? null : "neither";
		}
	}
	async #remove(state, services) {
		const service = serviceNameOf(this.#tools, state);
		const there = services.get(service);
		if (there?.status === "ACTIVE") this.#refuseForeign(service, there);
		this.#undo = async () => false;
		await removeService(this.#tools, {
			service,
			state,
			report: this.#io.report
		});
	}
	/** Of a process that moves to a service of another name and must not be there twice: stops the old one first. */
	async #empty(before, services) {
		const { account, looks } = this.#tools;
		const service = serviceNameOf(this.#tools, before);
		const there = services.get(service);
		if (there?.status !== "ACTIVE") return;
		this.#refuseForeign(service, there);
		const { signal, report } = this.#io;
		const limits = () => limitsOf(this.#tools, before, signal);
		const tasks = await runningTasks(account, service, limits());
		this.#undo = async () => false;
		await new ServiceCalls(account, service, limits).update({ desiredCount: 0 });
		await drained(account, looks, {
			process: before.spec.name,
			service,
			tasks,
			left: 0,
			report
		}, limits());
	}
	#refuseForeign(service, there) {
		const { name: process } = this.#transition;
		if (!isOurs$1(this.#tools.app, process, there)) throw foreignService({
			process,
			service
		});
	}
	#change(service, before, after) {
		const limits = () => limitsOf(this.#tools, after, this.#io.signal);
		return {
			tools: this.#tools,
			process: this.#transition.name,
			service,
			before,
			after,
			calls: new ServiceCalls(this.#tools.account, service, limits),
			limits,
			report: this.#io.report,
			undo: async () => true
		};
	}
	#remember({ process, service, after }, { run }) {
		this.#tools.remember(process, {
			state: after,
			service,
			...run
		});
	}
	#steady(instances, reason = null) {
		this.#io.report({
			type: "process.steady",
			process: this.#transition.name,
			instances
		});
		return this.#verdict("steady", "after", { reason });
	}
	#verdict(outcome, runs, details) {
		return {
			process: this.#transition.name,
			outcome,
			runs,
			reason: null,
			exit_code: null,
			log: [],
			hint: null,
			...details
		};
	}
};
function serviceNameOf({ app }, { spec }) {
	return serviceName(app, spec.name, spec.ecs.service);
}
// src/engine/ecs/services/hopeless.ts
/** As the circuit breaker counts by itself: half of the instances, 3 at least. */
const SHARE = .5;
const FEWEST = 3;
const MOST = 200;
/** Enough where the next one cannot do better: an image or a secret that is not there. */
const FEWEST_THAT_NEVER_HEAL = 2;
/** Seconds after which ECS calls an instance healthy that has no health check. */
const PROVEN = 40;
/**
* Why a rollout cannot succeed any more, or null while it may. Judged by the tasks of its deployment that ended by their
* own fault and for one reason, when none of the others has become healthy.
*
* The circuit breaker of ECS forgets all failures as soon as a task runs, so it never sees one that ends soon after:
* https://github.com/aws/containers-roadmap/issues/1206
*/
function hopeless(tasks, desired, now) {
	const ended = tasks.filter(hasFailed);
	const lives = Math.max(0, ...ended.map(lifeOf));
	if (tasks.some((task) => isHealthy(task, PROVEN + lives, now))) return null;
	const needed = Math.min(Math.max(Math.ceil(desired * SHARE), FEWEST), MOST);
	for (const alike of Map.groupBy(ended, causeOf).values()) {
		const [one] = alike;
		const enough = hintFor$1({
			...endingOf(one),
			log: []
		})?.heals === false ? FEWEST_THAT_NEVER_HEAL : needed;
		if (alike.length >= enough) return `${alike.length} instances ended one like the other: ${describeEnding(one)}`;
	}
	return null;
}
/** Without a health check: up for longer than those that failed were. */
function isHealthy({ lastStatus, healthStatus, startedAt }, proven, now) {
	if (lastStatus !== "RUNNING" || healthStatus === "UNHEALTHY") return false;
	return healthStatus === "HEALTHY" || startedAt !== void 0 && now - startedAt.getTime() > proven * 1e3;
}
// src/engine/ecs/services/instance-events.ts
/** Tells what became of the instances of a service from one look at its tasks to the next. */
var InstanceEvents = class {
	#process;
	#port;
	#phases = /* @__PURE__ */ new Map();
	constructor(process, port) {
		this.#process = process;
		this.#port = port;
	}
	/** `isNew`: whether a task belongs to what is being rolled out; of the others only their end is told. */
	note(tasks, isNew) {
		return tasks.flatMap((task) => this.#note(task, isNew(task)));
	}
	#note(task, isNew) {
		const id = idOf(task);
		const before = this.#phases.get(id);
		const phase = phaseOf(task, before);
		if (phase === before) return [];
		this.#phases.set(id, phase);
		if (!isNew && (before === void 0 || phase !== "over")) return [];
		const instance = {
			process: this.#process,
			instance: instanceName(this.#process, id)
		};
		const events = [];
		if (before === void 0) events.push({
			type: "instance.started",
			...instance
		});
		if (phase === "up") events.push({
			type: "instance.up",
			...instance,
			address: addressOf(task, this.#port)
		});
		if (phase !== "over") return events;
		return isNew && hasFailed(task) ? [...events, {
			type: "instance.failed",
			...instance,
			reason: describeEnding(task)
		}] : [...events, {
			type: "instance.stopped",
			...instance
		}];
	}
};
/** What was up stays so until it is over: on its way out it is not told again. */
function phaseOf(task, before) {
	if (isOver(task)) return "over";
	if (before === "up") return "up";
	return task.lastStatus === "RUNNING" && task.healthStatus !== "UNHEALTHY" ? "up" : "starting";
}
// src/engine/ecs/services/spot.ts
/** How many of so many instances are wanted on demand. */
function onDemand({ capacityProviderStrategy = [] }, count) {
	return shareOf(DEMAND, capacityProviderStrategy, count);
}
/** Whether AWS has said since then that it has no capacity for an instance. */
function waitsForCapacity(service, since) {
	return eventsSince(service, since).some(lacksCapacity);
}
/** Whether all that is missing of a deployment is spot capacity: some instances run, and all that are not spot. */
function lacksOnlySpot(service, tasks, { desired, since }) {
	const running = tasks.filter((task) => task.lastStatus === "RUNNING" && task.healthStatus !== "UNHEALTHY");
	const demand = running.filter((task) => task.capacityProviderName !== SPOT).length;
	const wanted = onDemand(service, desired);
	return running.length > 0 && running.length < desired && wanted < desired && demand >= wanted && waitsForCapacity(service, since);
}
// src/engine/ecs/services/one-watch.ts
/** Milliseconds for which ECS may still show what was before. */
const SETTLING = 3e4;
/** Milliseconds by which the clocks of AWS and of this machine may differ. */
const SKEW = 5e3;
/** What has been seen of one rollout so far, and what that means. */
var Watch = class {
	watched;
	began;
	deadline;
	/** When its tasks were last read. */
	readAt;
	#io;
	#events;
	#service = null;
	/** As last seen, and the service deployment that it is part of. */
	#deployment = null;
	#arn = null;
	/** Null: not asked. */
	#answer = null;
	#tasks = /* @__PURE__ */ new Map();
	#judgement = "pending";
	#hasTold = false;
	/** Since when all wanted instances run; null while some do not. */
	#completeSince = null;
	#hasLacked = false;
	constructor(watched, io, now) {
		this.watched = watched;
		this.began = now;
		this.deadline = now + watched.timeout * 1e3;
		this.readAt = now;
		this.#io = io;
		this.#events = new InstanceEvents(watched.process, watched.port);
	}
	see(service, now) {
		this.#service = service;
		this.#answer = null;
		const own = service === null ? void 0 : deploymentOf(service, this.watched);
		if (own !== void 0) this.#deployment = own;
		this.#noteCounts(service, now);
		if (own?.status === "PRIMARY" && own.rolloutState === "IN_PROGRESS") this.#arn ??= service?.currentServiceDeployment ?? null;
		this.#judgement = judge(this.#sight(now));
		this.#tellWaiting();
	}
	/** What to ask the service-deployments API; null where the service says enough. */
	question(now) {
		const hasStages = (this.#service?.deploymentConfiguration?.strategy ?? "ROLLING") !== "ROLLING";
		const isLate = this.#judgement === "pending" && hasStages && now >= this.deadline;
		if (this.#judgement !== "ask" && !isLate) return null;
		const createdAt = this.#deployment?.createdAt ?? new Date(this.began);
		return {
			service: this.watched.service,
			arn: this.#arn,
			createdAt
		};
	}
	hear(answer, now) {
		this.#answer = answer;
		this.#judgement = judgeAnswer(this.#sight(now), answer);
	}
	/** Whether it is over, as far as the last look tells. */
	get isOver() {
		return typeof this.#judgement === "object";
	}
	/** Whether ECS says of it that something goes wrong, or does not go on. */
	get isTroubled() {
		const service = this.#service;
		return service !== null && isTroubled(service, this.#deployment ?? void 0, this.#since);
	}
	/** Tasks that were read before and have not ended since. */
	get known() {
		return [...this.#tasks.values()].filter((task) => task.lastStatus !== "STOPPED").map((task) => task.taskArn);
	}
	/** Whether a task that ended has been told of. */
	hasEnded(arn) {
		return this.#tasks.get(arn)?.lastStatus === "STOPPED";
	}
	note(tasks, now) {
		this.readAt = now;
		for (const task of tasks) this.#tasks.set(task.taskArn, task);
		for (const event of this.#events.note(tasks, (task) => this.#isNew(task))) this.#io.report(event);
	}
	/** How it ended; null while it goes on. */
	outcome(now) {
		if (typeof this.#judgement === "object") return this.#judgement;
		const sight = this.#sight(now);
		const reason = this.#hopeless(now);
		if (reason !== null) return failed(sight, reason);
		return now >= this.deadline ? this.#timedOut(sight) : null;
	}
	#noteCounts(service, now) {
		const { desiredCount = 0, runningCount = 0 } = service ?? {};
		if (runningCount < desiredCount) {
			this.#hasLacked = true;
			this.#completeSince = null;
		} else this.#completeSince ??= this.#hasLacked ? now : -Infinity;
	}
	#hopeless(now) {
		const own = this.#primary;
		if (this.#judgement !== "pending" || own === null) return null;
		return hopeless(this.#newTasks, own.desiredCount ?? 0, now);
	}
	/** Instances on spot come when there is capacity; that they are missing fails nothing. */
	#timedOut(sight) {
		const { service, seen } = sight;
		const own = this.#primary;
		const since = this.#since;
		if (service !== null && own !== null) {
			const { desiredCount: desired = 0 } = own;
			if (lacksOnlySpot(service, this.#newTasks, {
				desired,
				since
			})) return {
				...steady(sight),
				reason: this.#waiting(service)
			};
		}
		const stage = this.#answer?.known === true ? this.#answer.deployment.lifecycleStage : void 0;
		const ended = failed(sight, waitingFor(sight) + (stage === void 0 ? "" : ` (stage ${stage})`));
		return seen !== null && own === null ? ended : {
			...ended,
			outcome: "timed_out"
		};
	}
	#tellWaiting() {
		const service = this.#service;
		if (this.#hasTold || service === null || this.#judgement !== "pending") return;
		if (!waitsForCapacity(service, this.#since)) return;
		this.#hasTold = true;
		this.#io.report({
			type: "process.waiting",
			process: this.watched.process,
			reason: this.#waiting(service)
		});
	}
	#waiting(service) {
		const { desiredCount = 0, runningCount = 0 } = this.#deployment ?? service;
		return `AWS has no ${onDemand(service, desiredCount) < desiredCount ? "spot capacity" : "capacity"} at the moment: ${runningCount} of ${desiredCount} instances run`;
	}
	/** The watched deployment, while it is what the service is meant to run. */
	get #primary() {
		const own = this.#service === null ? void 0 : deploymentOf(this.#service, this.watched);
		return own?.status === "PRIMARY" ? own : null;
	}
	/** Tasks of what is being rolled out. */
	get #newTasks() {
		return [...this.#tasks.values()].filter((task) => this.#isNew(task));
	}
	#isNew(task) {
		const { deployment } = this.watched;
		if (deployment !== null) return task.startedBy === deployment;
		return (task.createdAt?.getTime() ?? 0) >= this.began - SKEW;
	}
	get #since() {
		return (this.watched.deployment === null ? void 0 : this.#deployment?.createdAt) ?? /* @__PURE__ */ new Date(this.began - SKEW);
	}
	#sight(now) {
		return {
			watched: this.watched,
			service: this.#service,
			seen: this.#deployment,
			settling: now - this.began < SETTLING,
			complete: this.#completeSince === null ? 0 : (now - this.#completeSince) / 1e3
		};
	}
};
// src/engine/ecs/services/pace.ts
/** Seconds between two looks at a rollout: each second at first, every ten seconds when it takes minutes. */
const SHORTEST = 1;
const LONGEST = 10;
/** A rollout that takes 40 times as long can wait one second longer to be seen. */
const PER_SECOND = 40;
/** Of the 20 a second that ECS sustains for reads of services: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/request-throttling.html */
const CALLS_PER_SECOND = 10;
/** However long ECS refuses calls, they are tried again after so many seconds. */
const LONGEST_REFUSED = 60;
/** Seconds until the next look. */
function pace({ age, calls, refused }) {
	const usual = Math.min(Math.max(age / PER_SECOND, SHORTEST), LONGEST);
	const bearable = Math.max(usual, calls / CALLS_PER_SECOND);
	return refused === 0 ? bearable : Math.min(bearable * 2 ** refused, Math.max(bearable, LONGEST_REFUSED));
}
// src/engine/ecs/services/service-deployments.ts
/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeServiceDeployments.html */
const PAGE$2 = 20;
const MOST_LISTED = 100;
const PARALLEL = 4;
/** Seconds by which the times of a deployment and of its service deployment may differ. */
const APART = 60;
/** Why deployments ended: what the service-deployments API knows of them. */
var ServiceDeployments = class {
	#account;
	/** Why it cannot be asked at all. */
	#missing = null;
	constructor(account) {
		this.#account = account;
	}
	/** One answer for each question; null where ECS was too busy to give one. */
	async ask(questions) {
		const limit = pLimit(PARALLEL);
		const found = await Promise.all(questions.map((question) => limit(() => this.#attempt(() => this.#find(question)))));
		const arns = found.flatMap((each) => "deployment" in each ? [each.deployment.serviceDeploymentArn] : []);
		const described = await Promise.all(chunks(arns, PAGE$2).map((page) => limit(() => this.#attempt(() => this.#describe(page)))));
		return found.map((each) => {
			if ("problem" in each) return each.problem;
			const { serviceDeploymentArn } = each.deployment;
			const page = described[Math.floor(arns.indexOf(serviceDeploymentArn) / PAGE$2)];
			if ("problem" in page) return page.problem;
			const deployment = page.get(serviceDeploymentArn);
			return deployment === void 0 ? UNKNOWN$1 : {
				known: true,
				deployment,
				later: each.later
			};
		});
	}
	async #find({ service, arn, createdAt }) {
		const { serviceDeployments: all = [] } = await (await this.#account.aws.ecs()).listServiceDeployments({
			cluster: this.#account.cluster,
			service,
			maxResults: MOST_LISTED
		});
		const apart = (each) => Math.abs(timeOf(each) - createdAt.getTime());
		const deployment = all.find((each) => each.serviceDeploymentArn === arn) ?? all.filter((each) => apart(each) <= APART * 1e3).toSorted((one, other) => apart(one) - apart(other))[0];
		if (deployment === void 0) return { problem: UNKNOWN$1 };
		return {
			deployment,
			later: all.filter((each) => timeOf(each) > timeOf(deployment))
		};
	}
	/** Deployments of services from before October 2024 are listed and cannot be described. */
	async #describe(serviceDeploymentArns) {
		const { serviceDeployments = [] } = await (await this.#account.aws.ecs()).describeServiceDeployments({ serviceDeploymentArns });
		return new Map(serviceDeployments.map((each) => [each.serviceDeploymentArn, each]));
	}
	async #attempt(call) {
		if (this.#missing !== null) return { problem: {
			known: false,
			why: this.#missing
		} };
		try {
			return await call();
		} catch (error) {
			if (isBusy(error)) return { problem: null };
			if (isNamed(error, "AccessDeniedException")) this.#missing = "ecs:ListServiceDeployments or ecs:DescribeServiceDeployments is not allowed";
			else if (isNamed(error, "UnknownOperationException", "UnsupportedFeatureException")) this.#missing = "the service-deployments API is not offered here";
			return { problem: {
				known: false,
				why: this.#missing ?? messageOf(error)
			} };
		}
	}
};
const UNKNOWN$1 = {
	known: false,
	why: "the service-deployments API does not know it"
};
function timeOf({ createdAt, startedAt }) {
	return (createdAt ?? startedAt)?.getTime() ?? 0;
}
// src/engine/ecs/services/watch.ts
/** DescribeServices takes so many names. */
const PAGE$1 = 10;
/** Rollouts of whose instances each is told of; of more than that only the troubled ones' tasks are read. */
const FEW = 10;
/** At one look the tasks of so many services are read at most, and of each only after so many seconds. */
const READ_AT_ONCE = 5;
const READ_AGAIN = 3;
/**
* Waits for rollouts. All that are watched at one time share their looks: one DescribeServices for ten of them, often at
* first and less often later. That ECS refuses calls makes it look less often, and never ends a wait.
*/
var Watcher = class {
	#account;
	#deployments;
	#watches = /* @__PURE__ */ new Map();
	#looking = false;
	#lookedAt = 0;
	/** Looks that were refused since the last one that was not. */
	#refused = 0;
	/** False once AWS has said that tasks may not be read: the wait does without. */
	#readsTasks = true;
	#nap = new AbortController();
	constructor(account) {
		this.#account = account;
		this.#deployments = new ServiceDeployments(account);
	}
	/**
	* Never rejects for a rollout that fails: that is what it resolves to. Rejects when AWS refuses to show services at all.
	* `process.steady` is for the caller to tell: what is one rollout to it may be several here.
	*/
	async watch(watched, { signal, report }) {
		const cancelled = {
			outcome: "cancelled",
			rolledBack: false,
			reason: null,
			instances: 0
		};
		if (signal.aborted) return cancelled;
		const watch = new Watch(watched, {
			signal,
			report
		}, this.#account.clock.now());
		const end = Promise.withResolvers();
		const onAbort = () => this.#end(watch, cancelled);
		signal.addEventListener("abort", onAbort);
		this.#watches.set(watch, end);
		this.#nap.abort();
		if (!this.#looking) this.#look();
		try {
			return await end.promise;
		} finally {
			signal.removeEventListener("abort", onAbort);
		}
	}
	async #look() {
		this.#looking = true;
		this.#lookedAt = this.#account.clock.now();
		try {
			for (;;) {
				await this.#sleep();
				if (this.#watches.size === 0) return;
				await this.#lookOnce();
			}
		} catch (error) {
			for (const { reject } of this.#watches.values()) reject(error);
			this.#watches.clear();
		} finally {
			this.#looking = false;
		}
	}
	/** Until the next look is due, or somebody's time is up. A watch that begins or ends meanwhile may change that. */
	async #sleep() {
		const { clock } = this.#account;
		while (this.#watches.size > 0) {
			const watches = [...this.#watches.keys()];
			const seconds = pace({
				age: (clock.now() - Math.max(...watches.map(({ began }) => began))) / 1e3,
				calls: Math.ceil(watches.length / PAGE$1),
				refused: this.#refused
			});
			const next = Math.min(this.#lookedAt + seconds * 1e3, ...watches.map(({ deadline }) => deadline));
			if (next <= clock.now()) return;
			this.#nap = new AbortController();
			await clock.sleep((next - clock.now()) / 1e3, this.#nap.signal);
		}
	}
	async #lookOnce() {
		const { clock } = this.#account;
		const watches = [...this.#watches.keys()];
		const services = await this.#describe(watches);
		this.#lookedAt = clock.now();
		if (services !== null) {
			for (const watch of watches) watch.see(services.get(watch.watched.service) ?? null, clock.now());
			await this.#ask(watches);
			await this.#readTasks(watches);
		}
		for (const watch of watches) {
			const ended = watch.outcome(clock.now());
			if (ended !== null) this.#end(watch, ended);
		}
	}
	async #describe(watches) {
		const names = watches.map(({ watched }) => watched.service);
		const services = await this.#attempt(() => describeServices(this.#account, names));
		this.#refused = services === null ? this.#refused + 1 : 0;
		return services;
	}
	async #ask(watches) {
		const now = this.#account.clock.now();
		const asking = watches.flatMap((watch) => {
			const question = watch.question(now);
			return question === null ? [] : [{
				watch,
				question
			}];
		});
		const answers = await this.#deployments.ask(asking.map(({ question }) => question));
		for (const [index, { watch }] of asking.entries()) {
			const answer = answers[index] ?? null;
			if (answer !== null) watch.hear(answer, now);
		}
	}
	/** The tasks of a few services, those first that were not looked at for longest, and of those that are over. */
	async #readTasks(watches) {
		if (!this.#readsTasks) return;
		const now = this.#account.clock.now();
		const isFew = watches.length <= FEW;
		const due = watches.filter((watch) => (isFew || watch.isTroubled) && now - watch.readAt >= READ_AGAIN * 1e3).toSorted((one, other) => one.readAt - other.readAt).slice(0, READ_AT_ONCE);
		const last = watches.filter((watch) => isFew && watch.isOver || now >= watch.deadline);
		try {
			const limit = pLimit(READ_AT_ONCE);
			const chosen = [.../* @__PURE__ */ new Set([...due, ...last])];
			const arns = await Promise.all(chosen.map((watch) => limit(() => this.#tasksOf(watch))));
			const read = await describeTasks$1(this.#account, arns.flat());
			const tasks = new Map(read.map((task) => [task.taskArn, task]));
			for (const [index, watch] of chosen.entries()) {
				const own = arns[index].flatMap((arn) => tasks.get(arn) ?? []);
				if (this.#watches.has(watch)) watch.note(own, this.#account.clock.now());
			}
		} catch (error) {
			this.#readsTasks = isBusy(error);
		}
	}
	/** What is to be read of one: what runs, what was seen to run, and where something goes wrong what has ended. */
	async #tasksOf(watch) {
		const { service } = watch.watched;
		const running = await listTasks$1(this.#account, service, "RUNNING");
		const stopped = watch.isTroubled ? await listTasks$1(this.#account, service, "STOPPED") : [];
		return [.../* @__PURE__ */ new Set([
			...running,
			...watch.known,
			...stopped.filter((arn) => !watch.hasEnded(arn))
		])];
	}
	/** Null: ECS is too busy. */
	async #attempt(call) {
		try {
			return await call();
		} catch (error) {
			if (!isBusy(error)) throw error;
			return null;
		}
	}
	#end(watch, ended) {
		this.#watches.get(watch)?.resolve(ended);
		this.#watches.delete(watch);
		this.#nap.abort();
	}
};
// src/engine/ecs/services/rollout.ts
/** Seconds for which AWS may be too busy to say what runs, before anything is written. */
const LONGEST_REFUSAL = 600;
/** Makes transitions of processes true. */
var Rollouts = class {
	#account;
	#definitions;
	#options;
	constructor(account, definitions, options) {
		this.#account = account;
		this.#definitions = definitions;
		this.#options = options;
	}
	/** See Engine.rollout: all at once, and each judged alone. */
	async rollout(app, transitions, io) {
		const tools = {
			...this.#options,
			account: this.#account,
			app,
			definitions: this.#definitions,
			autoscaling: new Autoscaling(this.#account),
			watcher: new Watcher(this.#account),
			looks: new Looks(this.#account),
			lost: io.lost ?? new AbortController().signal
		};
		const { clock } = this.#account;
		const limits = {
			clock,
			until: clock.now() + LONGEST_REFUSAL * 1e3,
			signal: io.signal
		};
		const names = transitions.flatMap((each) => namesOf(app, each));
		let services = null;
		const describe = () => services ??= patiently(limits, () => describeServices(this.#account, names));
		return Promise.all(transitions.map((each) => new ProcessRollout(tools, each, io).run(describe)));
	}
};
/** Of its service before and after: most often one. */
function namesOf(app, { before, after }) {
	return [before, after].flatMap((state) => state === null ? [] : [serviceNameOf({ app }, state)]);
}
// src/engine/ecs/tasks/outcome.ts
/** Longest reason that StopTask is given; it takes more, and answers with less. */
const LONGEST_REASON = 255;
/** Whether it is gone from the cluster, with all that it had there. */
function isStopped({ lastStatus }) {
	return lastStatus === "STOPPED";
}
/**
* Whether how it ended is known for good: what comes then is only that ECS takes its network away, which can take half a
* minute.
*/
function hasEnded(task) {
	return isStopped(task) || task.executionStoppedAt !== void 0 && mainOf(task)?.exitCode !== void 0;
}
/** Whether the program of a stopped task was ever started: if not, it has written nothing. */
function hasRun(task) {
	return task.startedAt !== void 0 || mainOf(task)?.exitCode !== void 0;
}
/**
* How a stopped task ended. Its one essential container is `main`; what AWS adds to a task (of GuardDuty, for example)
* is not essential and may have no exit code. Only a program that ended by itself has one here: 0 then means success.
*
* `asked` is why Gantry asked for it to be stopped, null if it did not.
*/
function outcomeOf(task, asked) {
	const { stopCode, stoppedReason } = task;
	const main = mainOf(task);
	const why = [stoppedReason, main?.reason].filter((each) => each !== void 0 && each !== "");
	if (asked !== null && (stopCode === void 0 || stopCode === "UserInitiated")) return {
		exit_code: null,
		reason: asked
	};
	if ((stopCode === void 0 || stopCode === "EssentialContainerExited") && main?.exitCode !== void 0) return {
		exit_code: main.exitCode,
		reason: main.reason ?? null
	};
	return {
		exit_code: null,
		reason: [...new Set(why)].join(": ") || stopCode || "ECS gives no reason"
	};
}
/** A run as its task shows it. `asked` as in `outcomeOf`. */
function runOf(run, task, asked = null) {
	if (!hasEnded(task)) return {
		...run,
		status: task.startedAt === void 0 ? "starting" : "running"
	};
	const outcome = outcomeOf(task, asked);
	const ended_at = (task.executionStoppedAt ?? task.stoppedAt)?.toISOString() ?? null;
	if (outcome.exit_code !== null) return {
		...run,
		...outcome,
		status: outcome.exit_code === 0 ? "succeeded" : "failed",
		ended_at
	};
	const stopped = outcome.reason === asked || task.stopCode === "UserInitiated";
	return {
		...run,
		...outcome,
		status: stopped ? "stopped" : "failed",
		ended_at
	};
}
/** Why a task is stopped, as ECS takes it: one line, not too long. */
function stopReason(text) {
	return text.replaceAll(/[\s\p{Cc}]+/gu, " ").trim().slice(0, LONGEST_REASON).toWellFormed();
}
/** Seconds from when ECS was asked for it until its program had ended, by ECS's own clock. */
function durationOf({ createdAt, executionStoppedAt, stoppedAt }) {
	const end = executionStoppedAt ?? stoppedAt;
	return createdAt === void 0 || end === void 0 ? null : (end.getTime() - createdAt.getTime()) / 1e3;
}
// src/engine/ecs/tasks/calls.ts
/** DescribeTasks takes so many: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeTasks.html */
const PAGE = 100;
/**
* The ARNs of what ECS was asked to run in the name of an app, and still knows: what has stopped for about an hour. Found
* by who started it: no other filter may be used with that one, and a family alone would mean a call for each task of
* the config, and miss those that it no longer names.
*/
async function listTasks({ aws, cluster }, app, desiredStatus) {
	const ecs = await aws.ecs();
	const found = [];
	let nextToken;
	do {
		const page = await ecs.listTasks({
			cluster,
			startedBy: startedBy(app),
			...desiredStatus === "STOPPED" && { desiredStatus },
			maxResults: PAGE,
			...nextToken !== void 0 && { nextToken }
		});
		found.push(...page.taskArns ?? []);
		nextToken = page.nextToken;
	} while (nextToken !== void 0);
	return found;
}
/** By ARN or id. What ECS does not know any more is left out. */
async function describeTasks({ aws, cluster }, names) {
	const ecs = await aws.ecs();
	const found = [];
	for (const tasks of chunks(names, PAGE)) found.push(...(await ecs.describeTasks({
		cluster,
		tasks,
		include: ["TAGS"]
	})).tasks ?? []);
	return found;
}
/** Nothing happens to one that is gone already. */
async function stopTask({ aws, cluster }, task, reason) {
	const ecs = await aws.ecs();
	try {
		await ecs.stopTask({
			cluster,
			task,
			reason: stopReason(reason)
		});
	} catch (error) {
		if (!isNamed(error, "InvalidParameterException")) throw error;
	}
}
// src/engine/ecs/shell/agent.ts
const AGENT = "ExecuteCommandAgent";
/** Seconds that the agent may take from when its task runs. */
const LONGEST_START = 120;
const TICK$1 = 1;
const ROLE_HINT = "the task role (ecs.task_role) needs ssmmessages:CreateControlChannel, CreateDataChannel, OpenControlChannel and OpenDataChannel, and the subnets a way to ssmmessages; docs/shell.md has the policy";
/**
* Waits until commands can be run in a container of a task, which may still have to start.
*
* @param name of the container; null: the only one that there is
* @returns null when the task runs no more, or the signal has fired
*/
async function reachable(account, task, name, signal) {
	const { clock } = account;
	const patience = new Patience(clock);
	let runsSince = null;
	while (!signal.aborted) {
		const seen = (await patience.attempt(() => describeTasks(account, [task]), signal))?.[0];
		if (seen !== void 0) {
			if (seen.desiredStatus === "STOPPED") return null;
			const container = seen.containers?.find((each) => each.name === name(seen));
			const ready = container && readiness(container);
			if (ready === "RUNNING" && container?.runtimeId !== void 0) return {
				task: idOf(seen),
				container: container.name,
				runtime: container.runtimeId
			};
			if (seen.lastStatus === "RUNNING") runsSince ??= clock.now();
			if (runsSince !== null && clock.now() - runsSince > LONGEST_START * 1e3) throw noAgent(container);
			if (ready === "STOPPED") throw noAgent(container);
		}
		await patience.pause(TICK$1, signal);
	}
	return null;
}
function readiness({ managedAgents = [] }) {
	return managedAgents.find((each) => each.name === AGENT)?.lastStatus;
}
function noAgent(container) {
	const reason = container?.managedAgents?.find((each) => each.name === AGENT)?.reason;
	const why = reason === void 0 || reason === "" ? "" : `: ${reason}`;
	return new UserError(`the agent of ECS Exec does not run in the instance${why}`, { hint: ROLE_HINT });
}
function notConnected(cause) {
	return new UserError("ECS Exec does not reach the instance", {
		hint: ROLE_HINT,
		cause
	});
}
function refusedExec(cause) {
	return new UserError(`ECS does not run the command: ${messageOf(cause)}`, { cause });
}
// src/engine/ecs/shell/ecs-shell.ts
/** Seconds in which an instance ends by itself whose command has ended. */
const LEAVING = 20;
/** Milliseconds in which what an instance said before its end gets here. */
const LAST_WORDS = 3e3;
/** A session with a container. */
var EcsShell = class {
	id;
	result;
	#parts;
	#stopped = null;
	constructor(parts) {
		this.#parts = parts;
		this.id = parts.id;
		this.result = this.#wait();
		this.result.catch(() => {});
		if (parts.task !== void 0) this.#follow(parts.task);
	}
	get output() {
		return this.#parts.session.output();
	}
	write(bytes) {
		return this.#parts.session.write(bytes);
	}
	/** Session Manager has no word for it. */
	end() {}
	resize(size) {
		this.#parts.session.resize(size);
	}
	async stop(reason) {
		this.#stopped ??= reason;
		this.#parts.session.close();
		await this.result;
	}
	/** Of an instance that ended, at its time limit for example, nothing more is to be heard. */
	async #follow({ handle }) {
		await handle.result.catch(() => {});
		await setTimeout(LAST_WORDS, void 0, { ref: false });
		this.#parts.session.close();
	}
	async #wait() {
		const code = await this.#parts.session.ended;
		if (code === null) await this.#cutOff();
		const reason = this.#stopped ?? await this.#reasonOf(code);
		return {
			exit_code: this.#stopped === null ? code : null,
			reason
		};
	}
	/** Neither its session nor its task is to outlive it. */
	async #cutOff() {
		const { end, task } = this.#parts;
		await Promise.all([task?.handle.stop(this.#stopped ?? "its session has ended"), end().catch(() => {})]);
	}
	async #reasonOf(code) {
		const { session, task } = this.#parts;
		if (task !== void 0) {
			const over = new AbortController();
			const late = task.clock.sleep(LEAVING, over.signal).then(() => null);
			const result = await Promise.race([task.handle.result, late]);
			over.abort();
			if (result === null) await task.handle.stop("its command has ended");
			else if (code === null && result.reason !== null) return result.reason;
		}
		if (code !== null) return null;
		const said = session.said.trim();
		return said === "" ? "its session was cut off" : `there was no session: ${stopReason(said)}`;
	}
};
// src/engine/ecs/shell/plugin.ts
const PLUGIN = "session-manager-plugin";
/**
* Newer ones than this take a session from their environment; this one and older ones only from their arguments, which
* everybody on the machine can read: aws-cli, customizations/ecs/executecommand.py.
*/
const LAST_THAT_TELLS = "1.2.497.0";
const SESSION_VARIABLE = "AWS_SSM_START_SESSION_RESPONSE";
/** Milliseconds. */
const QUICK$1 = 1e4;
const INSTALL = "https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-working-with-install-plugin.html says how";
const run = promisify(execFile);
/** Rejects with a UserError where AWS's plugin is not installed here, or cannot be told a secret. */
async function checkPlugin() {
	let version;
	try {
		version = (await run(PLUGIN, ["--version"], { timeout: QUICK$1 })).stdout.trim();
	} catch (error) {
		throw new UserError("a command on ECS needs the Session Manager plugin, which is not installed here", {
			hint: `install it: ${INSTALL}`,
			cause: error
		});
	}
	if (isNewer(version, LAST_THAT_TELLS)) return;
	throw new UserError(`the Session Manager plugin is too old: ${version.slice(0, 40) || "without a version"}`, { hint: `only those after ${LAST_THAT_TELLS} keep a session to themselves; install a newer one: ${INSTALL}` });
}
function isNewer(version, than) {
	if (!/^\d+(?:\.\d+){1,4}$/.test(version)) return false;
	return version.localeCompare(than, "en", { numeric: true }) > 0;
}
/** How the plugin is started for a session. Its token is in the environment alone. */
function pluginRun(session, { region, cluster, task, runtime }) {
	const target = JSON.stringify({ Target: `ecs:${cluster}_${task}_${runtime}` });
	const endpoint = `https://ssm.${region}.amazonaws.com`;
	return {
		argv: [
			PLUGIN,
			SESSION_VARIABLE,
			region,
			"StartSession",
			"",
			target,
			endpoint
		],
		env: {
			...inherited(),
			[SESSION_VARIABLE]: JSON.stringify(session)
		}
	};
}
/** What it needs to find its files and its way out, and to take a session up again whose connection broke. */
function inherited() {
	const wanted = /^(?:PATH|HOME|LANG|TMPDIR|(?:HTTPS?|NO|ALL)_PROXY|SSL_CERT_(?:FILE|DIR)|AWS_\w+)$/i;
	return Object.fromEntries(Object.entries(process.env).flatMap(([name, value]) => wanted.test(name) && value !== void 0 ? [[name, value]] : []));
}
// src/engine/ecs/shell/script.ts
function beginMark(mark) {
	return `\x1b_gantry:${mark}\x1b\\`;
}
/** What comes in front of the exit code, and behind it. */
function endMark(mark) {
	return [`\x1b_gantry:${mark}:`, "\x1B\\"];
}
/**
* What is run in the container, in one word for each word as POSIX shells and Session Manager read it. It says when the
* command begins and with which code it has ended, as Session Manager tells neither.
*/
function sessionCommand({ mark, command, terminal, ends }) {
	const words = argv(command).map(quoted).join(" ");
	return `/bin/sh -c ${quoted([
		terminal === null ? "stty raw -echo 2>/dev/null" : `export TERM=${quoted(terminal)}`,
		"trap : INT QUIT",
		...ends ? [`trap ${quoted(`${leave(mark, "129")}; exit 129`)} HUP TERM`] : [],
		`printf '\\033_gantry:${mark}\\033\\\\'`,
		terminal === null ? `${words} </dev/null` : words,
		"code=$?",
		...ends ? [leave(mark, "\"$code\"")] : [],
		`printf '\\033_gantry:${mark}:%s\\033\\\\' "$code"`,
		"exit \"$code\""
	].join("; "))}`;
}
/** What a container does in which nothing runs but a session: it waits, and ends with its code. */
function waitingEntry(mark) {
	const file = exitFile(mark);
	return [
		"/bin/sh",
		"-c",
		`until [ -f ${file} ]; do sleep 1; done; exit "$(cat ${file})"`
	];
}
function leave(mark, code) {
	const file = exitFile(mark);
	return `echo ${code} >${file}.new && mv ${file}.new ${file}`;
}
/** In the container, whatever this machine calls its temporary folder. */
function exitFile(mark) {
	return `/tmp/.gantry-exit-${mark}`;
}
/** Nothing is special between single quotes: POSIX.1-2024 XCU 2.2.2. */
function quoted(word) {
	return `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
// src/engine/ecs/shell/session-output.ts
/** An exit code, and some room for what it is not. */
const LONGEST_CODE = 8;
/**
* What a command writes, out of all that a session says: what the plugin and the marks say is left out. Pure but for what
* it remembers.
*/
var SessionOutput = class {
	#begin;
	#end;
	#state = "before";
	#rest = Buffer.alloc(0);
	/** The exit code of the command; null: it has not said it. */
	code = null;
	constructor(mark) {
		this.#begin = Buffer.from(beginMark(mark));
		const [front, back] = endMark(mark);
		this.#end = [Buffer.from(front), Buffer.from(back)];
	}
	/** What was said where no command has begun: why, as a rule. */
	get said() {
		return this.#state === "before" ? this.#rest.toString("utf8") : "";
	}
	/** What of it is the command's. The end of it is kept back where it may be the beginning of a mark. */
	push(bytes) {
		if (this.#state === "behind") return Buffer.alloc(0);
		this.#rest = Buffer.concat([this.#rest, bytes]);
		if (this.#state === "before" && !this.#begun()) return Buffer.alloc(0);
		return this.#within();
	}
	/** What was kept back when nothing more comes. */
	flush() {
		return this.#state === "within" ? this.#take(this.#rest.length) : Buffer.alloc(0);
	}
	#begun() {
		const at = this.#rest.indexOf(this.#begin);
		if (at === -1) {
			this.#rest = this.#rest.subarray(-16384);
			return false;
		}
		this.#take(at + this.#begin.length);
		this.#state = "within";
		return true;
	}
	#within() {
		const [front, back] = this.#end;
		const at = this.#rest.indexOf(front);
		if (at === -1) return this.#take(this.#rest.length - partOf(this.#rest, front));
		const from = at + front.length;
		const to = this.#rest.indexOf(back, from);
		if (to === -1 && this.#rest.length - from < LONGEST_CODE) return this.#take(at);
		const text = this.#rest.subarray(from, to).toString("latin1");
		if (/^\d{1,3}$/.test(text)) this.code = Number(text);
		this.#state = "behind";
		return this.#take(at);
	}
	#take(length) {
		const taken = this.#rest.subarray(0, length);
		this.#rest = this.#rest.subarray(length);
		return taken;
	}
};
/** How many bytes at the end of a text are the beginning of another one. */
function partOf(text, other) {
	for (let length = Math.min(other.length - 1, text.length); length > 0; length -= 1) if (text.subarray(text.length - length).equals(other.subarray(0, length))) return length;
	return 0;
}
// src/engine/ecs/shell/plugin-session.ts
/** What the plugin gets where nobody sits at a terminal: lines are not to be broken. */
const NO_TERMINAL = {
	columns: 1e3,
	rows: 24
};
const ON_TERMINAL = "terminal=$1; shift; exec 0<>\"$terminal\" 1>&0 2>&0; stty raw -echo || exit 126; exec \"$@\"";
/** A session with a container, by AWS's plugin, which works only at a terminal. */
var PluginSession = class PluginSession {
	/** With the exit code of the command; null: the session has ended before it. */
	ended;
	#terminal;
	#child;
	#output;
	#drained = Promise.withResolvers();
	constructor(terminal, child, mark) {
		this.#terminal = terminal;
		this.#child = child;
		this.#output = new SessionOutput(mark);
		this.ended = this.#drained.promise.then(() => this.#output.code);
		child.once("error", () => terminal.release());
		child.once("exit", () => terminal.release());
	}
	static async open({ argv, env }, size, mark) {
		const terminal = await Terminal.open(size ?? NO_TERMINAL);
		const child = spawn("/bin/sh", [
			"-c",
			ON_TERMINAL,
			"gantry",
			terminal.path,
			...argv
		], {
			env,
			detached: true,
			stdio: "ignore"
		});
		return new PluginSession(terminal, child, mark);
	}
	/** What was said where the command has not begun. */
	get said() {
		return this.#output.said;
	}
	async *output() {
		try {
			for await (const chunk of this.#terminal.output()) {
				const bytes = this.#output.push(chunk);
				if (bytes.length > 0) yield {
					stream: "out",
					bytes
				};
				if (this.#output.code !== null) break;
			}
			const rest = this.#output.flush();
			if (rest.length > 0) yield {
				stream: "out",
				bytes: rest
			};
		} finally {
			this.#drained.resolve();
			this.close();
		}
	}
	write(bytes) {
		return this.#terminal.write(bytes);
	}
	resize(size) {
		this.#terminal.resize(size);
	}
	/** Hangs up. */
	close() {
		this.#terminal.close();
		this.#child.kill("SIGHUP");
		this.#drained.resolve();
	}
};
// src/engine/ecs/shell/shells.ts
const EXEC_HINT = "write `exec: true` under `ecs` in gantry.yml, with a `task_role` that may use ssmmessages, and deploy: instances have it that start from then on";
/** Seconds between attempts. */
const CONNECTING = {
	attempts: 5,
	pause: 3
};
/** Commands that somebody talks to, by ECS Exec. */
var EcsShells = class {
	#account;
	#states;
	#tasks;
	constructor(account, states, tasks) {
		this.#account = account;
		this.#states = states;
		this.#tasks = tasks;
	}
	open(app, request, io) {
		return request.kind === "run" ? this.#run(app, request, io) : this.#exec(app, request, io);
	}
	/** In an instance that runs. */
	async #exec(app, request, io) {
		await checkPlugin();
		const { process, command, terminal } = request;
		if (terminal === null) io.notice("ECS Exec passes on no input where there is no terminal");
		return explained(`run a command in ${process}`, async () => {
			const { service, task } = await this.#choose(app, request);
			const name = await this.#containerOf(service, task);
			const place = await reachable(this.#account, task.taskArn, () => name, io.signal);
			const id = instanceName(process, idOf(task));
			if (place === null) throw io.signal.aborted ? cancelled() : new UserError(`${id} has just ended`);
			const wish = {
				mark: newMark(),
				command: command ?? LOGIN_SHELL,
				terminal,
				ends: false
			};
			const { session, end } = await this.#connect(place, wish);
			return new EcsShell({
				id,
				session,
				end
			});
		});
	}
	/** In a task of its own, which does nothing but wait for the command. */
	async #run(app, { task, terminal }, io) {
		const { spec } = task;
		if (!spec.placement?.task_role) throw new UserError("a command that somebody talks to needs a task role on ECS", { hint: "name one under `ecs.task_role` that may use ssmmessages, and deploy; docs/shell.md has the policy. With --no-tty it runs without" });
		await checkPlugin();
		const mark = newMark();
		const waiting = {
			...spec,
			entry_point: waitingEntry(mark),
			command: null,
			pre_start: null
		};
		io.notice("Starting an instance for it, which takes a minute or so");
		const handle = await this.#tasks.run(app, {
			...task,
			spec: waiting
		}, { command: spec.command });
		try {
			const place = await this.#arrived(handle, io.signal);
			const wish = {
				mark,
				command: spec.command ?? LOGIN_SHELL,
				terminal,
				ends: true
			};
			const { session, end } = await explained("run a command in the new instance", () => this.#connect(place, wish));
			return new EcsShell({
				id: handle.id,
				session,
				end,
				task: {
					handle,
					clock: this.#account.clock
				}
			});
		} catch (error) {
			await handle.stop("nobody could talk to it");
			throw error;
		}
	}
	async #arrived({ task, result }, signal) {
		const ended = new AbortController();
		const ending = result.finally(() => ended.abort());
		ending.catch(() => {});
		const place = await reachable(this.#account, task, (seen) => mainOf(seen)?.name, AbortSignal.any([signal, ended.signal]));
		if (place !== null) return place;
		if (signal.aborted) throw cancelled();
		const { reason, exit_code, hint } = await ending;
		throw new TaskError(`the instance ended before it could be used: ${reason ?? `exit code ${exit_code}`}`, { hint: hint ?? void 0 });
	}
	async #choose(app, request) {
		const { process, instance } = request;
		const { state } = await this.#states.read(app);
		const service = state.processes[process]?.service;
		if (service === void 0) throw noProcess(app.name, process, Object.keys(state.processes));
		const running = (await describeTasks$1(this.#account, await listTasks$1(this.#account, service, "RUNNING"))).filter(({ lastStatus }) => lastStatus === "RUNNING");
		const named = (each) => instanceName(process, idOf(each));
		const task = instance === null ? running.find(({ enableExecuteCommand: can }) => can) ?? running[0] : running.find((each) => named(each) === instance);
		if (task === void 0) throw noInstance(request, running.map(named));
		if (task.enableExecuteCommand) return {
			service,
			task
		};
		throw new UserError(`${named(task)} was started without ECS Exec`, { hint: EXEC_HINT });
	}
	/** Which of several is the process, the tags say of a service that was adopted. */
	async #containerOf(service, task) {
		if (task.containers?.length === 1) return mainOf(task)?.name;
		return (await describeServices(this.#account, [service])).get(service)?.tags?.find(({ key }) => key === TAG$1.adopted)?.value ?? mainOf(task)?.name;
	}
	async #connect({ task, container, runtime }, { mark, command, terminal, ends }) {
		const { aws, cluster } = this.#account;
		const [ecs, region] = await Promise.all([aws.ecs(), aws.region()]);
		const input = {
			cluster,
			task,
			container,
			interactive: true,
			command: sessionCommand({
				mark,
				command,
				terminal: terminal?.type ?? null,
				ends
			})
		};
		const { session = {}, clusterArn } = await this.#execute(() => ecs.executeCommand(input));
		const place = {
			region,
			cluster: nameOfArn(clusterArn ?? cluster),
			task,
			runtime
		};
		return {
			session: await PluginSession.open(pluginRun(session, place), terminal, mark),
			end: () => this.#terminate(session.sessionId ?? "")
		};
	}
	/** An agent that has just begun to run may take a moment until it is connected. */
	async #execute(call) {
		for (let attempt = 1;; attempt += 1) try {
			return await call();
		} catch (error) {
			if (isNamed(error, "InvalidParameterException", "ClientException")) throw refusedExec(error);
			if (!isNamed(error, "TargetNotConnectedException")) throw error;
			if (attempt === CONNECTING.attempts) throw notConnected(error);
			await this.#account.clock.sleep(CONNECTING.pause);
		}
	}
	/** Otherwise it would go on for as long as Session Manager waits for somebody to come back: 20 minutes. */
	async #terminate(id) {
		await (await this.#account.aws.ssm()).terminateSession({ SessionId: id });
	}
};
function newMark() {
	return randomBytes(8).toString("hex");
}
function cancelled() {
	return new CancelledError("nobody waits for it any more");
}
// src/engine/ecs/tasks/journal.ts
/** A log stream beside those with the output of the runs, and kept as long as they are. */
const STREAM = "task-runs";
/**
* What is remembered of runs when ECS has forgotten them: each as it was when it started and when it ended. Whoever
* writes only adds to it, so that any number may do so at once, and what it says does not depend on the order.
*/
var Journal = class {
	#account;
	#logs;
	constructor(account, logs) {
		this.#account = account;
		this.#logs = logs;
	}
	async note(app, runs) {
		if (runs.length > 0) await this.#append(app, runs);
	}
	async forget(app, task) {
		await this.#append(app, [{
			task,
			forgotten: true
		}]);
	}
	/** The newest, as many as one answer of CloudWatch holds: 1 MB. */
	async read(app) {
		const notes = {
			runs: /* @__PURE__ */ new Map(),
			forgotten: /* @__PURE__ */ new Set()
		};
		for (const entry of (await this.#messages(app)).flatMap(parse)) if ("forgotten" in entry) notes.forgotten.add(entry.task);
		else if (isNews(entry, notes.runs.get(entry.task))) notes.runs.set(entry.task, entry);
		return notes;
	}
	async #append(app, entries) {
		const logs = await this.#account.aws.logs();
		const timestamp = this.#account.clock.now();
		const put = () => logs.putLogEvents({
			logGroupName: logGroup(app),
			logStreamName: STREAM,
			logEvents: entries.map((entry) => ({
				timestamp,
				message: JSON.stringify(entry)
			}))
		});
		try {
			await put();
		} catch (error) {
			if (!isNamed(error, "ResourceNotFoundException")) throw error;
			await this.#logs.ensureStream(app, STREAM);
			await put();
		}
	}
	async #messages(app) {
		const logs = await this.#account.aws.logs();
		const stream = {
			logGroupName: logGroup(app),
			logStreamName: STREAM
		};
		let token;
		try {
			for (;;) {
				const { events = [], nextBackwardToken } = await logs.getLogEvents({
					...stream,
					startFromHead: false,
					...token !== void 0 && { nextToken: token }
				});
				if (events.length > 0 || nextBackwardToken === token) return events.map(({ message = "" }) => message);
				token = nextBackwardToken;
			}
		} catch (error) {
			if (isNamed(error, "ResourceNotFoundException")) return [];
			throw error;
		}
	}
};
function isNews({ run }, known) {
	return known === void 0 || isOver$1(run) && !isOver$1(known.run);
}
/** The stream is open to other hands: what is no entry is passed over. */
function parse(message) {
	try {
		const entry = JSON.parse(message);
		if (typeof entry?.task !== "string") return [];
		if (entry.forgotten === true) return [{
			task: entry.task,
			forgotten: true
		}];
		return typeof entry.run?.id === "string" ? [{
			task: entry.task,
			run: entry.run
		}] : [];
	} catch {
		return [];
	}
}
// src/engine/ecs/tasks/stop-schedule.ts
/** Seconds after the deadline, so that whoever waits for the task stops it first and can say so. */
const GRACE = 60;
/**
* Has EventBridge Scheduler stop a task after its deadline, should nobody be there to do it. Returns a sentence when
* that cannot be had: the task runs all the same.
*/
async function scheduleStop({ aws, cluster }, stop) {
	const { role, task, deadline, reason } = stop;
	try {
		await (await aws.scheduler()).createSchedule(scheduleInput({
			Name: stopName(task),
			ScheduleExpression: `at(${new Date(deadline + GRACE * 1e3).toISOString().slice(0, 19)})`,
			ScheduleExpressionTimezone: "UTC",
			ActionAfterCompletion: "DELETE",
			Target: ecsTarget("stopTask", role, {
				cluster,
				task,
				reason
			})
		}));
		return null;
	} catch (error) {
		return `no schedule will stop this task at its time limit, should Gantry be killed: ${messageOf(error)}`;
	}
}
/** A schedule that stays behind does no harm: it stops a task that has ended, and deletes itself. */
async function unscheduleStop({ aws }, task) {
	await (await aws.scheduler()).deleteSchedule({ Name: stopName(task) }).catch(() => {});
}
function stopName(task) {
	return `gantry-stop-${task}`;
}
// src/engine/ecs/tasks/running-task.ts
/** Seconds that a new task may be unknown for: ECS is consistent in the end. */
const UNKNOWN = 60;
/** Seconds without a new line after which a task that has ended has said everything: CloudWatch shows lines late. */
const QUIET = 3;
const NOBODY = new AbortController().signal;
/**
* A task that runs, or has ended. It is looked at from when somebody wants its output or its result: then whoever does
* also stops it at its time limit.
*/
var RunningTask = class {
	run;
	#account;
	#app;
	#started;
	#patience;
	/** Milliseconds since the epoch. */
	#began;
	#deadline;
	#result = null;
	/** Fires when it is asked to stop: its end is near, and looked for at once. */
	#stopping = new AbortController();
	#asked = null;
	/** When it was seen to have ended, in milliseconds since the epoch, and whether its program had been started. */
	#end = null;
	constructor(account, app, started) {
		this.#account = account;
		this.#app = app;
		this.#started = started;
		this.run = started.run;
		this.#patience = new Patience(account.clock);
		this.#began = Date.parse(started.run.started_at);
		this.#deadline = deadlineOf(started.run);
	}
	get id() {
		return this.run.id;
	}
	/** The id of the ECS task. */
	get task() {
		return this.#started.task;
	}
	get result() {
		if (this.#result === null) {
			this.#result = this.#wait();
			this.#result.catch(() => {});
		}
		return this.#result;
	}
	get logs() {
		return this.#texts();
	}
	async stop(reason) {
		this.#ask(reason);
		await this.result.catch(() => {});
	}
	#ask(reason) {
		this.#asked ??= stopReason(reason);
		this.#stopping.abort();
	}
	async #wait() {
		try {
			const task = await this.#stopped();
			this.#end = {
				at: this.#account.clock.now(),
				hasRun: task !== null && hasRun(task)
			};
			if (task !== null) await this.#started.onEnd(task, this.#asked);
			return await this.#resultOf(task);
		} catch (error) {
			throw problemOf(error, `wait for task ${this.run.task}, which may still run`);
		} finally {
			this.#end ??= {
				at: this.#account.clock.now(),
				hasRun: true
			};
			if (this.#started.scheduled) await unscheduleStop(this.#account, this.#started.task);
		}
	}
	/** The task once it has stopped; null when ECS does not know it any more. Never waits for RUNNING: a short one may never be seen there. */
	async #stopped() {
		const { clock } = this.#account;
		let known = false;
		let told = false;
		for (;;) {
			if (clock.now() >= this.#deadline) this.#ask(timeLimit(this.run));
			if (this.#asked !== null && !told) told = await this.#tell(this.#asked);
			const found = await this.#patience.attempt(() => this.#describe());
			if (found?.task !== void 0) {
				known = true;
				if (hasEnded(found.task)) return found.task;
			} else if (found !== null && (known || this.#age() > UNKNOWN)) return null;
			await this.#pause();
		}
	}
	async #describe() {
		const { aws, cluster } = this.#account;
		const { tasks = [] } = await (await aws.ecs()).describeTasks({
			cluster,
			tasks: [this.#started.task]
		});
		return { task: tasks[0] };
	}
	/** Tells ECS to stop it. False: to be told again. */
	async #tell(reason) {
		const { aws, cluster } = this.#account;
		const ecs = await aws.ecs();
		return await this.#patience.attempt(async () => {
			try {
				return await ecs.stopTask({
					cluster,
					task: this.#started.task,
					reason
				});
			} catch (error) {
				if (isNamed(error, "InvalidParameterException")) return {};
				throw error;
			}
		}) !== null;
	}
	/** Often in its first minute, and when it is about to end; seldom later. */
	async #pause() {
		if (this.#asked !== null) return this.#patience.pause(1);
		const left = (this.#deadline - this.#account.clock.now()) / 1e3;
		const seconds = Math.min(Math.max(this.#age() / 30, 1), 10, Math.max(left, 0));
		await this.#patience.pause(seconds, this.#stopping.signal);
	}
	async #resultOf(task) {
		const elapsed = this.#age();
		if (task === null) return {
			exit_code: null,
			duration: elapsed,
			reason: this.#asked ?? "it is gone from the cluster, and ECS does not say how it ended",
			hint: null
		};
		const outcome = outcomeOf(task, this.#asked);
		const failed = outcome.exit_code !== 0 && (this.#asked === null || outcome.reason !== this.#asked);
		const duration = durationOf(task) ?? elapsed;
		return {
			...outcome,
			duration,
			hint: failed ? await this.#hint(task, outcome.exit_code) : null
		};
	}
	async #hint(task, exit_code) {
		const log = hasRun(task) ? await this.#started.lastLines().catch(() => []) : [];
		return hintFor$1({
			reason: endingOf(task).reason,
			exit_code,
			log
		})?.hint ?? null;
	}
	/** Its output until it has ended, or the signal fires. */
	async *lines(signal) {
		const { result } = this;
		const stream = `${streamPrefix("task", this.run.task)}/${CONTAINER}/${this.#started.task}`;
		const pause = (idle) => this.#nextLook(idle);
		const line = (time, text, stream = "out") => ({
			time: new Date(time).toISOString(),
			instance: this.id,
			stream,
			text
		});
		if (this.#started.notice !== null) yield line(this.#began, `(${this.#started.notice})`, "gantry");
		try {
			for await (const { time, text } of readStream(this.#account, {
				group: logGroup(this.#app),
				stream,
				pause,
				signal
			})) yield* splitLines(text).map((each) => line(time, each));
		} catch (error) {
			yield line(this.#account.clock.now(), `(its output cannot be shown: ${messageOf(error)})`, "gantry");
			await result;
		}
	}
	async *#texts() {
		for await (const { text } of this.lines(NOBODY)) yield text;
	}
	#nextLook(idle) {
		if (this.#end === null) return pauseFor(idle);
		return Math.min(idle, (this.#account.clock.now() - this.#end.at) / 1e3) >= QUIET || !this.#end.hasRun ? null : 1;
	}
	/** Seconds since it was started. */
	#age() {
		return (this.#account.clock.now() - this.#began) / 1e3;
	}
};
/** When a run has to have ended, in milliseconds since the epoch. */
function deadlineOf({ started_at, max_hours }) {
	return Date.parse(started_at) + max_hours * 36e5;
}
/** Why a task is stopped that takes too long. */
function timeLimit({ max_hours }) {
	return `time limit of ${max_hours} h`;
}
// src/engine/ecs/tasks/task-runs.ts
/** Of a task that failed: enough to see why. */
const LAST_LINES = 20;
/** Seconds for which ECS may not show a new task, and CloudWatch not what one wrote. */
const LATENESS = {
	task: 60,
	lines: 3
};
/**
* The runs of tasks: as ECS has them as long as it knows them, which is about an hour after their end, and as the journal
* has them after that. Who looks writes down what has ended and is not written down, for those who look later.
*/
var EcsTaskRuns = class {
	#account;
	#definitions;
	#logs;
	#journal;
	/** Those that were started here, by app and ECS task: neither ECS nor CloudWatch may show them yet. */
	#own = /* @__PURE__ */ new Map();
	constructor(account, definitions, logs) {
		this.#account = account;
		this.#definitions = definitions;
		this.#logs = logs;
		this.#journal = new Journal(account, logs);
	}
	/** Remembers one that was started. A sentence when that is not possible: it runs all the same. */
	async started(app, noted) {
		this.#ownOf(app).set(noted.task, noted);
		try {
			await this.#journal.note(app, [noted]);
			return null;
		} catch (error) {
			return `this run will not be listed when ECS has forgotten it: ${messageOf(error)}`;
		}
	}
	handle(app, noted, more) {
		const { run, task } = noted;
		const component = streamPrefix("task", run.task);
		return new RunningTask(this.#account, app, {
			...more,
			run,
			task,
			lastLines: () => this.#logs.tail(app, component, task, LAST_LINES),
			onEnd: async (seen, asked) => this.#remember(app, [{
				task,
				run: runOf(run, seen, asked)
			}])
		});
	}
	/** Newest first. */
	async list(app, limit) {
		return (await this.#all(app)).map(({ run }) => run).sort((a, b) => a.started_at < b.started_at ? 1 : -1).slice(0, limit);
	}
	async find(app, id) {
		return (await this.#all(app)).find(({ run }) => run.id === id)?.run ?? null;
	}
	async *logs(app, id, { follow, signal }) {
		const noted = await this.#get(app, id);
		const { run, task } = noted;
		if (follow && !isOver$1(run)) {
			yield* this.handle(app, noted, {
				scheduled: false,
				notice: null
			}).lines(signal);
			return;
		}
		const settled = Date.parse(run.ended_at ?? run.started_at) + LATENESS.lines * 1e3;
		const pause = () => follow && this.#account.clock.now() < settled ? 1 : null;
		const stream = `${streamPrefix("task", run.task)}/${CONTAINER}/${task}`;
		for await (const { time, text } of readStream(this.#account, {
			group: logGroup(app),
			stream,
			pause,
			signal
		})) {
			const at = new Date(time).toISOString();
			for (const line of splitLines(text)) yield {
				time: at,
				instance: id,
				stream: "out",
				text: line
			};
		}
	}
	async stop(app, id, reason) {
		const noted = await this.#get(app, id);
		if (isOver$1(noted.run)) return noted.run;
		const handle = this.handle(app, noted, {
			scheduled: false,
			notice: null
		});
		await handle.stop(reason);
		await handle.result;
		return (await this.#get(app, id)).run;
	}
	async forget(app, id) {
		const { run, task } = await this.#get(app, id);
		if (!isOver$1(run)) throw runsStill(run);
		await explained(`forget ${id}`, () => this.#journal.forget(app, task));
		this.#ownOf(app).delete(task);
	}
	async #get(app, id) {
		const found = (await this.#all(app)).find(({ run }) => run.id === id);
		if (found === void 0) throw unknownRun(app.name, id);
		return found;
	}
	/** All that are remembered, as they are now. */
	async #all(app) {
		return explained(`list the tasks of ${app.name}`, async () => {
			const [running, stopped, notes] = await Promise.all([
				listTasks(this.#account, app, "RUNNING"),
				listTasks(this.#account, app, "STOPPED"),
				this.#journal.read(app)
			]);
			for (const own of this.#ownOf(app).values()) if (!notes.runs.has(own.task) || isOver$1(own.run)) notes.runs.set(own.task, own);
			const open = [...notes.runs.values()].filter(({ run }) => !isOver$1(run)).map(({ task }) => task);
			const names = [...running, ...stopped].map(nameOfArn);
			const seen = await describeTasks(this.#account, [.../* @__PURE__ */ new Set([...names, ...open])]);
			return this.#merge(app, notes, seen);
		});
	}
	async #merge(app, { runs, forgotten }, seen) {
		const ended = [];
		const isShown = new Set(seen.map(idOf));
		for (const id of forgotten) runs.delete(id);
		for (const task of seen) {
			const id = idOf(task);
			const known = runs.get(id)?.run;
			if (forgotten.has(id) || known === void 0 && !belongsTo(app, task.tags ?? [])) continue;
			if (known !== void 0 && isOver$1(known)) continue;
			const noted = {
				task: id,
				run: runOf(known ?? await this.#describe(task), task)
			};
			if (isOver$1(noted.run)) ended.push(noted);
			runs.set(id, noted);
		}
		await this.#remember(app, ended);
		return [...runs.values()].map((noted) => isShown.has(noted.task) ? noted : {
			...noted,
			run: this.#unseen(noted.run)
		});
	}
	/** One that ECS does not show: it is too new, or was forgotten before anybody asked how it ended. */
	#unseen(run) {
		const age = (this.#account.clock.now() - Date.parse(run.started_at)) / 1e3;
		if (isOver$1(run) || age < LATENESS.task) return run;
		return {
			...run,
			status: "ended",
			reason: "ECS has forgotten how it ended, and nobody had asked before"
		};
	}
	/** One that nobody here has noted, as a schedule starts them. */
	async #describe(task) {
		const tags = readRunTags(task.tags);
		const id = idOf(task);
		const created = task.createdAt ?? new Date(this.#account.clock.now());
		const deadline = deadlineOf$1(task);
		const { command = null, image } = await this.#labelOf(task);
		return {
			...tags,
			id: instanceName(streamPrefix("task", tags.task), id),
			command: showCommand(command),
			status: "starting",
			started_at: created.toISOString(),
			ended_at: null,
			exit_code: null,
			reason: null,
			image: (image?.kind === "built" ? image.digest : image?.reference) ?? mainOf(task)?.image ?? "",
			cpu: Number(task.cpu ?? 0),
			memory: Number(task.memory ?? 0),
			max_hours: deadline === null ? 0 : (deadline - created.getTime()) / 36e5
		};
	}
	async #labelOf({ taskDefinitionArn = "" }) {
		try {
			const { containerDefinitions = [] } = await this.#definitions.read(taskDefinitionArn);
			return readLabel(containerDefinitions[0]?.dockerLabels?.[LABEL.spec]);
		} catch (error) {
			if (error instanceof NotFoundError) return {};
			throw error;
		}
	}
	/** Whoever may not write can look all the same: then the next one writes it down. */
	async #remember(app, ended) {
		const own = this.#ownOf(app);
		for (const each of ended) if (own.has(each.task)) own.set(each.task, each);
		await this.#journal.note(app, ended).catch(() => {});
	}
	#ownOf(app) {
		const key = logGroup(app);
		let own = this.#own.get(key);
		if (own === void 0) this.#own.set(key, own = /* @__PURE__ */ new Map());
		return own;
	}
};
// src/engine/ecs/tasks/refusal.ts
/** Errors of RunTask that are about what was asked for: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html */
const REFUSALS = [
	"BlockedException",
	"ClientException",
	"ClusterNotFoundException",
	"InvalidParameterException",
	"PlatformTaskDefinitionIncompatibilityException",
	"PlatformUnknownException",
	"UnsupportedFeatureException"
];
const HINTS = [
	[/capacity|RESOURCE:/i, "Fargate has no room for it just now: run it again in a while, or name subnets in more availability zones"],
	[/PassRole|\brole\b/i, "see ecs.execution_role and ecs.task_role: both must exist and trust ecs-tasks.amazonaws.com, and whoever deploys needs iam:PassRole for them"],
	[/subnet|security ?group/i, "see ecs.subnets and ecs.security_groups: they must exist and be of one VPC"],
	[/cluster/i, "see ecs.cluster and ecs.region: the cluster must exist there, with the capacity provider FARGATE"]
];
/** Why ECS did not start a task that it was asked for, which it tells with HTTP 200 and without naming what, at times. */
function notStarted(task, failures) {
	const reasons = failures.map(({ arn, reason, detail }) => [
		reason ?? "no reason given",
		detail,
		arn === void 0 ? void 0 : `(${arn})`
	].filter((each) => each !== void 0).join(" "));
	const why = reasons.length === 0 ? "ECS started nothing and gave no reason" : reasons.join("; ");
	return new TaskError(`could not start task ${task}: ${why}`, { hint: hintFor(why) });
}
/** Why a call to start a task was refused; an error that is a bug of ours stays one. */
function refusedRun(task, error) {
	if (!isNamed(error, ...REFUSALS)) return problemOf(error, `start task ${task}`);
	const why = messageOf(error);
	return new TaskError(`could not start task ${task}: ${why}`, {
		hint: hintFor(why),
		cause: error
	});
}
function hintFor(why) {
	return HINTS.find(([pattern]) => pattern.test(why))?.[1];
}
// src/engine/ecs/tasks/tasks.ts
/** Seconds between two looks at tasks that were told to stop. */
const TICK = 2;
/** Runs tasks, and stops those that nobody waits for any more. */
var Tasks = class {
	#account;
	#definitions;
	#logs;
	#runs;
	constructor(account, definitions, logs, runs) {
		this.#account = account;
		this.#definitions = definitions;
		this.#logs = logs;
		this.#runs = runs;
	}
	/** Resolves as soon as ECS has taken it on: whether it can start at all is in its result. */
	async run(app, request, session) {
		const { spec } = request;
		const { clock } = this.#account;
		const now = clock.now();
		const deadline = now + spec.max_hours * 36e5;
		const task = await this.#start(app, request, {
			deadline,
			isForSession: session !== void 0
		}).catch((error) => {
			throw refusedRun(spec.name, error);
		});
		const id = instanceName(streamPrefix("task", spec.name), task);
		const shown = session === void 0 ? request : {
			...request,
			spec: {
				...spec,
				...session
			}
		};
		const noted = {
			task,
			run: newRun(id, shown, new Date(now).toISOString())
		};
		const role = spec.placement?.scheduler_role ?? null;
		const notice = (await Promise.all([this.#runs.started(app, noted), role === null ? null : scheduleStop(this.#account, {
			role,
			task,
			deadline,
			reason: timeLimit(spec)
		})])).filter((each) => each !== null).join("; ") || null;
		return this.#runs.handle(app, noted, {
			scheduled: role !== null,
			notice
		});
	}
	/**
	* Stops the tasks of an app that are past their time limit, because whoever waited for them was killed, and those that
	* belong to other deployments than the one that has the lock now, for the same reason: no two migrations may run at
	* once, so these are waited for. Costs one call where none runs.
	*
	* @param deployment the one that has the lock
	*/
	async stopLeft(app, deployment) {
		const now = this.#account.clock.now();
		await explained(`stop the tasks of ${app.name}`, async () => {
			const [left, others] = partition(await this.#running(app), ({ tags }) => {
				const { deployment: own } = readRunTags(tags);
				return own !== null && own !== deployment;
			});
			await this.#stopAndWait(left, `deployment #${deployment} goes on from what its deployer has left`);
			for (const task of others) {
				const deadline = deadlineOf$1(task);
				if (deadline === null || deadline >= now) continue;
				const limit = `time limit: it should have ended by ${new Date(deadline).toISOString()}`;
				await stopTask(this.#account, task.taskArn, limit);
			}
		});
	}
	/** Resolves when all tasks of an app are gone. */
	async stopAll(app, reason) {
		await explained(`stop the tasks of ${app.name}`, async () => {
			await this.#stopAndWait(await this.#running(app), reason);
		});
	}
	async #stopAndWait(tasks, reason) {
		const patience = new Patience(this.#account.clock);
		await Promise.all(tasks.map(({ taskArn }) => stopTask(this.#account, taskArn, reason)));
		let left = tasks.map((task) => task.taskArn);
		while (left.length > 0) {
			await patience.pause(TICK);
			const seen = await patience.attempt(() => describeTasks(this.#account, left));
			if (seen !== null) left = seen.filter((task) => !isStopped(task)).map((task) => task.taskArn);
		}
	}
	/** The id of the task. */
	async #start(app, request, { deadline, isForSession }) {
		const { aws, cluster } = this.#account;
		await this.#logs.ensureGroup(app);
		const { revision } = await this.#definitions.ensure(app, request.spec, null);
		const input = runInput(app, request, {
			cluster,
			revision,
			deadline,
			clientToken: randomUUID()
		});
		const { tasks = [], failures = [] } = await (await aws.ecs()).runTask({
			...input,
			...isForSession && { enableExecuteCommand: true }
		});
		if (tasks[0] === void 0) throw notStarted(request.spec.name, failures);
		return idOf(tasks[0]);
	}
	/** The app's tasks that are not stopping. */
	async #running(app) {
		return (await describeTasks(this.#account, await listTasks(this.#account, app, "RUNNING"))).filter(({ tags = [] }) => belongsTo(app, tags));
	}
};
function partition(all, isFirst) {
	return [all.filter(isFirst), all.filter((each) => !isFirst(each))];
}
// src/engine/ecs/ecs-engine.ts
/** Runs processes as services of an ECS cluster, on Fargate. */
var EcsEngine = class {
	name = "ecs";
	adapt = adapt;
	adaptProcess = adaptProcess;
	countsReplace = countsReplace;
	ledger;
	taskRuns;
	log;
	openShell;
	#account;
	#states;
	#locks;
	#variables;
	#definitions;
	#images;
	#logs;
	#tasks;
	#schedules;
	constructor(account, builder) {
		this.#account = account;
		this.#states = new States(account);
		this.ledger = new EcsLedger(account);
		this.#locks = new Locks(account);
		this.#variables = new Variables(account);
		this.#definitions = new Definitions(account);
		this.#images = new Images(account, builder);
		this.#logs = new Logs(account);
		this.log = new DeploymentLog(account, this.#logs);
		this.taskRuns = new EcsTaskRuns(account, this.#definitions, this.#logs);
		this.#tasks = new Tasks(account, this.#definitions, this.#logs, this.taskRuns);
		this.#schedules = new Schedules(account, this.#definitions, this.#logs);
		const shells = new EcsShells(account, this.#states, this.#tasks);
		this.openShell = (app, request, io) => shells.open(app, request, io);
	}
	async observe(app, options = {}) {
		const { state, variables } = await this.#states.read(app);
		const { processes, warnings, obstacles } = await this.#services(app, state, options);
		const instances = options.instances ? await instancesOf(this.#account, processes.map(({ process, service, state }) => ({
			process,
			service,
			port: state.spec.port
		}))) : /* @__PURE__ */ new Map();
		return {
			processes: processes.map((each) => ({
				...each.state,
				settled: each.settled,
				instances: instances.get(each.process) ?? [],
				events: options.instances ? each.events : []
			})),
			schedules: state.schedules,
			succeeded: state.succeeded,
			variables: options.refresh ? await this.#variables.refresh(app) : variables,
			underway: isUnderway(state),
			released: state.release > 0,
			warnings,
			obstacles
		};
	}
	async checkPins(_app, pins) {
		return this.#images.check(pins);
	}
	async findImages(app, keys) {
		return explained(`look for images of ${app.name}`, () => this.#images.find(app, keys));
	}
	async makeImage(app, request, io) {
		return explained(`make an image of ${app.name}`, () => this.#images.make(app, request, io));
	}
	/** What an image is called in its registry. */
	async imageReference(app, image) {
		return this.#definitions.imageReference(app, image);
	}
	async taggedImage(app, tag) {
		return this.#images.tagged(app, tag);
	}
	async runTask(app, request) {
		return this.#tasks.run(app, request);
	}
	async rollout(app, transitions, io) {
		if (!io.signal.aborted) await this.#logs.ensureGroup(app);
		const verdicts = await new Rollouts(this.#account, this.#definitions, {
			remember: (process, stored) => this.ledger.remember(app, { [process]: stored }),
			warn: (text) => io.report({
				type: "notice",
				text
			})
		}).rollout(app, transitions, io);
		if (!io.lost?.aborted) await this.ledger.flush(app).catch(() => {});
		return verdicts;
	}
	async setSchedules(app, tasks) {
		const { state } = await this.#states.read(app);
		await this.#remember(app, withDoubt(tasks, state.schedules));
		await this.#schedules.set(app, tasks, state.schedules);
		await this.#remember(app, tasks);
	}
	async #remember(app, schedules) {
		this.ledger.remember(app, {}, schedules);
		await this.ledger.flush(app);
	}
	async setVariable(app, variable) {
		await this.#variables.set(app, variable);
	}
	async unsetVariable(app, name, process) {
		return this.#variables.unset(app, name, process);
	}
	logs(app, query) {
		return this.#logs.read(app, query);
	}
	async setLogRetention(app, retention) {
		return retention !== null && this.#logs.setRetention(app, daysOf(retention));
	}
	async logNames(app) {
		return this.#logs.names(app);
	}
	async lock(app, request) {
		const lock = await this.#locks.lock(app, request);
		try {
			await this.#tasks.stopLeft(app, request.deployment);
			return lock;
		} catch (error) {
			await lock.release();
			throw error;
		}
	}
	/** Asks whoever carries a deployment out to stop it. */
	async cancel(app, deployment) {
		await this.#locks.cancel(app, deployment);
	}
	async prune(app) {
		await explained("delete what nothing needs any more", () => this.#prune(app));
	}
	async #prune(app) {
		const { state } = await this.#states.read(app);
		const releases = await this.ledger.releases(app, 10);
		await this.#images.prune(app, namedImages(state, releases));
		const named = await this.#namedRevisions(state);
		await this.#definitions.prune({
			unused: unusedFamilies(app, state, releases),
			grown: [taskFamily(app, "run")],
			named
		});
		await this.#variables.prune(app, async () => namedVariables(app, {
			state,
			unfinished: isUnderway(state) ? await this.ledger.unfinished(app) : [],
			revisions: named,
			read: (revision) => this.#definitions.read(revision)
		}));
		await this.ledger.prune(app);
	}
	async removeApp(app) {
		const { state } = await this.#states.read(app);
		const { processes } = await this.#services(app, state, { refresh: true });
		await this.#schedules.remove(app);
		await this.#tasks.stopAll(app, "the app was deleted");
		const stuck = (await this.rollout(app, processes.map(({ process, state }) => ({
			name: process,
			before: state,
			after: null
		})), {
			signal: new AbortController().signal,
			report: () => {}
		})).find(({ outcome }) => outcome !== "steady");
		if (stuck !== void 0) throw new UserError(`process ${stuck.process} could not be removed: ${stuck.reason ?? stuck.outcome}`, { hint: "what the app needs to run was left; delete it again" });
		await this.#definitions.removeAll(familiesOf(app, state, await this.ledger.releases(app, 10)));
		await this.#images.removeAll(app);
		await this.#logs.removeGroup(app);
		await this.ledger.removeAll(app);
	}
	/** What the services of an app run, or may go back to. */
	async #namedRevisions({ processes }) {
		const names = Object.values(processes).map(({ service }) => service);
		const definitions = [...(await describeServices(this.#account, names)).values()].flatMap(({ taskDefinition, deployments = [] }) => [taskDefinition, ...deployments.map((each) => each.taskDefinition)]);
		return new Set(definitions.flatMap((arn) => arn === void 0 ? [] : nameOfArn(arn)));
	}
	/** Names come from whoever asks, and from the ledger: what runs, and what a deployer that died may have made. */
	async #services(app, state, { wanted: asked = [], refresh = false, signal }) {
		const names = new Map([...Object.entries(state.processes).map(([process, { service }]) => [process, service]), ...asked.map(({ name, ecs }) => [name, serviceName(app, name, ecs.service)])]);
		const begun = (isUnderway(state) ? await this.ledger.unfinished(app) : []).flatMap(({ record }) => (record?.processes ?? []).flatMap((each) => placesOf(app, each)));
		for (const { process, service } of begun) if (!names.has(process)) names.set(process, service);
		const wanted = [...names].map(([process, service]) => ({
			process,
			service
		}));
		const options = {
			stored: state.processes,
			begun,
			refresh,
			signal
		};
		return explained(`look at the services of ${app.name}`, () => observeServices(this.#account, this.#definitions, app, wanted, options));
	}
};
// src/engine/ecs/images/docker-arguments.ts
/** How to build. With buildx it is pushed in the same step, without a copy in the engine's own store. */
function buildCall(tool, request) {
	const { context, build, reference, anew } = request;
	const secrets = Object.entries(request.secrets).map(([id, value], index) => ({
		id,
		value,
		variable: `GANTRY_BUILD_SECRET_${index}`
	}));
	return {
		args: [
			...tool.kind === "buildx" ? [
				"buildx",
				"build",
				"--push",
				...buildxOptions(tool, request)
			] : ["build"],
			`--tag=${reference}`,
			`--file=${join(context, build.dockerfile ?? "Dockerfile")}`,
			...build.platform === null ? [] : [`--platform=${build.platform}`],
			...build.target === null ? [] : [`--target=${build.target}`],
			...Object.entries(build.args).map(([name, value]) => `--build-arg=${name}=${value}`),
			...secrets.map(({ id, variable }) => `--secret=id=${id},env=${variable}`),
			...anew ? ["--pull", "--no-cache"] : [],
			"--",
			context
		],
		env: {
			DOCKER_BUILDKIT: tool.kind === "classic" ? "0" : "1",
			BUILDKIT_PROGRESS: "plain",
			...Object.fromEntries(secrets.map(({ variable, value }) => [variable, value]))
		}
	};
}
/**
* An attestation would make an index of every image, with entries that no tag names. ECR takes a cache only as an image
* manifest: https://aws.amazon.com/blogs/containers/announcing-remote-cache-support-in-amazon-ecr-for-buildkit-clients/
*/
function buildxOptions(tool, { cache }) {
	const to = `type=registry,ref=${cache},mode=max,image-manifest=true,oci-mediatypes=true,ignore-error=true`;
	return [
		"--progress=plain",
		"--provenance=false",
		"--sbom=false",
		...tool.keepsLayers ? [`--cache-from=type=registry,ref=${cache}`, `--cache-to=${to}`] : []
	];
}
// src/engine/ecs/images/docker-config.ts
/**
* A Docker config of our own with one more login, which nobody else can read and which is gone afterwards: `docker login`
* would leave the password in the user's. What the user's config says still holds: logins for private base images, the
* engine that was chosen with `docker context use`, the builder that was chosen with `docker buildx use`.
*
* @param use gets what is to be laid over the environment of `docker`
*/
async function withLogin(login, use) {
	return withPrivateFolder("gantry-docker-", async (folder) => {
		const users = process.env["DOCKER_CONFIG"] ?? join(homedir(), ".docker");
		const config = withCredentials(await readConfig(users), users, login);
		await writeFile(join(folder, "config.json"), JSON.stringify(config), { mode: 384 });
		await symlink(join(users, "contexts"), join(folder, "contexts"), "junction");
		return use({
			DOCKER_CONFIG: folder,
			BUILDX_CONFIG: process.env["BUILDX_CONFIG"] ?? join(users, "buildx")
		});
	});
}
/** An empty helper for the host keeps a credential store of the user from being asked for it instead. */
function withCredentials(config, users, { registry, auth }) {
	return {
		...config,
		auths: {
			...config.auths,
			[registry]: { auth }
		},
		credHelpers: {
			...config.credHelpers,
			[registry]: ""
		},
		cliPluginsExtraDirs: [...config.cliPluginsExtraDirs ?? [], join(users, "cli-plugins")]
	};
}
async function readConfig(folder) {
	try {
		return JSON.parse(await readFile(join(folder, "config.json"), "utf8"));
	} catch {
		return {};
	}
}
// src/engine/ecs/images/docker-builder.ts
/** Seconds. */
const QUICK = 10;
const BUILD_TIMEOUT = 3600;
const PUSH_TIMEOUT = 1800;
/** Builds with the Docker of this machine, the best way that it has. */
const dockerBuilder = { async build(request, io) {
	const redact = createRedactor(Object.values(request.secrets));
	const doing = {
		...io,
		redact
	};
	await withLogin(request.login, async (env) => {
		const tool = await findTool(env, io.signal);
		checkSecrets(tool, request);
		io.log(describeTool(tool));
		const build = buildCall(tool, request);
		await step("build", {
			...build,
			env: {
				...env,
				...build.env
			}
		}, doing);
		if (tool.kind !== "buildx") await step("push", {
			args: [
				"push",
				"--",
				request.reference
			],
			env
		}, doing);
		await tidyUp(tool, request, env);
	});
} };
function checkSecrets({ kind }, { build }) {
	const ids = Object.keys(build.secrets);
	if (kind !== "classic" || ids.length === 0) return;
	throw new UserError(`the build secret ${ids[0]} needs BuildKit, which the docker command of this machine does not have`, { hint: "install the plugin docker-buildx" });
}
async function step(doing, { args, env }, { signal, log, redact }) {
	const result = await docker(args, {
		timeout: doing === "build" ? BUILD_TIMEOUT : PUSH_TIMEOUT,
		signal,
		env,
		log: (line) => log(redact(line))
	});
	if (signal.aborted) throw new CancelledError("cancelled while the image was made");
	if (result.ok) return;
	throw new DeployError(`docker ${doing} failed: ${redact(result.last)}`, { hint: doing === "build" ? "the lines above say where; `docker build` in a clean clone should fail in the same way" : "the lines above say why: is the registry reachable, and may you write to the repository?" });
}
/**
* The image is in the registry now; a machine that deploys often would fill up with its own copies. BuildKit keeps layers by
* itself. The builder before it has them only in images, so the newest one of each kind stays.
*/
async function tidyUp(tool, { reference, cache }, env) {
	if (tool.kind === "buildx" && tool.driver !== "docker") return;
	const image = (...args) => docker(["image", ...args], {
		timeout: QUICK,
		env
	});
	if (tool.kind === "classic") {
		await image("rm", "--", cache);
		await image("tag", "--", reference, cache);
	}
	await image("rm", "--", reference);
}
// src/engine/ecs/open.ts
/** The cluster that every account has or makes first. */
const DEFAULT_CLUSTER = "default";
/** Makes no call: region and credentials are looked for with the first one. */
function openAccount({ region, cluster }, { clock = systemClock, aws = new Aws({ region }) } = {}) {
	return {
		aws,
		clock,
		cluster: cluster ?? DEFAULT_CLUSTER
	};
}
/** Makes no call either. */
async function openEcs(settings, { builder = dockerBuilder, ...options } = {}) {
	const engine = new EcsEngine(openAccount(settings, options), builder);
	return {
		engine,
		log: engine.log,
		cancel: (app, deployment) => engine.cancel(app, deployment)
	};
}
export { openAccount, openEcs };
