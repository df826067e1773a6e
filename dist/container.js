import { r as startWords, t as argv } from "./command.js";
import { s as UserError, t as CancelledError } from "./errors.js";
import { n as dockerEnvironment, t as docker } from "./docker.js";
// src/engine/local/container.ts
/** How long an answer of the engine is believed, in ms. */
const BELIEVED = 1e4;
const QUICK = 10;
const PULL_TIMEOUT = 1800;
let lastAnswer = null;
/** Whether a Docker engine can be used from here. */
function dockerAnswers() {
	if (lastAnswer === null || Date.now() - lastAnswer.at > BELIEVED) {
		const asking = docker([
			"version",
			"--format",
			"{{.Server.Version}}"
		], { timeout: QUICK });
		lastAnswer = {
			at: Date.now(),
			answers: asking.then(({ ok }) => ok)
		};
	}
	return lastAnswer.answers;
}
function containerName(home, instance) {
	return `gantry-${home}-${instance}`;
}
/** What runs a command inside of a container that runs. */
function execInContainer(container, command) {
	return [
		"docker",
		"exec",
		container,
		...argv(command)
	];
}
const FROM_PIPE = "variables=$GANTRY_VARIABLES; unset GANTRY_VARIABLES; exec \"$@\" 4<<END\n$variables\nEND";
const ONE_LINE = /^[^\s#=][^\r\n]*$/;
const STEERS = new RegExp(`^(?:${[
	"LD_\\w*|GLIBC_\\w*|MALLOC_\\w*|GCONV_PATH|LOCPATH|NLSPATH|TZ(?:DIR)?|LANG(?:UAGE)?|LC_\\w*|TMP(?:DIR)?|TERM",
	"RES_OPTIONS|HOSTALIASES|LOCALDOMAIN|\\w*_PROXY|SSL_CERT_(?:FILE|DIR)|SSH_ASKPASS\\w*|SSH_AUTH_SOCK|OTEL_\\w*",
	"PATH|HOME|XDG_\\w*|DOCKER_\\w*|BUILDKIT\\w*|BUILDX\\w*|GO(?:DEBUG|GC|MAXPROCS|MEMLIMIT|TRACEBACK|ROOT)",
	"ENV|IFS|PS\\d|BASH\\w*|SHELL\\w*|GANTRY_\\w*"
].join("|")})$`, "i");
const OF_THIS_MACHINE = /* @__PURE__ */ new Set([
	"PATH",
	"HOME",
	"TMPDIR"
]);
/**
* How to run an instance in a container, in the foreground: output and exit are the container's, SIGTERM reaches it,
* but SIGKILL does not: for that there is `killContainer`. Throws a UserError for a variable that cannot be given.
*/
function containerArgv(request) {
	const { home, instance, image, hostPort, containerPort, memory, cpu } = request;
	const { entry_point, command } = startWords(request);
	const [program, ...firstWords] = entry_point ?? [];
	const name = containerName(home, instance);
	const port = containerPort === null ? {} : { PORT: String(containerPort) };
	const variables = Object.entries({
		...request.env,
		...port
	}).filter(([each]) => !OF_THIS_MACHINE.has(each));
	const piped = variables.map(([each, value]) => `${each}=${value}`).filter((line) => ONE_LINE.test(line));
	const inherited = variables.filter(([each, value]) => !ONE_LINE.test(`${each}=${value}`));
	for (const [each] of inherited) refuseToSteer(each);
	const run = [
		"docker",
		"run",
		"--rm",
		"--init",
		...attachFlags(request.attach),
		`--name=${name}`,
		`--label=gantry.home=${home}`,
		`--label=gantry.instance=${instance}`,
		"--log-driver=none",
		`--memory=${memory}m`,
		`--memory-swap=${memory}m`,
		`--cpus=${cpu / 1024}`,
		...request.network === "host" ? ["--network=host"] : publish(hostPort, containerPort),
		...request.mounts.map(bindFlag),
		...program === void 0 ? [] : [`--entrypoint=${program}`],
		"--env-file=/dev/fd/4",
		...inherited.map(([each]) => `--env=${each}`),
		"--",
		image,
		...firstWords,
		...command ?? []
	];
	return {
		name,
		argv: [
			"/bin/sh",
			"-c",
			FROM_PIPE,
			"gantry",
			...run
		],
		env: {
			...Object.fromEntries(inherited),
			...dockerEnvironment(),
			GANTRY_VARIABLES: piped.join("\n")
		}
	};
}
function publish(hostPort, containerPort) {
	return hostPort === null || containerPort === null ? [] : [`--publish=127.0.0.1:${hostPort}:${containerPort}`];
}
/** Docker reads the value as a line of CSV. */
function bindFlag({ source, target }) {
	return `--mount=${[
		"type=bind",
		`source=${source}`,
		`target=${target}`
	].map((field) => `"${field.replaceAll("\"", "\"\"")}"`).join(",")}`;
}
function attachFlags(attach) {
	if (attach === void 0) return [];
	return attach.kind === "terminal" ? ["--interactive", "--tty"] : ["--interactive"];
}
function refuseToSteer(variable) {
	if (/^[A-Za-z_]\w*$/.test(variable) && !STEERS.test(variable)) return;
	throw new UserError(`a container cannot be given a value of several lines in ${JSON.stringify(variable)}`, { hint: "give it in one line, base64-encoded for example, or under another name" });
}
/** Ends a container at once, if there is one. */
async function killContainer(name) {
	await docker([
		"rm",
		"--force",
		"--volumes",
		name
	], { timeout: QUICK });
}
/** Removes all containers of a home. */
async function sweepContainers(home) {
	const found = await docker([
		"ps",
		"--all",
		"--quiet",
		"--filter",
		`label=gantry.home=${home}`
	], { timeout: QUICK });
	const ids = found.ok ? found.output.split("\n").filter((id) => id !== "") : [];
	if (ids.length > 0) await docker([
		"rm",
		"--force",
		"--volumes",
		...ids
	], { timeout: 30 });
}
/** Gets an image that is not there yet. Rejects with a UserError when it cannot be had. */
async function pullIfMissing(image, io) {
	const { signal } = io;
	if ((await docker([
		"image",
		"inspect",
		"--format",
		"{{.Id}}",
		"--",
		image
	], {
		timeout: QUICK,
		signal
	})).ok) return;
	const pulled = await docker([
		"pull",
		"--",
		image
	], {
		timeout: PULL_TIMEOUT,
		signal,
		log: (line) => io.log(line)
	});
	if (signal.aborted) throw new CancelledError(`cancelled while ${image} was pulled`);
	if (pulled.ok) return;
	throw new UserError(`cannot pull ${image}: ${pulled.last}`, { hint: "check the reference, and whether `docker login` is needed for its registry" });
}
export { execInContainer as a, sweepContainers as c, dockerAnswers as i, containerArgv as n, killContainer as o, containerName as r, pullIfMissing as s, attachFlags as t };
