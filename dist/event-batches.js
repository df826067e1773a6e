// src/deploy/event-batches.ts
/** Seconds between two writes: each is a call. */
const PAUSE = 2;
/** Stores events as they come, many at a time. What cannot be stored is told once and fails nothing. */
var EventBatches = class {
	#log;
	#app;
	#clock;
	#onFailure;
	#closing = new AbortController();
	/** Lines that are to be written, by the number of their deployment. */
	#waiting = /* @__PURE__ */ new Map();
	#isScheduled = false;
	#hasFailed = false;
	#written = Promise.resolve();
	constructor(log, app, clock, onFailure) {
		this.#log = log;
		this.#app = app;
		this.#clock = clock;
		this.#onFailure = onFailure;
	}
	add(number, event) {
		const lines = this.#waiting.get(number) ?? [];
		this.#waiting.set(number, lines);
		lines.push(JSON.stringify(event));
		if (this.#isScheduled) return;
		this.#isScheduled = true;
		this.#written = this.#write(this.#written);
	}
	/** Resolves when all is written that could be. */
	async close() {
		this.#closing.abort();
		await this.#written;
	}
	async #write(before) {
		await before;
		await this.#clock.sleep(PAUSE, this.#closing.signal);
		const waiting = this.#waiting;
		this.#waiting = /* @__PURE__ */ new Map();
		this.#isScheduled = false;
		for (const [number, lines] of waiting) try {
			await this.#log.append(this.#app, number, lines);
		} catch (error) {
			if (!this.#hasFailed) this.#onFailure(error);
			this.#hasFailed = true;
		}
	}
};
export { EventBatches as t };
