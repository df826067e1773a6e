// src/config/secret-like.ts
const NAME = /(?:^|_)(?:PASS|PASSWD|PASSWORD|PASSPHRASE|PWD|SECRET|SECRETS|TOKEN|CREDENTIAL|CREDENTIALS|(?:API|ACCESS|PRIVATE|SECRET|SIGNING|ENCRYPTION|AUTH|LICENSE)_?KEY)(?:_|$)/i;
/** The variable of Upsun that holds many, and how: base64 keeps nobody from reading them. */
const PACKED = "PLATFORM_VARIABLES";
const PACKED_HOW = "as JSON in base64";
/** No variable is longer. */
const LONGEST = 32768;
const VALUES = [
	/:\/\/[^\s/?#@:]{0,256}:[^\s/?#@]{1,512}@/,
	/-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----/,
	/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/,
	/\bgh[pousr]_[A-Za-z0-9]{20}|\bgithub_pat_\w{20}|\bglpat-[\w-]{20}|\bnpm_[A-Za-z0-9]{20}/,
	/\bxox[abeoprs]-[\w-]{10}|\b[sr]k_live_[A-Za-z0-9]{10}/,
	/\beyJ[\w-]{10,300}\.eyJ[\w-]{10}/
];
/**
* Whether a variable looks like a secret, by its name or by its value. Other systems keep secrets among plain
* variables, so this is what decides whether a value may be shown.
*/
function looksSecret(name, value) {
	if (value === "") return false;
	if (name === "PLATFORM_VARIABLES") return unpacked(value)?.some(([own, each]) => looksSecret(own, each)) ?? true;
	const words = name.slice(0, 256).replaceAll(/([a-z0-9])([A-Z])/g, "$1_$2");
	const text = value.slice(0, LONGEST);
	return NAME.test(words) || VALUES.some((pattern) => pattern.test(text));
}
/** The variables that it holds; null where it holds none. */
function unpacked(value) {
	try {
		const all = JSON.parse(Buffer.from(value, "base64").toString());
		return Object.entries(all).map(([name, each]) => [name.replace(/^[^:]*:/, ""), typeof each === "string" ? each : JSON.stringify(each)]);
	} catch {
		return null;
	}
}
/** The value of a variable, as it may be shown. */
function shownVariable(name, value) {
	return looksSecret(name, value) ? "[secret]" : value;
}
export { shownVariable as i, PACKED_HOW as n, looksSecret as r, PACKED as t };
