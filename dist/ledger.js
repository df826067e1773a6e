import { s as UserError } from "./errors.js";
// src/engine/ledger.ts
/** Whether what was wanted is what runs. */
function isGood(outcome) {
	return outcome === "succeeded" || outcome === "unchanged";
}
/** Somebody else may work on the app now. What was begun is recorded, and theirs to finish. */
var LockLostError = class extends UserError {};
/** A newer deployment came while this one waited. */
var SupersededError = class extends UserError {};
export { SupersededError as n, isGood as r, LockLostError as t };
