import { a as checkMounts, c as warnOfUnmet, d as overlay, g as meantBy, h as expectedBy, i as STACKTAPE, l as APP_JSON, m as parseYaml, n as PLATFORM_SH, o as checkVariables, p as BLUEKING, r as UPSUN, s as lineOf, t as FORMATS, u as PROCFILE } from "./formats.js";
import { i as showPath, n as printable, r as quote, t as describeValue } from "./text.js";
import { _ as textAt, c as entriesOf, d as isEmpty, f as itemsOf, i as child, m as placeOf, n as Reading, p as nearest, v as toPlain } from "./reading.js";
import { n as GantryYml } from "./schema.js";
import { i as isName, n as NAME_RULE, r as foldName } from "./names.js";
import { P as VARIABLE_NAME } from "./containers.js";
import { t as suggest } from "./suggest.js";
import { n as ProcessSettings } from "./settings.js";
import { n as inheritAll, t as resolve$1 } from "./resolve.js";
import { t as MAIN } from "./app2.js";
import { posix } from "node:path";
// src/config/gantry-yml/read.ts
const GANTRY_YML = "gantry.yml";
/** A gantry.yml as it is written, not validated yet; null when the file does not exist. */
async function readGantryYml(path, reading) {
	const source = await reading.open(path);
	if (source === null) return null;
	const root = parseYaml(source, reading);
	if (root.kind === "table") return root;
	return reading.fail(`${path} must be a map; found ${describeValue(root)}`, {
		place: placeOf(root),
		hint: MINIMAL_HINT
	});
}
const MINIMAL_HINT = `A small gantry.yml is:

processes:
  web:
    command: bin/serve --port $PORT`;
