import { n as systemClock } from "./clock.js";
import { i as NotFoundError, r as DeployError, s as UserError, t as CancelledError } from "./errors.js";
import { i as withQuery, n as ServerError, r as path$1, t as Client } from "./client.js";
import { r as checkoutRoot, t as appOfRemote } from "./user-git.js";
import { t as homeFolder } from "./home.js";
import { r as resolveCommit } from "./checkout.js";
import { r as note, t as hasColour } from "./output.js";
import { t as clean } from "./clean.js";
import { t as linesIn } from "./lines.js";
import { once } from "node:events";
import { spawn } from "node:child_process";
import { basename, resolve } from "node:path";
import { text } from "node:stream/consumers";
// src/cli/engine-config.ts
const ECS = "ecs";
/**
* Reads the config of the checkout, as it is in the work tree; null when it does not say `engine: ecs`, or there is none.
*
* @throws ConfigError
*/
async function readEngineConfig({ dir, app: name, environment }) {
	const root = await checkoutRoot(dir) ?? resolve(dir);
	const { folderFiles } = await import("./folder.js");
	const files = folderFiles(root);
	if ((await files.read("gantry.yml"))?.includes(ECS) !== true) return null;
	const { readConfig } = await import("./read.js");
	const { app } = await readConfig(files, {
		name: basename(root),
		environment: environment || void 0
	});
	return app.engine === ECS ? configOf(app, name || app.name) : null;
}
function configOf({ environment, ecs }, name) {
	return {
		name,
		environment,
		settings: ecs
	};
}
/** Loads the engine: much hangs on it, and a command on a server needs nothing of that. */
async function openEngine({ settings }) {
	const { openEcs } = await import("./open.js");
	return openEcs(settings);
}
// src/cli/push.ts
/** Pushes one commit to the deploy branch of an app, with the user's own git and a token made for this push alone. */
async function pushCommit(client, request) {
	const { app, sha, branch, force, options, signal } = request;
	const { url } = await client.get(path$1`/server`);
	const args = [
		"-C",
		request.folder,
		"push",
		"--porcelain",
		"--no-follow-tags",
		"--no-signed",
		"--recurse-submodules=no",
		...options.flatMap((option) => ["-o", option]),
		`${url}/${app}.git`,
		`${force ? "+" : ""}${sha}:refs/heads/${branch}`
	];
	await using token = await createToken(client, app);
	const git = spawn("git", args, {
		env: pushEnvironment(process.env, url, token.value),
		stdio: [
			"ignore",
			"pipe",
			request.stderr
		],
		detached: true
	});
	const stop = () => stopGroup(git);
	signal.addEventListener("abort", stop);
	if (signal.aborted) stop();
	try {
		const [stdout, stderr, [exitCode]] = await Promise.all([
			text(git.stdout),
			git.stderr === null ? "" : text(git.stderr),
			once(git, "close")
		]);
		return {
			...readPorcelain(stdout, exitCode),
			exitCode,
			stderr
		};
	} finally {
		signal.removeEventListener("abort", stop);
	}
}
function stopGroup({ pid }) {
	try {
		if (pid !== void 0) process.kill(-pid, "SIGTERM");
	} catch {}
}
async function createToken(client, app) {
	const wanted = {
		name: "cli deploy",
		scope: "push",
		app
	};
	const { id, token } = await client.post(path$1`/tokens`, wanted);
	return {
		value: token,
		[Symbol.asyncDispose]: () => client.delete(path$1`/tokens/${id}`)
	};
}
/**
* The user's environment, and settings for this push that take precedence over theirs: the token as a header for this
* server alone, no proxy on the way to it, nobody who is asked for a password, and only the push options given here.
*
* @param url of the server
*/
function pushEnvironment(env, url, token) {
	const settings = [
		[`http.${url}/.extraHeader`, ""],
		[`http.${url}/.extraHeader`, `Authorization: Bearer ${token}`],
		[`http.${url}/.proxy`, ""],
		[`http.${url}/.followRedirects`, "false"],
		["credential.helper", ""],
		["push.pushOption", ""]
	];
	const first = Number(env["GIT_CONFIG_COUNT"] ?? 0) || 0;
	return {
		...env,
		GIT_TERMINAL_PROMPT: "0",
		GIT_ASKPASS: "",
		GIT_CONFIG_COUNT: String(first + settings.length),
		...Object.fromEntries(settings.flatMap(([key, value], index) => [[`GIT_CONFIG_KEY_${first + index}`, key], [`GIT_CONFIG_VALUE_${first + index}`, value]]))
	};
}
/**
* What became of the one ref that was pushed, from the output of `git push --porcelain` (git-push(1), OUTPUT).
* `rejected`: by this git, which knows that commits would be lost; `refused`: by the server.
*/
function readPorcelain(stdout, exitCode) {
	const [, flag, summary = ""] = /^([ +*!=-])\t[^\t]*\t(.*)$/m.exec(stdout) ?? [];
	if (flag === "!") return {
		status: summary.startsWith("[remote") ? "refused" : "rejected",
		summary
	};
	if (flag === void 0 || exitCode !== 0) return {
		status: "failed",
		summary
	};
	return {
		status: flag === "=" ? "up to date" : "pushed",
		summary
	};
}
// src/cli/server-push.ts
/**
* Pushes a commit to the deploy branch, and git shows the deployment. Null when there was nothing to push.
*
* @throws UserError when it was not accepted
*/
async function deployByPush(client, target, { force, rebuild, allow_remove }) {
	const { app, signal } = target;
	const { branch } = await client.get(path$1`/apps/${app}`);
	const before = await newestDeployment(client, app);
	const push = await pushCommit(client, {
		...target,
		branch,
		force,
		options: [...rebuild ? ["rebuild"] : [], ...allow_remove ? ["allow-remove"] : []],
		stderr: "inherit"
	});
	if (push.status === "up to date") return null;
	const newest = await newestDeployment(client, app);
	const made = newest !== null && newest.number > (before?.number ?? 0) ? newest : null;
	if (signal.aborted) return {
		number: made?.number ?? null,
		outcome: null
	};
	return {
		number: made?.number ?? null,
		outcome: outcomeOf(push, made)
	};
}
/** Brings a commit to the server without deploying it. */
async function handOver(client, target) {
	const { branch } = await client.get(path$1`/apps/${target.app}`);
	const push = await pushCommit(client, {
		...target,
		branch,
		force: true,
		options: ["dry-run"],
		stderr: "pipe"
	});
	if (target.signal.aborted) throw new CancelledError("cancelled: nothing was changed");
	if (push.status === "failed") note(push.stderr.trimEnd());
}
async function newestDeployment(client, app) {
	return (await client.get(withQuery(path$1`/apps/${app}/deployments`, { limit: 1 })))[0] ?? null;
}
/** What the server had to say, git has shown already; that it ended badly is what is left. */
function outcomeOf({ status, summary, exitCode }, made) {
	if (status === "rejected") throw new UserError(`git did not push this: ${clean(summary)}`, { hint: "merge what the branch has, or drop it with --force" });
	if (status === "failed") throw new DeployError(`git push ended with exit code ${exitCode ?? "of a signal"}`);
	if (status !== "refused") return "succeeded";
	const problem = `not deployed: ${clean(summary)}`;
	if (made === null || made.finished_at === null) throw new DeployError(problem);
	note(linesIn(hasColour(process.stderr)).problem(problem));
	return made.status;
}
// src/cli/server-control.ts
/** What the API takes as the title of a deployment. */
const LONGEST_TITLE = 300;
/** An app of a server, which is asked over HTTP. Deployments go on there whoever watches. */
var ServerControl = class {
	app;
	#client;
	/** The checkout. */
	#folder;
	constructor(client, app, folder) {
		this.#client = client;
		this.app = app;
		this.#folder = folder;
	}
	running() {
		return this.#client.get(path$1`/apps/${this.app}/running`);
	}
	/** The commit is handed over first where the server lacks it. */
	async plan(commit, wish, signal) {
		const sha = await resolveCommit(this.#folder, commit);
		const ask = () => this.#client.post(path$1`/apps/${this.app}/plans`, {
			commit: sha ?? commit,
			...wish
		});
		try {
			return await ask();
		} catch (error) {
			if (sha === null || !(error instanceof NotFoundError)) throw error;
			await handOver(this.#client, {
				folder: this.#folder,
				app: this.app,
				sha,
				signal
			});
			return ask();
		}
	}
	/** Pushes the commit, or deploys it again where there is nothing to push. */
	async deploy(commit, wish, watching) {
		const sha = await resolveCommit(this.#folder, commit);
		if (sha !== null) {
			const target = {
				folder: this.#folder,
				app: this.app,
				sha,
				signal: watching.signal
			};
			const pushed = await deployByPush(this.#client, target, wish);
			if (pushed?.outcome === null && pushed.number !== null) this.#noteThatItGoesOn(pushed.number);
			if (pushed !== null) return pushed;
		}
		const { rebuild, allow_remove } = wish;
		const body = {
			commit: sha ?? commit,
			rebuild,
			allow_remove
		};
		return this.#follow(await this.#client.post(path$1`/apps/${this.app}/deployments`, body), watching);
	}
	async rollback(release, watching) {
		return this.#follow(await this.#client.post(path$1`/apps/${this.app}/rollbacks`, { release }), watching);
	}
	async operate(title, operate, watching) {
		const body = {
			title: title.slice(0, LONGEST_TITLE),
			operate
		};
		return this.#follow(await this.#client.post(path$1`/apps/${this.app}/operations`, body), watching);
	}
	deployments(limit) {
		return this.#client.get(withQuery(path$1`/apps/${this.app}/deployments`, { limit }));
	}
	deployment(number) {
		return this.#client.get(path$1`/apps/${this.app}/deployments/${number}`);
	}
	events(number, follow, signal) {
		const url = withQuery(path$1`/apps/${this.app}/deployments/${number}/events`, { follow });
		return this.#client.events("GET", url, null, signal);
	}
	cancel(number) {
		return this.#client.post(path$1`/apps/${this.app}/deployments/${number}/cancel`);
	}
	releases(limit) {
		return this.#client.get(withQuery(path$1`/apps/${this.app}/releases`, { limit }));
	}
	release(number) {
		return this.#client.get(path$1`/apps/${this.app}/releases/${number}`);
	}
	variables() {
		return this.#client.get(path$1`/apps/${this.app}/variables`);
	}
	setVariable({ name, ...variable }) {
		return this.#client.put(path$1`/apps/${this.app}/variables/${name}`, variable);
	}
	unsetVariable(name, process) {
		const variable = path$1`/apps/${this.app}/variables/${name}`;
		return this.#client.delete(process === null ? variable : withQuery(variable, { process }));
	}
	async *run(words, signal) {
		let hasEnded = false;
		const events = this.#client.events("POST", path$1`/apps/${this.app}/runs`, words, signal);
		for await (const event of events) {
			hasEnded = "reason" in event;
			yield event;
		}
		if (!hasEnded && !signal.aborted) throw new ServerError("the server stopped telling about the command before it ended");
	}
	logs({ process, signal, ...wish }) {
		const query = {
			...wish,
			...process !== null && { process }
		};
		return this.#client.events("GET", withQuery(path$1`/apps/${this.app}/logs`, query), null, signal);
	}
	startTask(words, initiated_by) {
		return this.#client.post(path$1`/apps/${this.app}/tasks`, {
			...words,
			initiated_by
		});
	}
	tasks(limit) {
		return this.#client.get(withQuery(path$1`/apps/${this.app}/tasks`, { limit }));
	}
	task(id) {
		return this.#client.get(path$1`/apps/${this.app}/tasks/${id}`);
	}
	taskLogs(id, { follow, signal }) {
		const url = withQuery(path$1`/apps/${this.app}/tasks/${id}/logs`, { follow });
		return this.#client.events("GET", url, null, signal);
	}
	deleteTask(id) {
		return this.#client.delete(path$1`/apps/${this.app}/tasks/${id}`);
	}
	/** The first Ctrl-C ends the watching only: like one that came with a push, the deployment goes on. */
	async #follow({ number }, { show, signal }) {
		let outcome = null;
		for await (const event of this.events(number, true, signal)) {
			show(event);
			if (event.type === "deployment.finished") outcome = event.outcome;
		}
		if (outcome === null && !signal.aborted) throw new ServerError(`the server stopped telling about deployment #${number} before it ended`, { hint: `see what became of it: gantry deployment show ${number}` });
		if (outcome === null) this.#noteThatItGoesOn(number);
		return {
			number,
			outcome
		};
	}
	/** Says how to come back to a deployment that nobody watches any more. */
	#noteThatItGoesOn(number) {
		note(`-----> Deployment ${number} of ${this.app} goes on without you`);
		note(`       Watch it with \`gantry deployment logs ${number} --app ${this.app} -f\``);
		note(`       Cancel it with \`gantry deployment cancel ${number} --app ${this.app}\``);
	}
};
// src/cli/connect.ts
/** The server of a home. */
function connect({ home }) {
	return new Client(homeFolder(home));
}
/**
* The app that is meant, where it runs. A home or a git remote `gantry` mean a server; else a config that says
* `engine: ecs` means that there is none, and this process does the work.
*
* @throws ConfigError when the config of the checkout is needed and wrong
*/
async function connectToApp(options) {
	const remote = await appOfRemote(options.dir);
	const config = options.home || remote !== null ? null : await readEngineConfig(options);
	if (config === null) return connectToServer(options, remote);
	const [{ EngineControl }, { engine, ...remoteControl }] = await Promise.all([import("./engine-control.js"), openEngine(config)]);
	const { name, environment } = config;
	return new EngineControl({
		engine,
		remote: remoteControl,
		app: {
			name,
			environment
		},
		folder: options.dir,
		clock: systemClock
	});
}
async function connectToServer(options, remote) {
	const client = connect(options);
	const app = options.app || remote || await onlyApp(client);
	if (options.environment) await checkEnvironment(client, app, options.environment);
	return new ServerControl(client, app, options.dir);
}
/** An app of a server has one environment, and it is not for a command to choose it. */
async function checkEnvironment(client, app, wanted) {
	const { environment } = await client.get(path$1`/apps/${app}`);
	if (wanted === environment) return;
	throw new UserError(`${app} has no environment ${wanted} on this server, only ${environment}`, { hint: `leave --environment out, or change what it is: gantry app set ${app} environment=${wanted}` });
}
async function onlyApp(client) {
	const [only, ...others] = (await client.get(path$1`/apps`)).map(({ name }) => name);
	if (only === void 0) throw new UserError("the server has no apps yet", { hint: "make one: gantry app create NAME" });
	if (others.length === 0) return only;
	throw new UserError(`which app? There are ${[only, ...others].join(", ")}`, { hint: "name it with --app NAME or GANTRY_APP, or run this in a checkout that has a git remote `gantry`" });
}
export { connectToApp as n, connect as t };
