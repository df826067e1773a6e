// src/config/gantry-yml/variable-to-set.ts
/** The command that does it. The value is asked for. */
function setCommand({ name, secret, process, environment }) {
	return [
		`gantry env set ${name}`,
		...secret ? ["--secret"] : [],
		...process === null ? [] : ["--process", process],
		...environment === "default" ? [] : ["--environment", environment]
	].join(" ");
}
export { setCommand as t };
