// src/config/suggest.ts
/** Names that other tools use for what Gantry calls otherwise. */
const SYNONYMS = {
	services: "processes",
	workers: "processes",
	jobs: "tasks",
	environment: "env",
	variables: "env",
	cmd: "command",
	start: "command",
	desired_count: "demand_count",
	replicas: "demand_count",
	instances: "demand_count",
	quantity: "demand_count",
	mem: "memory",
	cron: "schedule",
	healthcheck: "health_check",
	public: "expose",
	stop_grace_period: "stop_timeout"
};
/** What was probably meant: the allowed name within a few slips of the finger, or the one for a foreign word. */
function suggest(found, allowed) {
	const folded = found.slice(0, 64).toLowerCase().replaceAll("-", "_");
	const synonym = Object.hasOwn(SYNONYMS, folded) ? SYNONYMS[folded] : null;
	if (synonym !== null && allowed.includes(synonym)) return synonym;
	let best = null;
	let least = Math.max(1, Math.floor(folded.length / 3)) + 1;
	for (const candidate of allowed) {
		if (Math.abs(candidate.length - folded.length) >= least) continue;
		const distance = editDistance(folded, candidate.toLowerCase().replaceAll("-", "_"));
		if (distance < least) [best, least] = [candidate, distance];
	}
	return best;
}
/** Insertions, deletions, replacements and swaps of neighbours that lead from one word to the other. */
function editDistance(a, b) {
	let beforeLast = [];
	let last = Array.from({ length: b.length + 1 }, (_, index) => index);
	for (let i = 1; i <= a.length; i++) {
		const row = [i];
		for (let j = 1; j <= b.length; j++) {
			const replaced = last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
			const viaSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? beforeLast[j - 2] + 1 : Infinity;
			row.push(Math.min(last[j] + 1, row[j - 1] + 1, replaced, viaSwap));
		}
		beforeLast = last;
		last = row;
	}
	return last[b.length];
}
export { suggest as t };
