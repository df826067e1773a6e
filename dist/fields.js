import { t as sameImage } from "./image.js";
import { isDeepStrictEqual } from "node:util";
// src/app/fields.ts
/** Every field of a spec, in the order in which people want to read them. */
const FIELDS = {
	image: "definition",
	entry_point: "definition",
	command: "definition",
	pre_start: "definition",
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
	readiness: "definition",
	mounts: "definition",
	containers: "definition",
	depends_on: "definition",
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
export { replacesInstances as i, FIELD_NAMES as n, differingFields as r, FIELDS as t };
