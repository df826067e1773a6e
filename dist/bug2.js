import { l as warning } from "./core.js";
import { s as UserError } from "./errors.js";
import { t as clean } from "./clean.js";
// src/action/bug.ts
/** Tells of what went wrong beside the work, and is not the user's to repair. */
function reportBug(log, error) {
	if (error instanceof UserError) {
		warning(clean(error.message));
		return;
	}
	for (const line of stackOf(error)) log.line(line);
	warning("This is a bug in Gantry. Please report it, with the lines above.");
}
function stackOf(error) {
	return (error instanceof Error ? error.stack ?? error.message : String(error)).split("\n");
}
export { stackOf as n, reportBug as t };
