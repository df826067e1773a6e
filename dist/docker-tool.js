import { s as UserError, t as CancelledError } from "./errors.js";
import { o as readServiceTags, t as controllerRefusals } from "./controller.js";
import { t as docker } from "./docker.js";
// src/engine/ecs/services/in-the-way.ts
/** What keeps a wanted process from being made where its service is to be. */
function obstaclesOf(app, wanted, there) {
	if (there?.status !== "ACTIVE") return [];
	const { process, service } = wanted;
	if (!isOurs(app, process, there)) {
		const { message, hint } = foreignService(wanted);
		return [{
			process,
			reason: `${message}: ${hint}`
		}];
	}
	return controllerRefusals(there).map(({ reason, hint }) => ({
		process,
		reason: `service ${service} cannot be process ${process}: ${reason}: ${hint}`
	}));
}
function isOurs(app, process, { tags = [] }) {
	return readServiceTags(app, tags)?.process === process;
}
/** What somebody is told whose process has the name of a service that is not ours to touch. */
function foreignService({ process, service }) {
	return new UserError(`there is a service ${service} already, and it is not process ${process} of this app`, { hint: `call the process something else, name another service under \`ecs.service\`, or hand this one over with \`gantry adopt ${process}\`` });
}
// src/engine/ecs/images/docker-tool.ts
/** Seconds. */
const QUICK = 20;
/**
* Looks for what there is. Makes no builder: one with another driver needs an image of BuildKit, and would stay.
*
* @param env laid over the environment of `docker`
* @throws UserError where no Docker engine answers; CancelledError
*/
async function findTool(env, signal) {
	const ask = (args, more = {}) => docker(args, {
		timeout: QUICK,
		signal,
		env: {
			...env,
			...more
		}
	});
	const buildx = await ask(["buildx", "inspect"]);
	const driver = buildx.ok ? /^Driver:\s*(\S+)/m.exec(buildx.output)?.[1] : void 0;
	if (driver !== void 0 && driver !== "docker") return {
		kind: "buildx",
		driver,
		keepsLayers: true
	};
	const engine = await ask([
		"version",
		"--format",
		"{{.Server.Version}}"
	]);
	if (signal.aborted) throw new CancelledError("cancelled before the image was built");
	if (!engine.ok) throw new UserError(`images are built with Docker, and no engine answers: ${engine.last}`, { hint: "start Docker, or deploy from a machine that has it" });
	if (driver !== void 0) return {
		kind: "buildx",
		driver,
		keepsLayers: (await ask([
			"info",
			"--format",
			"{{json .DriverStatus}}"
		])).output.includes("io.containerd.snapshotter")
	};
	const help = await ask(["build", "--help"], { DOCKER_BUILDKIT: "1" });
	return { kind: help.ok && help.output.includes("--secret") ? "buildkit" : "classic" };
}
/** A sentence for the log: what builds, and why not something better. */
function describeTool(tool) {
	if (tool.kind === "buildx") return `built with docker buildx, driver ${tool.driver}: ${tool.keepsLayers ? "layers are kept in the registry for the next build" : "it cannot keep layers in the registry; `docker buildx create --use`, in a workflow docker/setup-buildx-action, makes a builder that can"}`;
	return `built with docker build, as docker buildx is not installed: by ${tool.kind === "buildkit" ? "its BuildKit" : "its former builder, which knows no build secrets"}; layers are kept on this machine only`;
}
export { obstaclesOf as a, isOurs as i, findTool as n, foreignService as r, describeTool as t };
