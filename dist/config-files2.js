import { n as ConfigError, s as UserError } from "./errors.js";
import { t as MAX_FILE_BYTES } from "./reading.js";
import { t as oneLine } from "./hostile-text.js";
import { posix } from "node:path";
// src/git/config-files.ts
/**
* The config files of a commit, read from its objects: regular files of at most 1 MiB of UTF-8. Everything else of
* that name is a ConfigError; links are never followed.
*/
function configFiles(repository, commit) {
	return {
		where: "the commit",
		async list(folder) {
			return (await repository.folder(commit, folder)).flatMap(({ mode, path }) => mode.startsWith("100") ? [posix.basename(path)] : []).sort();
		},
		async read(path) {
			const bytes = await readBytes(path);
			try {
				return bytes && new TextDecoder("utf-8", {
					fatal: true,
					ignoreBOM: true
				}).decode(bytes);
			} catch {
				throw problem(path, `${oneLine(path)} is not text in UTF-8`, "Save the file with that encoding.");
			}
		},
		readBytes
	};
	async function readBytes(path) {
		try {
			return await repository.readFile(commit, path, MAX_FILE_BYTES);
		} catch (error) {
			throw error instanceof UserError ? problem(path, error.message, error.hint) : error;
		}
	}
}
function problem(path, message, hint) {
	return new ConfigError([{
		severity: "error",
		message,
		place: {
			file: path,
			line: 1,
			column: 1
		},
		...hint !== void 0 && { hint }
	}]);
}
export { configFiles as t };
