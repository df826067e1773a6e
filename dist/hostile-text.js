// src/git/hostile-text.ts
/**
* Text from outside as one line that can be shown anywhere: control characters (escapes, line ends), invisible and
* direction-changing characters become spaces or go, and what is too long is cut.
*/
function oneLine(text, limit = 200) {
	const line = text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\s]+/gu, " ").replaceAll(/[\p{Cf}\p{Co}]/gu, "").trim();
	return line.length <= limit ? line : `${line.slice(0, limit - 1)}…`;
}
export { oneLine as t };
