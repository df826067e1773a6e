import { n as Option } from "./extra-typings.js";
import { s as UserError } from "./errors.js";
import { r as foldName } from "./names.js";
import { r as folderOption } from "./app-option.js";
import { t as examples } from "./help.js";
import { o as printJson, r as note, t as hasColour } from "./output.js";
import { i as checkoutRoot, t as appOfRemote } from "./user-git.js";
import { basename, dirname, join, relative, resolve } from "node:path";
import { link, lstat, open, rename, rm } from "node:fs/promises";
import { randomBytes } from "node:crypto";
// src/cli/new-file.ts
/** What is at a path, not following a link. */
async function kindOf(path) {
	try {
		const status = await lstat(path);
		return status.isSymbolicLink() ? "link" : status.isFile() ? "file" : "other";
	} catch (error) {
		if (error.code === "ENOENT") return "nothing";
		throw error;
	}
}
/** @throws UserError where a file may not be written: one that is there is replaced only when that is wanted */
async function refuseTaken(path, name, force) {
	const kind = await kindOf(path);
	if (kind === "nothing" || kind === "file" && force) return;
	if (kind === "file") throw new UserError(`there is a ${name} already`, { hint: "replace it with --force, or look at what would be written with --dry-run" });
	throw new UserError(`${name} is ${kind === "link" ? "a symbolic link" : "no file"}, and stays as it is`, { hint: "remove it first" });
}
/** Writes a file so that nobody ever sees half of it. What is there is replaced only when that is wanted. */
async function writeWhole(path, text, { name, force }) {
	await refuseTaken(path, name, force);
	const stage = join(dirname(path), `.${name}.${randomBytes(6).toString("hex")}`);
	try {
		await using file = await open(stage, "wx", 420);
		await file.writeFile(text);
		await file.sync();
		if (force) await rename(stage, path);
		else await link(stage, path);
	} catch (error) {
		if (error.code === "EEXIST") await refuseTaken(path, name, force);
		throw explained(error, path);
	} finally {
		await rm(stage, { force: true });
	}
}
function explained(error, path) {
	const { code } = error;
	if (code !== "EACCES" && code !== "EROFS" && code !== "ENOSPC" && code !== "EPERM") return error;
	return new UserError(`${path} cannot be written (${code})`, {
		hint: "print it with --dry-run, and put it there yourself",
		cause: error
	});
}
// src/cli/commands/init.ts
const FILE = "gantry.yml";
function addInit(program) {
	program.command("init").description("write a gantry.yml: from the file of another system, or from what the repository looks like").option("--from <file>", "the file to write it from; default: that of another system, if there is one").option("--module <name>", "of several modules or apps in one file, the one to take").option("--environment <name...>", "environments to write beside those that the file names").addOption(new Option("--engine <engine>", "where instances are to run").choices(["local", "ecs"])).option("--force", "replace a gantry.yml that is there").option("--dry-run", "print it, and write nothing").option("--json", "print JSON").addOption(folderOption()).addHelpText("after", examples("gantry init", "gantry init --from app_desc.yaml --module api", "gantry init --from stacktape.yml --environment staging production", "gantry init --engine ecs --dry-run")).action(async ({ force = false, dryRun = false, json = false, ...options }) => {
		const root = await checkoutRoot(options.dir) ?? resolve(options.dir);
		if (!dryRun) await refuseTaken(join(root, FILE), FILE, force);
		const init = await makeInit(root, options);
		if (!dryRun) await writeWhole(join(root, FILE), init.text, {
			name: FILE,
			force
		});
		const { initJson, renderInit } = await import("./render-init.js");
		if (json) return printJson(initJson(init, { written: !dryRun }));
		if (dryRun) process.stdout.write(init.text);
		renderInit(init, {
			written: !dryRun,
			colour: hasColour(process.stderr)
		}).forEach(note);
	});
}
async function makeInit(root, options) {
	const { folderFiles } = await import("./folder.js");
	const files = folderFiles(root);
	const hosted = await appOfRemote(root);
	const name = hosted ?? basename(root);
	const from = options.from === void 0 ? await onlySource(files) : relative(root, resolve(options.dir, options.from));
	return from === void 0 ? await proposed(root, files, name, options) : await converted(files, {
		name,
		isHosted: hosted !== null
	}, {
		...options,
		from
	});
}
/** The file of another system; none where there is none. */
async function onlySource(files) {
	const { foreignSources } = await import("./write-sources.js");
	const [first, ...others] = await foreignSources(files);
	if (others.length === 0) return first?.file;
	throw new UserError(`there are several files to write it from: ${[first, ...others].map(({ file }) => file).join(", ")}`, { hint: `say which one; without a ${FILE}, Gantry reads --from ${first.file}` });
}
async function converted(files, repository, { from, module, environment = [], engine }) {
	const [{ convert }, { fitForEcs }] = await Promise.all([import("./write-from.js"), import("./fit-for-ecs.js")]);
	return {
		kind: "converted",
		...await convert(files, {
			...repository,
			config: from,
			module,
			environments: environment
		}, engine === "ecs" ? fitForEcs : void 0)
	};
}
async function proposed(root, files, name, { module, environment, engine = "local" }) {
	if (module !== void 0 || environment !== void 0) throw new UserError(`--${module === void 0 ? "environment" : "module"} is about the file of another system, and there is none`, { hint: "leave it out, or name the file with --from" });
	const [{ readRepository }, { MARKERS, propose }, { writeGantryYml }, { expectReadBack }, { schemaComment }] = await Promise.all([
		import("./read-repository.js"),
		import("./propose2.js"),
		import("./write2.js"),
		import("./write-check.js"),
		import("./schema-comment.js")
	]);
	const folded = foldName(name);
	const repository = await readRepository(root);
	const proposal = propose(repository, {
		name: folded ?? "app",
		engine
	});
	if (proposal === null) throw new UserError("nothing in this repository tells what to run", { hint: engine === "local" && repository.has("Dockerfile") ? "the local engine runs the tree itself, and the Dockerfile says no command for that: with `--engine ecs` it is built" : `looked for ${MARKERS.join(", ")} and files of other systems; a ${FILE} may be as short as \`processes: {web: {command: bin/serve}}\`` });
	const { app, notes, found } = proposal;
	const header = [...await schemaComment(files), `Proposed by \`gantry init\` from what this repository looks like (${found.join(", ")}): check each guess.`];
	const text = writeGantryYml({
		apps: [app],
		isNamed: folded === null || engine === "ecs",
		header,
		notes
	});
	await expectReadBack(text, [app], name);
	return {
		kind: "proposed",
		apps: [app],
		notes,
		found,
		text
	};
}
export { addInit };
