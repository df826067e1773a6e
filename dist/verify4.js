import { r as execa } from "./docker.js";
import { n as imageUsers } from "./image-users.js";
import { n as ok, t as failed } from "./check.js";
import { i as dockerAnswers } from "./container.js";
// src/engine/local/verify.ts
/** Images of this engine itself, which needs nothing else to run them. */
const OWN = /^(?:key:[0-9a-f]+|release:v\d+)$/;
/** What this machine needs to run an app, should the server be on it: git, and Docker where an image is a container's. */
async function verify(app) {
	const images = imageUsers(app).flatMap(({ image }) => image === null || OWN.test(image) ? [] : image);
	return Promise.all([gitCheck(), ...[...new Set(images)].map(imageCheck)]);
}
async function gitCheck() {
	const { failed: isMissing, stdout } = await execa("git", ["--version"], { reject: false });
	return isMissing ? failed("git", "it was not found", "install it, or put it into PATH") : ok("git", stdout);
}
async function imageCheck(reference) {
	return await dockerAnswers() ? ok(`image ${reference}`, "a Docker engine answers, which fetches it when it is missing") : failed(`image ${reference}`, "no Docker engine answers", "start Docker, or leave `image` out");
}
export { verify as t };
