// src/engine/check.ts
function ok(subject, found) {
	return {
		subject,
		status: "ok",
		found,
		hint: null
	};
}
function failed(subject, found, hint) {
	return {
		subject,
		status: "failed",
		found,
		hint
	};
}
function skipped(subject, found, hint) {
	return {
		subject,
		status: "skipped",
		found,
		hint
	};
}
export { ok as n, skipped as r, failed as t };
