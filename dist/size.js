// src/app/size.ts
const MIB_PER_UNIT = {
	mb: 1,
	mib: 1,
	gb: 1024,
	gib: 1024
};
const UNITS_PER_VCPU = 1024;
/** The text forms of a memory size: `512 MB`, `1GiB`, or a plain number of GB. */
const MEMORY = /^(\d{1,9}(?:\.\d{1,6})?)\s*(mib|mb|gib|gb)?$/i;
const CPU = /^\d{1,4}(?:\.\d{1,6})?$/;
const MEMORY_RULE = "a number of GB (0.5) or a text with a unit (\"512 MB\"), from 32 MB to 256 GB";
const CPU_RULE = "a number of vCPU (0.25), above 0 and at most 192";
/**
* MiB of `0.5`, `"0.5"` (GB), `"512 MB"` or `"1GiB"`, rounded up to a whole one; null for what is no size or lies
* outside of 32 MB to 256 GB. As in ECS and Docker, 1 GB is 1024 MiB and MB means MiB.
*/
function parseMemory(input) {
	const match = MEMORY.exec(String(input).trim());
	if (!match) return null;
	const unit = (match[2] ?? "gb").toLowerCase();
	const mib = Math.ceil(Number(match[1]) * MIB_PER_UNIT[unit]);
	return mib >= 32 && mib <= 262144 ? mib : null;
}
/** CPU units (1024 = 1 vCPU) of a number of vCPU, rounded up; null for what is no number or out of range. */
function parseCpu(input) {
	if (!CPU.test(String(input).trim())) return null;
	const units = Math.ceil(Number(input) * UNITS_PER_VCPU);
	return units >= 1 && units <= 192 * UNITS_PER_VCPU ? units : null;
}
/** MiB as a person says it: 512 is `512 MB`, 1536 is `1.5 GB`. */
function showMemory(mib) {
	return mib >= 1024 && mib % 256 === 0 ? `${mib / 1024} GB` : `${mib} MB`;
}
/** CPU units as a person says it: 256 is `0.25 vCPU`, and 410 `0.4 vCPU`, which is rounded up to them. */
function showCpu(units) {
	const [short, long] = [2, 4].map((digits) => Number((units / UNITS_PER_VCPU).toFixed(digits)));
	return `${parseCpu(short) === units ? short : long} vCPU`;
}
export { parseCpu as a, showMemory as c, MEMORY_RULE as i, CPU_RULE as n, parseMemory as o, MEMORY as r, showCpu as s, CPU as t };
