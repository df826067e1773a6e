import { setTimeout } from "node:timers/promises";
// src/app/clock.ts
const systemClock = {
	now: () => Date.now(),
	sleep: async (seconds, signal) => {
		await setTimeout(seconds * 1e3, void 0, signal === void 0 ? {} : { signal }).catch(() => {});
	}
};
/** The ISO time of now. */
function isoNow(clock) {
	return new Date(clock.now()).toISOString();
}
export { systemClock as n, isoNow as t };
