import { t as CancelledError } from "./errors.js";
import { n as SupersededError } from "./ledger.js";
// src/engine/queue.ts
/**
* The lock of one app. One deployment holds it, at most one waits: a newer one supersedes the one that waits, because
* what it would deploy is already out of date. Operator's changes are not superseded: each says something of its own.
*/
var Queue = class {
	#holder = null;
	#waiting = [];
	async enter(request) {
		if (request.signal.aborted) throw new CancelledError("cancelled before its turn had come");
		if (this.#holder === null) return this.#give(request.deployment);
		request.onWait(this.#holder);
		if (request.signal.aborted) throw new CancelledError("cancelled while it waited for its turn");
		const newer = this.#waiting.find((each) => each.supersedes && each.deployment > request.deployment);
		if (request.supersedes && newer !== void 0) throw superseded(newer.deployment);
		if (request.supersedes) this.#supersede(request.deployment);
		return new Promise((resolve, reject) => {
			const entry = {
				...request,
				enter: () => resolve(this.#give(request.deployment)),
				fail: reject
			};
			this.#waiting.push(entry);
			request.signal.addEventListener("abort", () => {
				if (this.#take(entry)) reject(new CancelledError("cancelled while it waited for its turn"));
			});
		});
	}
	#supersede(by) {
		for (const entry of this.#waiting.filter((each) => each.supersedes)) {
			this.#take(entry);
			entry.fail(superseded(by));
		}
	}
	#take(entry) {
		const index = this.#waiting.indexOf(entry);
		if (index >= 0) this.#waiting.splice(index, 1);
		return index >= 0;
	}
	#give(deployment) {
		this.#holder = deployment;
		let held = true;
		return {
			signal: new AbortController().signal,
			lost: new AbortController().signal,
			release: async () => {
				if (!held) return;
				held = false;
				this.#holder = null;
				this.#waiting.shift()?.enter();
			}
		};
	}
};
function superseded(by) {
	return new SupersededError(`superseded by deployment #${by}`, { hint: "what was pushed later is deployed instead" });
}
export { superseded as n, Queue as t };
