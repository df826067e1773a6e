import { s as UserError } from "./errors.js";
// src/engine/ecs/parameters/lock-value.ts
/** Takes the lock, or renews it. */
function writeLock({ deployment, nonce }, takesOver = null) {
	return write({
		deployment,
		nonce,
		takes_over: takesOver && writeOf(takesOver),
		released: null
	});
}
/** Gives the lock back. It is not deleted, for it will soon be needed again (`parameter-store.ts`). */
function writeReleased({ deployment, nonce }, before) {
	return write({
		deployment,
		nonce,
		takes_over: null,
		released: writeOf(before)
	});
}
function readLock({ name, value, version, modified }) {
	try {
		const { deployment, nonce, takes_over = null, released = null } = JSON.parse(value);
		if (deployment === void 0 || nonce === void 0) throw new Error("not a lock");
		return {
			deployment,
			nonce,
			takes_over,
			released,
			version,
			modified
		};
	} catch {
		throw new UserError(`the lock ${name} cannot be read`, { hint: `when nothing is deployed, delete it, and wait for half a minute: \`aws ssm delete-parameter --name ${name}\`` });
	}
}
/** Whether nobody has it: it was given back, or not renewed for as long as it takes. */
function isFree(lock, now) {
	return isReleased(lock) || now - lock.modified > 12e4;
}
function isReleased({ released, version }) {
	return released !== null && version === released.version + 1;
}
/** Whether this is of one who has the lock, and not of one who came too late to take it. */
function isInForce({ takes_over, version }) {
	return takes_over === null || version === takes_over.version + 1;
}
/**
* Whether a write took the lock from the one before it. The nonce tells whether the number is still of the same lock, for it
* begins anew where one was deleted by hand.
*/
function tookOver(write, before) {
	const { version, takes_over } = write;
	return version === before.version + 1 && takes_over?.version === before.version && takes_over.nonce === before.nonce;
}
function writeOf({ version, nonce }) {
	return {
		version,
		nonce
	};
}
function write(value) {
	return JSON.stringify(value);
}
export { writeLock as a, tookOver as i, isInForce as n, writeReleased as o, readLock as r, isFree as t };
