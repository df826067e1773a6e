// src/app/spec.ts
/** Every image that an instance runs, its own first. */
function imagesOf({ image, containers }) {
	return [image, ...Object.values(containers).map((each) => each.image)];
}
/** Instances that a spec asks for. */
function instanceCount(spec) {
	return spec.disabled ? 0 : spec.demand_count + spec.spot_count;
}
export { instanceCount as n, imagesOf as t };
