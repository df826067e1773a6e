// src/app/image.ts
function sameImage(a, b) {
	if (a.kind === "pinned") return b.kind === "pinned" && a.reference === b.reference;
	return b.kind === "built" && a.key === b.key && a.digest === b.digest;
}
/** Twelve digits are enough for a person to tell images apart. */
function showImage(image) {
	if (image.kind === "pinned") return image.reference;
	return image.digest === null ? `${image.key.slice(0, 12)} (to be built)` : image.digest.slice(0, 12);
}
export { showImage as n, sameImage as t };
