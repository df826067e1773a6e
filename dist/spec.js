// src/app/spec.ts
/** Instances that a spec asks for. */
function instanceCount(spec) {
	return spec.disabled ? 0 : spec.demand_count + spec.spot_count;
}
export { instanceCount as t };
