// src/app/unmet.ts
/** What a task has that asks for none of it. */
const NOTHING_UNMET = {
	connect_to: {},
	access: { ssh: null },
	iam_role_statements: []
};
/** What a process has that asks for none of it. */
const NOTHING_UNMET_OF_PROCESS = {
	...NOTHING_UNMET,
	instance_types: [],
	enable_warm_pool: false
};
/** A process or task as it can be carried out. */
function withoutUnmet(component) {
	const { connect_to: _connections, access: _access, iam_role_statements: _statements, instance_types: _types, enable_warm_pool: _pool, ...rest } = component;
	return rest;
}
export { NOTHING_UNMET_OF_PROCESS as n, withoutUnmet as r, NOTHING_UNMET as t };
