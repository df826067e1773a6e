// src/app/errors.ts
/**
* An expected failure: the user can do something about it. Printed as message and hint, never with a stack.
* Everything that is not a UserError is a bug in Gantry.
*/
var UserError = class extends Error {
	hint;
	constructor(message, options = {}) {
		super(message, options.cause === void 0 ? void 0 : { cause: options.cause });
		this.hint = options.hint;
	}
	get name() {
		return this.constructor.name;
	}
};
/** The repository's config is wrong; all problems at once. */
var ConfigError = class extends UserError {
	diagnostics;
	constructor(diagnostics) {
		const errors = diagnostics.filter((each) => each.severity === "error");
		super(errors.length === 1 ? errors[0].message : `${errors.length} problems in the configuration`);
		this.diagnostics = diagnostics;
	}
};
/** A deployment did not become true. */
var DeployError = class extends UserError {};
/** A task ended badly. */
var TaskError = class extends UserError {};
/** Something took longer than its limit. */
var TimeoutError = class extends UserError {};
/** Somebody asked for it to stop. */
var CancelledError = class extends UserError {};
/** What was asked for does not exist. */
var NotFoundError = class extends UserError {};
/** The message of anything that was thrown. */
function messageOf(error) {
	return error instanceof Error ? error.message : String(error);
}
export { TaskError as a, messageOf as c, NotFoundError as i, ConfigError as n, TimeoutError as o, DeployError as r, UserError as s, CancelledError as t };
