import { c as messageOf, n as ConfigError } from "./errors.js";
import "./reading.js";
import { r as quote } from "./text.js";
import { dirname, join, resolve, sep } from "node:path";
import { constants } from "node:fs";
import { open, readdir, realpath } from "node:fs/promises";
// src/config/folder.ts
/** The files of a checkout on disk. Reads regular files only, at most 1 MiB, and nothing outside of it. */
function folderFiles(folder) {
	return {
		where: resolve(folder),
		read: async (path) => {
			const content = await readInside(folder, path);
			return content && decode(content, path);
		},
		readBytes: (path) => readInside(folder, path),
		list: (path) => listInside(folder, path)
	};
}
async function listInside(folder, path) {
	const root = await realpath(folder);
	try {
		const inside = await realpath(join(root, path));
		if (inside !== join(root, path)) return [];
		return (await readdir(inside, { withFileTypes: true })).flatMap((each) => each.isFile() ? [each.name] : []).sort();
	} catch (error) {
		const { code } = error;
		if (code === "ENOENT" || code === "ENOTDIR" || code === "EACCES") return [];
		throw error;
	}
}
async function readInside(folder, path) {
	const file = join(resolve(folder), path);
	try {
		const root = await realpath(folder);
		const parent = await realpath(dirname(file));
		if (parent !== root && !parent.startsWith(root.endsWith(sep) ? root : root + sep)) throw problem(path, "is outside of the repository", "A config file must be inside of it.");
		return await readRegular(file, path);
	} catch (error) {
		const code = error.code;
		if (code === "ENOENT" || code === "ENOTDIR") return null;
		if (code === "ELOOP") throw problem(path, "is a symbolic link", "Links are not followed: they may lead out of the repository. Put the file itself there.");
		if (error instanceof ConfigError) throw error;
		throw problem(path, `cannot be read (${code ?? messageOf(error)})`, "Check the permissions of the file.");
	}
}
async function readRegular(file, path) {
	await using handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
	const status = await handle.stat();
	if (!status.isFile()) return null;
	if (status.size > 1048576) throw problem(path, "is larger than 1 MiB", "A config file is not that large: is it the right one?");
	return await handle.readFile();
}
function decode(content, path) {
	try {
		return new TextDecoder("utf-8", {
			fatal: true,
			ignoreBOM: true
		}).decode(content);
	} catch {
		throw problem(path, "is not text in UTF-8", "Save the file with that encoding.");
	}
}
function problem(path, what, hint) {
	const place = {
		file: path,
		line: 1,
		column: 1
	};
	return new ConfigError([{
		severity: "error",
		message: `${quote(path)} ${what}`,
		hint,
		place
	}]);
}
export { folderFiles as t };