// src/config/recognise.ts
const OWN_KEYS = Object.keys(GantryYml.shape);
/** Keys of a gantry.yml that no other format has. */
const OWN_ONLY = [
	"engine",
	"from",
	"defaults",
	"processes",
	"tasks"
];
const KEY = /^(?:"([^"\n]+)"|'([^'\n]+)'|([\w$./-]+))[ \t]*:(?=\s|$)/gm;
const NOTHING = /^\s*(?:#|$)/;
const PROCFILE_LINE = /^[A-Za-z0-9_-]+:\s*\S/;
const TOML_TABLE = /^[ \t]*\[\[?[\w."-]+\]\]?[ \t]*(?:#|\r?$)/m;
const TOML_KEY = /^[\w-]+[ \t]*=[ \t]*\S/m;
const STACKTAPE_TYPE = /\btype["']?:[ \t]*["']?(?:(?:web|private|worker)-service|multi-container-workload|batch-job)\b/;
/** `type: "php:8.2"`, of the file or of an item of its list. */
const PLATFORM_TYPE = /^(?:[ \t]+|- +)?type:[ \t]*["']?[\w-]+:\w/m;
/** The first that fits is what a file is taken for. */
const KINDS = [
	{
		what: "a script",
		format: null,
		fits: ({ text }) => text.startsWith("#!")
	},
	{
		what: "a Dockerfile",
		format: null,
		fits: ({ lines }) => /^FROM\s/i.test(lines.find((line) => !/^ARG\s/i.test(line)) ?? "")
	},
	{
		what: "a fly.toml of Fly.io",
		format: null,
		fits: ({ name, text }) => name === "fly.toml" || TOML_KEY.test(text) && /^primary_region[ \t]*=/m.test(text)
	},
	{
		what: "a TOML file",
		format: null,
		fits: ({ name, text }) => name.endsWith(".toml") || TOML_TABLE.test(text) && TOML_KEY.test(text)
	},
	{
		what: "an app description of BlueKing",
		format: BLUEKING,
		fits: ({ has }) => has("spec_version", "specVersion") && has("app", "module", "modules")
	},
	{
		what: "a Kubernetes manifest",
		format: null,
		fits: ({ has }) => has("apiVersion") && has("kind")
	},
	{
		what: "a manifest of Cloud Foundry",
		format: null,
		fits: ({ text, has }) => has("applications") && isListAt("applications", text)
	},
	{
		what: "a configuration of Upsun",
		format: UPSUN,
		fits: ({ has }) => has("applications")
	},
	{
		what: "a stack of Stacktape",
		format: STACKTAPE,
		fits: ({ text, has }) => has("resources") && (has("serviceName") || STACKTAPE_TYPE.test(text))
	},
	{
		what: "a render.yaml of Render",
		format: null,
		fits: ({ name, text, has }) => /^render\.ya?ml$/.test(name) || has("services") && isListAt("services", text)
	},
	{
		what: "a Docker Compose file",
		format: null,
		fits: ({ name, text, has }) => /^(?:docker-)?compose\b.*\.ya?ml$/.test(name) || has("services") && !has(...OWN_ONLY) && /^[ \t]+(?:image|build):/m.test(text)
	},
	{
		what: "an app of Platform.sh",
		format: PLATFORM_SH,
		fits: ({ text, has }) => (has("name") || /^- /m.test(text)) && !has(...OWN_ONLY) && PLATFORM_TYPE.test(text)
	},
	{
		what: "an app.json of Heroku",
		format: APP_JSON,
		fits: ({ name, isJson, has }) => (name === "app.json" || isJson && has("formation", "env", "buildpacks", "addons")) && !has(...OWN_ONLY)
	},
	{
		what: "a Procfile",
		format: PROCFILE,
		fits: ({ name, lines, has }) => name.startsWith("Procfile") || !/\.(?:ya?ml|json)$/.test(name) && !has(...OWN_ONLY) && lines.length > 0 && lines.every((line) => PROCFILE_LINE.test(line))
	}
];
/**
* What a file is that was named, and whose name says nothing. Only a glance: lines and patterns, as it may be of a
* format that YAML cannot read.
*
* @returns `gantry.yml` for one that has its keys, or none at all; null where nothing tells what it is
*/
function recognise({ file, text }) {
	const name = posix.basename(file);
	if (name === "gantry.yml") return GANTRY_YML;
	const keys = keysOf(text);
	const lines = text.split("\n").filter((line) => !NOTHING.test(line));
	const isJson = lines[0]?.trimStart().startsWith("{") ?? false;
	const has = (...some) => some.some((each) => keys.has(each));
	const kind = KINDS.find((each) => each.fits({
		name,
		text,
		lines,
		isJson,
		has
	}));
	if (kind !== void 0) return kind;
	return keys.size === 0 && (lines.length === 0 || isJson) || has(...OWN_KEYS) ? GANTRY_YML : null;
}
function keysOf(text) {
	if (!text.trimStart().startsWith("{")) return new Set(Array.from(text.matchAll(KEY), ([, double, single, plain]) => double ?? single ?? plain));
	try {
		return new Set(Object.keys(JSON.parse(text)));
	} catch {
		return /* @__PURE__ */ new Set();
	}
}
function isListAt(key, text) {
	return new RegExp(`^${key}:[^\\S\\n]*(?:#.*)?\\n(?:[^\\S\\n]*(?:#.*)?\\n)*[^\\S\\n]*- `, "m").test(text);
}
// src/config/discover.ts
const MISSPELLED = "gantry.yaml";
/** Made where it is needed: a list in words takes longer to begin with than the rest of this module. */
function readFormats() {
	const all = FORMATS.map(({ name, files: [file = name] }) => file === name ? file : `${file} (${name})`);
	return `It reads ${new Intl.ListFormat("en").format([GANTRY_YML, ...all])}.`;
}
/** The configs that a repository's files make together, each to be laid over the one before it. At least one. */
async function discover(reading, asked) {
	return await new Discovery(reading, asked).run(asked.config);
}
var Discovery = class {
	#reading;
	#module;
	#environment;
	#hasForeign = false;
	constructor(reading, { module, environment }) {
		this.#reading = reading;
		this.#module = module ?? null;
		this.#environment = environment ?? "default";
	}
	async run(path) {
		const found = path === void 0 ? await this.#fromRoot() : await this.#fromFile(path);
		const written = child(found.at(-1), "module");
		if (!this.#hasForeign && (written !== void 0 || this.#module !== null)) this.#reading.error("A module was asked for, and only files of other systems have some", {
			path: "module",
			place: written && placeOf(written),
			hint: "Leave out `module:` in gantry.yml and --module, or name the format with `from:`."
		});
		return found;
	}
	async #fromRoot() {
		const reading = this.#reading;
		const own = await readGantryYml(GANTRY_YML, reading);
		if (await reading.exists(MISSPELLED)) {
			if (own === null) return reading.fail(`${MISSPELLED} is not read: the file's name is ${GANTRY_YML}`, { hint: `Rename it: git mv ${MISSPELLED} ${GANTRY_YML}` });
			reading.warn(`${MISSPELLED} is not read: ${GANTRY_YML} is there too`, { hint: "Delete one of them." });
		}
		const found = await this.#withForeign(own);
		if (found.length > 0) return found;
		const where = reading.where === void 0 ? "" : ` in ${printable(reading.where)}`;
		const files = FORMATS.flatMap((each) => each.files.slice(0, 1));
		return reading.fail(`There is no configuration${where}: no ${orList([GANTRY_YML, ...files])}`, { hint: MINIMAL_HINT });
	}
	async #fromFile(path) {
		const reading = this.#reading;
		const file = posix.normalize(path);
		if (posix.isAbsolute(file) || file === ".." || file.startsWith("../")) return reading.fail(`${quote(path)} is outside of the repository`, { hint: "Give a path from the root of the repository." });
		const format = FORMATS.find((each) => each.files.some((pattern) => isFileOf(file, pattern))) ?? await this.#recognise(file);
		const config = format === void 0 ? await readGantryYml(file, reading) : await this.#read(format, file, null);
		if (config === null) return reading.fail(`There is no file ${quote(file)}`, { hint: "Give a path from the root of the repository." });
		return format === void 0 ? await this.#withForeign(config) : [config];
	}
	/** The format of a file whose name does not say it; undefined for a gantry.yml, and where there is no such file. */
	async #recognise(file) {
		const reading = this.#reading;
		const source = await reading.open(file);
		const found = source === null ? GANTRY_YML : recognise(source);
		if (found === "gantry.yml") return void 0;
		const place = source.placeAt(0);
		if (found === null) return reading.fail(`${printable(file)} is in no format that Gantry reads, as far as one can see`, {
			place,
			hint: `${readFormats()} Give a copy of it the name that its format has: it may stand in any folder.`
		});
		if (found.format === null) return reading.fail(`${printable(file)} is ${found.what}, which Gantry does not read`, {
			place,
			hint: `${readFormats()} \`gantry init\` begins a ${GANTRY_YML} from what the repository looks like.`
		});
		reading.recognised = found.what;
		return found.format;
	}
	/** A gantry.yml, on top of the file of another system where that is to be read. */
	async #withForeign(own) {
		const reading = this.#reading;
		const rest = own === null ? [] : [own];
		const from = own === null ? void 0 : child(own, "from");
		if (from !== void 0) {
			const named = FORMATS.find((each) => from.kind === "scalar" && each.name === from.value);
			if (named === void 0) return rest;
			const foreign = await this.#readFirst(named, own);
			if (foreign !== null) return [foreign, ...rest];
			reading.error(`from: there is no ${orList(named.files)} in the repository`, {
				path: "from",
				place: placeOf(from),
				hint: "Add it to the root of the repository, or leave out `from`."
			});
			return rest;
		}
		if (own !== null && entriesOf(child(own, "processes")).length > 0) {
			await this.#nameTheUnread(`${GANTRY_YML} names the processes`, "to read both");
			return rest;
		}
		for (const format of FORMATS) {
			const foreign = await this.#readFirst(format, own);
			if (foreign === null) continue;
			await this.#nameTheUnread(`${reading.opened.find((file) => file !== GANTRY_YML)} is`, "to read that one");
			return [foreign, ...rest];
		}
		return rest;
	}
	async #readFirst(format, over) {
		for (const pattern of format.files) for (const file of await this.#matching(pattern)) {
			const config = await this.#read(format, file, over);
			if (config !== null) return config;
		}
		return null;
	}
	async #read(format, file, over) {
		const written = child(over ?? void 0, "module");
		const module = this.#module ?? (written?.kind === "scalar" ? written.text : null);
		const config = await format.read(file, this.#reading, {
			over,
			module,
			environment: this.#environment
		});
		this.#reading.keys.warn(this.#reading);
		if (config !== null) this.#hasForeign = true;
		return config;
	}
	async #matching(pattern) {
		const folder = posix.dirname(pattern);
		if (!pattern.includes("*")) return [pattern];
		return (await this.#reading.list(folder)).map((name) => posix.join(folder, name)).filter((file) => isFileOf(file, pattern));
	}
	async #nameTheUnread(why, to) {
		const reading = this.#reading;
		for (const { name, files } of FORMATS) {
			const all = (await Promise.all(files.map((pattern) => this.#matching(pattern)))).flat();
			const isRead = all.some((file) => reading.opened.includes(file));
			for (const file of all) {
				if (reading.opened.includes(file) || !await reading.exists(file)) continue;
				const instead = reading.opened.find((path) => posix.basename(path) === file);
				reading.warn(`${printable(file)} is not read: ${instead === void 0 ? why : `${printable(instead)} is`}`, { hint: isRead || instead !== void 0 ? "Delete one of them." : `Write \`from: ${name}\` into ${GANTRY_YML} ${to}.` });
			}
		}
	}
};
/** Whether a file is one that a format is recognised by. A plain name may stand in any folder. */
function isFileOf(file, pattern) {
	const star = pattern.indexOf("*");
	if (star !== -1) return posix.dirname(file) === posix.dirname(pattern) && file.endsWith(pattern.slice(star + 1));
	return file === pattern || file.endsWith(`/${pattern}`);
}
function orList(names) {
	return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;
}
// src/config/gantry-yml/validate.ts
const PROCESS_KEYS = Object.keys(ProcessSettings.shape);
const SECRET_HINT = "Keep the value with `gantry env set NAME --secret` and write `NAME: gantry`. If it stands here, change it: git keeps it.";
const BUILD_SECRET_HINT = "Export the value where the image is built and write `id: env:NAME`. If the value stands here, change it: git keeps it.";
/** Reports everything about a config that the schema refuses. */
function validate(config, reading) {
	const reported = /* @__PURE__ */ new Set();
	for (const issue of issuesOf(GantryYml, config, [])) {
		const path = issue.path;
		if (issue.code !== "unrecognized_keys" && reported.has(showPath(path))) continue;
		reported.add(showPath(path));
		if (issue.code === "unrecognized_keys") reportUnknownKeys(issue.keys, path, config, reading);
		else if (issue.code === "invalid_key") reportBadName(issue, path, config, reading);
		else reportBadValue(issue, path, config, reading);
	}
}
/** All issues. The schema stops at a bad name; what is under that name is checked as well. */
function issuesOf(schema, root, base) {
	return (schema.safeParse(toPlain(root)).error?.issues ?? []).flatMap(inside).flatMap((issue) => {
		const own = {
			...issue,
			path: [...base, ...issue.path]
		};
		if (issue.code !== "invalid_key") return [own];
		const path = issue.path;
		return [own, ...issuesOf(schemaAt(schema, path), nearest(root, path), [...base, ...path])];
	});
}
/** Of what may be one of several things and is one of them from the outside: what is wrong in it. */
function inside(issue) {
	const meant = issue.code === "invalid_union" && issue.errors.find((all) => all.every(({ path }) => path.length > 0));
	return meant ? meant.map((each) => ({
		...each,
		path: [...issue.path, ...each.path]
	})).flatMap(inside) : [issue];
}
function reportUnknownKeys(keys, path, config, reading) {
	const schema = schemaAt(GantryYml, path);
	const allowed = Object.keys(shapeOf(schema));
	const where = path.length === 0 ? "of gantry.yml" : `of ${showPath(path)}`;
	for (const key of keys) reading.error(`${quote(key)} is not a key ${where}`, {
		path: showPath([...path, key]),
		place: child(nearest(config, path), key)?.key ?? placeOf(nearest(config, path)),
		hint: hintForKey(key, allowed, path.length === 0)
	});
}
function hintForKey(key, allowed, isTop) {
	const meant = suggest(key, allowed);
	if (meant !== null) return `Did you mean ${quote(meant)}?`;
	const setting = isTop ? suggest(key, PROCESS_KEYS) : null;
	if (setting !== null) return `Put ${quote(setting)} under a process, or under "defaults" for all of them.`;
	return `Allowed are ${allowed.join(", ")}.`;
}
function reportBadName(issue, path, config, reading) {
	const name = String(path.at(-1));
	const folded = foldName(name);
	const isVariable = isInside(path, [
		"env",
		"args",
		"secrets"
	]);
	const rule = issue.issues[0]?.message ?? "another one";
	reading.error(`${isHidden(path) ? "This" : quote(name)} is not allowed as a name; it must be ${rule}`, {
		path: shownPath(path),
		place: nearest(config, path).key,
		hint: !isVariable && folded !== null && folded !== name ? `Did you mean ${quote(folded)}?` : void 0
	});
}
function reportBadValue(issue, path, config, reading) {
	const value = nearest(config, path);
	if (isMissing(config, path)) {
		const missing = shownPath(path);
		const hint = `It must be ${expectedBy(issue)}.`;
		reading.error(`${missing} is missing`, {
			path: missing,
			place: value.key ?? placeOf(value),
			hint
		});
		return;
	}
	const isNothing = value.kind === "scalar" && value.value === null;
	const expected = expectedBy(issue);
	const isSecret = isInside(path, ["secrets"]) && value.kind === "scalar" && !isNothing;
	const found = isSecret || reading.hides(placeOf(value)) ? "" : `; found ${describeValue(value)}`;
	const shown = shownPath(path);
	reading.error(`${shown} must be ${expected}${found}`, {
		path: shown,
		place: placeOf(value),
		hint: isNothing ? emptyHint(expected) : isSecret ? secretHint(path) : suggestion(issue, value)
	});
}
function isMissing(config, path) {
	const around = nearest(config, path.slice(0, -1));
	return around.kind === "table" && !around.entries.has(String(path.at(-1)));
}
/** A path for people, without a last name that must not be seen. */
function shownPath(path) {
	return showPath(isHidden(path) ? path.slice(0, -1) : path);
}
/** Under `secrets` even what stands as a name may be a pasted secret. */
function isHidden(path) {
	return isInside(path, ["secrets"]) && !VARIABLE_NAME.test(String(path.at(-1)));
}
function secretHint(path) {
	return isInside(path, ["build"]) ? BUILD_SECRET_HINT : SECRET_HINT;
}
function emptyHint(expected) {
	return expected === "a map" ? "Write {} for an empty map, or leave the key out." : "Give it a value, or leave the key out. An empty text is \"\".";
}
function suggestion(issue, value) {
	const meant = meantBy(issue, value);
	return meant === null ? void 0 : `Did you mean ${quote(meant)}?`;
}
/** Whether a path leads into a map of variables with one of these names. */
function isInside(path, names) {
	const settings = path[0] === "environments" ? path.slice(2) : path;
	return (settings[0] === "processes" || settings[0] === "tasks" ? settings.slice(2) : settings).some((key) => names.includes(String(key)));
}
function schemaAt(schema, path) {
	return path.reduce((at, key) => below(at, key), schema);
}
/** What may stand under a key or at an index; undefined where nothing may. */
function below(schema, key) {
	const { valueType, element, shape } = defOf(schema);
	return [
		valueType,
		typeof key === "number" ? element : void 0,
		shape?.[String(key)]
	].find((each) => each !== void 0) ?? optionsOf(schema).flatMap((each) => below(each, key) ?? [])[0];
}
function shapeOf(schema) {
	return Object.assign({}, defOf(schema).shape, ...optionsOf(schema).map(shapeOf));
}
function defOf(schema) {
	return unwrapped(schema)._zod.def;
}
/** What a value may be, where it may be one of several things. */
function optionsOf(schema) {
	return defOf(schema).options ?? [];
}
/** The schema without what makes it optional, gives it a default or transforms it. */
function unwrapped(schema) {
	const def = schema._zod.def;
	const inner = def.innerType ?? (def.type === "pipe" ? def.in : void 0);
	return inner === void 0 ? schema : unwrapped(inner);
}
// src/config/container-rules.ts
/** Who waits for this waits for the end. */
const ENDS = /* @__PURE__ */ new Set(["completed", "succeeded"]);
/** Reports what does not go together in the containers of one process. */
function checkContainers(path, settings, reading) {
	const written = child(settings, "containers");
	const containers = entriesOf(written);
	if (containers.length > 9) {
		reading.error(`${path} has ${containers.length} containers, and there can be 9 at most`, {
			path: `${path}.containers`,
			place: written?.key ?? placeOf(written)
		});
		return;
	}
	const instance = new Map([[MAIN, settings], ...containers]);
	for (const [name, container] of containers) {
		const own = `${path}.containers.${name}`;
		checkVariables(`${own}.`, container, reading);
		checkMounts(own, container, reading);
		checkImage$1(own, container, reading);
	}
	checkPorts(path, instance, reading);
	for (const [name, container] of instance) {
		const own = name === "main" ? path : `${path}.containers.${name}`;
		for (const [other, condition] of entriesOf(child(container, "depends_on"))) checkDependency(own, {
			name,
			other,
			condition
		}, instance, reading);
	}
	checkCircles(path, instance, reading);
}
function checkImage$1(path, container, reading) {
	const build = child(container, "build");
	if (build === void 0 || child(container, "image") === void 0) return;
	reading.error(`${path} has both an image and a build`, {
		path: `${path}.build`,
		place: build.key ?? placeOf(build),
		hint: "A pinned image is not built. Leave one of them out."
	});
}
/** All containers of an instance listen at one address. */
function checkPorts(path, instance, reading) {
	const taken = /* @__PURE__ */ new Map();
	for (const [name, container] of instance) {
		const port = child(container, "port");
		if (port?.kind !== "scalar") continue;
		const first = taken.get(String(port.value));
		if (first === void 0) taken.set(String(port.value), name);
		else reading.error(`${first} and ${name} of ${path} both listen on port ${port.text}`, {
			path: `${path}.containers.${name}.port`,
			place: placeOf(port),
			hint: "The containers of an instance share its network. Give each a port of its own."
		});
	}
}
function checkDependency(path, { name, other, condition }, instance, reading) {
	const found = instance.get(other);
	const where = {
		path: `${path}.depends_on.${other}`,
		place: condition.key ?? placeOf(condition)
	};
	if (other === name) {
		reading.error(`${path} waits for itself`, where);
		return;
	}
	if (found === void 0) {
		reading.error(`${path} waits for ${quote(other)}, which is no container of this process`, {
			...where,
			hint: hintForUnknown(other, [...instance.keys()])
		});
		return;
	}
	const how = condition.kind === "scalar" ? condition.text : "";
	if (how === "healthy" && !hasCheck(found)) reading.error(`${path} waits for ${other} to be healthy, and nothing checks that`, {
		...where,
		hint: `Give ${other} a \`health_check\`, or wait for it to be started.`
	});
	if (!ENDS.has(how)) return;
	const essential = child(found, "essential");
	if (other === "main") reading.error(`${path} waits for the process to end, which runs all the time`, {
		...where,
		hint: "Wait for it to be started or healthy."
	});
	else if (textAt(found, "essential") === "true") {
		const at = essential?.key ?? placeOf(essential);
		reading.error(`${path} waits for ${other} to end, and with ${other} the instance ends${lineOf(at)}`, {
			...where,
			hint: `Write \`essential: false\` for ${other}, or leave it out.`
		});
	}
}
function hintForUnknown(name, names) {
	const meant = suggest(name, names);
	if (meant !== null) return `Did you mean ${quote(meant)}?`;
	return names.length === 1 ? "It has none. Write `depends_on: {}` if it inherits this." : `There are ${names.join(", ")}.`;
}
function hasCheck(container) {
	const check = child(container, "health_check");
	return check !== void 0 && !isEmpty(check);
}
function checkCircles(path, instance, reading) {
	const done = /* @__PURE__ */ new Set();
	const visit = (name, way) => {
		if (way.includes(name)) {
			const first = child(instance.get(name), "depends_on");
			const circle = [...way.slice(way.indexOf(name)), name];
			if (circle.length > 2) reading.error(`Containers of ${path} wait for each other: ${circle.join(" → ")}`, {
				path: `${path}.depends_on`,
				place: first?.key ?? (first && placeOf(first)),
				hint: "Let one of them start without waiting."
			});
			return;
		}
		if (done.has(name)) return;
		for (const [other] of entriesOf(child(instance.get(name), "depends_on"))) visit(other, [...way, name]);
		done.add(name);
	};
	for (const name of instance.keys()) visit(name, []);
}
// src/config/rules.ts
/** Reports what is wrong within one process as it is written, wherever in the file: in `defaults`, in an overlay. */
function checkWritten(config, reading) {
	const overlays = entriesOf(child(config, "environments")).map(([name, each]) => [`environments.${name}.`, each]);
	for (const [prefix, root] of [["", config], ...overlays]) {
		checkChecks(`${prefix}defaults`, child(root, "defaults"), reading);
		for (const [name, each] of entriesOf(child(root, "processes"))) checkChecks(`${prefix}processes.${name}`, each, reading);
	}
}
/** Reports what does not go together once overlays and inheritance are done. */
function checkTogether(config, components, reading) {
	checkNames(components, reading);
	checkVariables("", config, reading);
	for (const component of components) {
		const path = `${component.kind}.${component.name}`;
		checkVariables(`${path}.`, component.settings, reading);
		checkMounts(path, component.settings, reading);
		checkContainers(path, component.settings, reading);
		checkImage(component, reading);
		if (component.kind === "tasks") checkTask(component, reading);
		else {
			checkScaling(component, reading);
			checkWarmPool(component, reading);
		}
	}
}
function checkChecks(path, owner, reading) {
	checkHow(`${path}.health_check`, child(owner, "health_check"), reading);
	checkHow(`${path}.readiness`, child(owner, "readiness"), reading);
	for (const [name, each] of entriesOf(child(owner, "containers"))) checkHow(`${path}.containers.${name}.health_check`, child(each, "health_check"), reading);
}
function checkHow(path, check, reading) {
	if (check?.kind !== "table" || isEmpty(check)) return;
	const named = [
		"path",
		"command",
		"tcp"
	].filter((key) => check.entries.has(key));
	if (named.length === 1) return;
	reading.error(`${path} must name exactly one of path, command and tcp; found ${named.join(" and ") || "none of them"}`, {
		path,
		place: placeOf(check),
		hint: "Write for example {path: /healthz}, {command: bin/check} or {tcp: true}."
	});
}
function checkNames(components, reading) {
	const processes = new Map(components.filter((each) => each.kind === "processes").map((each) => [each.name, each]));
	for (const { kind, name, own } of components) {
		const process = processes.get(name);
		if (kind !== "tasks" || process === void 0) continue;
		reading.error(`tasks.${name} has the name of a process${lineOf(process.own.key ?? placeOf(process.own))}`, {
			path: `tasks.${name}`,
			place: own.key ?? placeOf(own),
			hint: "Processes and tasks share their names in commands and logs. Rename one of them."
		});
	}
}
function checkImage({ kind, name, own }, reading) {
	const build = child(own, "build");
	if (build === void 0 || child(own, "image") === void 0) return;
	reading.error(`${kind}.${name} has both an image and a build`, {
		path: `${kind}.${name}.build`,
		place: build.key ?? placeOf(build),
		hint: "A pinned image is not built. Leave one of them out."
	});
}
function checkTask({ name, own }, reading) {
	for (const [key, needed] of Object.entries({
		timezone: "schedule",
		concurrency: "schedule",
		when: "run",
		on_failure: "run"
	})) {
		const value = child(own, key);
		if (value === void 0 || child(own, needed) !== void 0) continue;
		reading.warn(`tasks.${name}.${key} has no effect without "${needed}"`, {
			path: `tasks.${name}.${key}`,
			place: value.key ?? placeOf(value)
		});
	}
}
/** Only instances of one type can wait for each other (row SW-55). */
function checkWarmPool({ name, settings }, reading) {
	const pool = child(settings, "enable_warm_pool");
	if (pool?.kind !== "scalar" || pool.value !== true) return;
	if (itemsOf(child(settings, "instance_types")).length === 1) return;
	reading.error(`processes.${name}.enable_warm_pool needs exactly one of instance_types`, {
		path: `processes.${name}.enable_warm_pool`,
		place: placeOf(pool),
		hint: "Leave it out, or name one type."
	});
}
function checkScaling({ name, settings }, reading) {
	const type = child(settings, "scale_type");
	const count = child(settings, "scale_count");
	const scales = type?.kind === "scalar" && type.value !== "none";
	const threshold = ["autoscaling_cpu_threshold", "autoscaling_memory_threshold"].map((key) => child(settings, key)).find((each) => each !== void 0);
	const extra = count?.kind === "scalar" && count.value !== 0;
	const asks = threshold !== void 0 && threshold.origin.kind !== "default" && type === void 0;
	const path = `processes.${name}`;
	if (scales && !(extra && threshold)) {
		const missing = extra ? "a threshold" : "scale_count";
		reading.warn(`${path} never scales out: scale_type is set and ${missing} is not`, {
			path: `${path}.scale_type`,
			place: placeOf(type),
			hint: "Autoscaling takes scale_type, scale_count and at least one autoscaling threshold."
		});
	} else if (!scales && (extra || asks)) reading.warn(`${path} never scales out: scale_type is none`, {
		path: `${path}.scale_type`,
		place: placeOf(extra ? count : threshold),
		hint: "Set scale_type to spot or demand."
	});
}
// src/config/trace.ts
/**
* Where each value of a resolved app came from, by its path: `app`, `processes.web.env.LOG_LEVEL`. Lists and commands
* are one value, and so is an empty map.
*/
function trace(app, config, components) {
	const found = {};
	const { name, environment: _, processes, tasks, ...settings } = app;
	traceLeaves({
		app: name,
		...settings
	}, config, "", found);
	const written = new Map(components.map((each) => [`${each.kind}.${each.name}`, each.settings]));
	for (const [kind, members] of Object.entries({
		processes,
		tasks
	})) for (const { name, ...member } of members) traceLeaves(member, written.get(`${kind}.${name}`), `${kind}.${name}.`, found);
	return found;
}
function traceLeaves(resolved, written, prefix, found) {
	for (const [key, value] of Object.entries(resolved)) {
		const origin = written?.kind === "table" ? written.entries.get(key) : written;
		if (isMap(value) && Object.keys(value).length > 0) traceLeaves(value, origin, `${prefix}${key}.`, found);
		else found[prefix + key] = origin?.origin ?? { kind: "default" };
	}
}
function isMap(value) {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
// src/config/read.ts
/**
* Reads the config of a repository for one environment. Throws a ConfigError with everything that is wrong with it,
* and its warnings.
*/
async function readConfig(files, options) {
	const reading = new Reading(files);
	const configs = await discover(reading, options);
	for (const each of configs) {
		validate(each, reading);
		checkWritten(each, reading);
	}
	const environment = options.environment ?? "default";
	checkEnvironment(configs, environment, reading);
	const config = configs.map((each) => layEnvironment(each, environment)).reduce(overlay);
	const name = nameOf(config, options.name, reading);
	const components = inheritAll(config, reading);
	refuseNothing(config, components.length, reading);
	checkTogether(config, components, reading);
	reading.throwIfWrong();
	warnOfUnmet(components, reading);
	const app = resolve$1(config, components, {
		name,
		environment
	});
	return {
		app,
		warnings: reading.diagnostics(),
		files: reading.opened,
		recognised: reading.recognised,
		shared: reading.shared,
		called: reading.called,
		environments: environmentsOf(configs).filter((each) => each !== "default"),
		provenance: trace(app, config, components),
		keys: reading.keys.list()
	};
}
function layEnvironment(config, environment) {
	const over = child(child(config, "environments"), environment);
	return over?.kind === "table" ? overlay(config, over) : config;
}
function checkEnvironment(configs, environment, reading) {
	if (!isName(environment)) {
		reading.error(`${quote(environment)} is no name for an environment`, { hint: `Names have ${NAME_RULE}.` });
		return;
	}
	const all = configs.flatMap((each) => child(each, "environments") ?? []);
	const names = /* @__PURE__ */ new Set([...environmentsOf(configs), "default"]);
	if (all.length === 0 || names.has(environment)) return;
	const meant = suggest(environment, [...names]);
	const last = all.at(-1);
	reading.error(`There is no environment ${quote(environment)}`, {
		path: "environments",
		place: last.key ?? placeOf(last),
		hint: meant === null ? `Environments are ${[...names].join(", ")}.` : `Did you mean ${quote(meant)}?`
	});
}
function environmentsOf(configs) {
	const all = configs.flatMap((each) => entriesOf(child(each, "environments")));
	return [...new Set(all.map(([name]) => name))];
}
/** The name of the repository, folded to the rules, where the config names no app. */
function nameOf(config, repository, reading) {
	const name = foldName(repository);
	if (name !== null || child(config, "app") !== void 0) return name ?? "";
	return reading.fail(`The repository's name ${quote(repository)} is no name for an app`, { hint: `Give it one with \`app:\` in ${GANTRY_YML}: ${NAME_RULE}.` });
}
/** An empty map of processes is meant: it removes them all. No map at all is a mistake. */
function refuseNothing(config, components, reading) {
	if (components > 0 || child(config, "processes") !== void 0 || reading.isWrong) return;
	reading.error("The configuration names no processes and no tasks", {
		place: placeOf(config),
		hint: MINIMAL_HINT
	});
}
export { GANTRY_YML as n, readConfig as t };
