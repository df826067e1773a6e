// src/app/image.ts
function sameImage(a, b) {
	if (a.kind === "pinned") return b.kind === "pinned" && a.reference === b.reference;
	return b.kind === "built" && a.key === b.key && a.digest === b.digest;
}
function showImage(image) {
	if (image.kind === "pinned") return showReference(image.reference);
	return image.digest === null ? `${short(image.key)} (to be built)` : short(image.digest);
}
/** A reference as it stands, but for a digest at its end: `ghcr.io/acme/relay@sha256:3f9c2a7d1e0b`. */
function showReference(reference) {
	return reference.replace(/(?<=@sha256:)[0-9a-f]{64}$/, short);
}
/** Twelve digits are enough for a person to tell images apart. */
function short(digest) {
	return digest.replace(/^sha256:/, "").slice(0, 12);
}
export { showImage as n, showReference as r, sameImage as t };
