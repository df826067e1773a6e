import { s as UserError } from "./errors.js";
import { t as linesIn } from "./lines.js";
import { r as note, t as hasColour } from "./output.js";
// src/cli/bug.ts
/** Tells of what went wrong beside the work, or ends it, and is not the user's to repair. */
function reportBug(error) {
	if (error instanceof UserError) {
		note(linesIn(hasColour(process.stderr)).problem(error.message));
		return;
	}
	note(error instanceof Error ? error.stack ?? error.message : String(error));
	note("\nThis is a bug in Gantry. Please report it, with the lines above and what you ran.");
}
export { reportBug as t };
