import { s as UserError } from "./errors.js";
import { t as sameImage } from "./image.js";
import { isDeepStrictEqual } from "node:util";
// src/app/fields.ts
/** Every field of a spec, in the order in which people want to read them. */
const FIELDS = {
	image: "definition",
	command: "definition",
	restarts: "definition",
	disabled: "state",
	demand_count: "count",
	spot_count: "count",
	scale_count: "count",
	scale_type: "count",
	autoscaling_cpu_threshold: "count",
	autoscaling_memory_threshold: "count",
	cpu: "definition",
	memory: "definition",
	ephemeral_storage_gb: "definition",
	expose: "definition",
	port: "definition",
	env: "definition",
	secrets: "definition",
	variables: "definition",
	health_check: "definition",
	stop_timeout: "definition",
	rollout: "setting",
	ecs: "definition",
	placement: "definition"
};
const FIELD_NAMES = Object.keys(FIELDS);
/** The fields in which two specs differ. */
function differingFields(a, b) {
	return FIELD_NAMES.filter((field) => field === "image" ? !sameImage(a.image, b.image) : !isDeepStrictEqual(a[field], b[field]));
}
/** Whether going from one spec to the other needs new instances. */
function replacesInstances(a, b) {
	return differingFields(a, b).some((field) => FIELDS[field] === "definition");
}
// src/app/canonical-json.ts
/** JSON that is the same for equal values, in whatever order their keys are. */
function canonicalJson(value) {
	return JSON.stringify(value, (_key, each) => typeof each === "object" && each !== null && !Array.isArray(each) ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => a < b ? -1 : 1)) : each);
}
// node_modules/yocto-queue/index.js
var Node = class {
	value;
	next;
	constructor(value) {
		this.value = value;
	}
};
var Queue = class {
	#head;
	#tail;
	#size;
	constructor() {
		this.clear();
	}
	enqueue(value) {
		const node = new Node(value);
		if (this.#head) {
			this.#tail.next = node;
			this.#tail = node;
		} else {
			this.#head = node;
			this.#tail = node;
		}
		this.#size++;
	}
	dequeue() {
		const current = this.#head;
		if (!current) return;
		this.#head = this.#head.next;
		this.#size--;
		if (!this.#head) this.#tail = void 0;
		return current.value;
	}
	peek() {
		if (!this.#head) return;
		return this.#head.value;
	}
	clear() {
		this.#head = void 0;
		this.#tail = void 0;
		this.#size = 0;
	}
	get size() {
		return this.#size;
	}
	*[Symbol.iterator]() {
		let current = this.#head;
		while (current) {
			yield current.value;
			current = current.next;
		}
	}
	*drain() {
		while (this.#head) yield this.dequeue();
	}
};
// node_modules/p-limit/index.js
function pLimit(concurrency) {
	let rejectOnClear = false;
	if (typeof concurrency === "object") ({concurrency, rejectOnClear = false} = concurrency);
	validateConcurrency(concurrency);
	if (typeof rejectOnClear !== "boolean") throw new TypeError("Expected `rejectOnClear` to be a boolean");
	const queue = new Queue();
	let activeCount = 0;
	const resumeNext = () => {
		if (activeCount < concurrency && queue.size > 0) {
			activeCount++;
			queue.dequeue().run();
		}
	};
	const next = () => {
		activeCount--;
		resumeNext();
	};
	const run = async (function_, resolve, arguments_) => {
		const result = (async () => function_(...arguments_))();
		resolve(result);
		try {
			await result;
		} catch {}
		next();
	};
	const enqueue = (function_, resolve, reject, arguments_) => {
		const queueItem = { reject };
		new Promise((internalResolve) => {
			queueItem.run = internalResolve;
			queue.enqueue(queueItem);
		}).then(run.bind(void 0, function_, resolve, arguments_));
		if (activeCount < concurrency) resumeNext();
	};
	const generator = (function_, ...arguments_) => new Promise((resolve, reject) => {
		enqueue(function_, resolve, reject, arguments_);
	});
	Object.defineProperties(generator, {
		activeCount: { get: () => activeCount },
		pendingCount: { get: () => queue.size },
		clearQueue: { value() {
			if (!rejectOnClear) {
				queue.clear();
				return;
			}
			const abortError = AbortSignal.abort().reason;
			while (queue.size > 0) queue.dequeue().reject(abortError);
		} },
		concurrency: {
			get: () => concurrency,
			set(newConcurrency) {
				validateConcurrency(newConcurrency);
				concurrency = newConcurrency;
				queueMicrotask(() => {
					while (activeCount < concurrency && queue.size > 0) resumeNext();
				});
			}
		},
		map: { async value(iterable, function_) {
			const promises = [];
			try {
				Array.from(iterable, (value, index) => {
					const promise = generator(function_, value, index);
					promises.push(promise);
					return promise;
				});
			} catch (error) {
				for (const promise of promises) promise.catch(() => {});
				throw error;
			}
			return Promise.all(promises);
		} }
	});
	return generator;
}
function validateConcurrency(concurrency) {
	if (!((Number.isInteger(concurrency) || concurrency === Number.POSITIVE_INFINITY) && concurrency > 0)) throw new TypeError("Expected `concurrency` to be a number from 1 and up");
}
// src/engine/ledger.ts
/** A newer deployment came while this one waited. */
var SupersededError = class extends UserError {};
export { FIELD_NAMES as a, FIELDS as i, pLimit as n, differingFields as o, canonicalJson as r, replacesInstances as s, SupersededError as t };
