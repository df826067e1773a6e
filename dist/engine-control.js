import { i as NotFoundError, s as UserError, t as CancelledError } from "./errors.js";
import { t as deployHere } from "./deploy-here.js";
import { a as logQueryOf, i as runConfigured, n as findRun, o as findDeployment, r as openShell, t as deleteRun } from "./task-runs.js";
import { a as parseOperations, i as requestRollback, n as requestCommit, o as preview, r as requestOperation } from "./requests.js";
import { i as runOnce, r as runEventsUntil, t as parseRun } from "./run-once.js";
import { n as setVariable, r as unsetVariable } from "./variables.js";
import { t as Repository } from "./repository.js";
import { t as reportBug } from "./bug.js";
import { r as resolveCommit } from "./checkout.js";
import { r as note } from "./output.js";
import { t as clean } from "./clean.js";
import { r as askGit } from "./user-git.js";
import { userInfo } from "node:os";
// src/cli/who.ts
const LONGEST = 100;
/** Who uses the command line, for people who read the ledger: by their git's settings, else by their login. */
async function whoAmI(folder) {
	for (const setting of ["user.name", "user.email"]) {
		const who = clean(await askGit(folder, [
			"config",
			"--get",
			setting
		]) ?? "", LONGEST);
		if (who !== "") return who;
	}
	return clean(login(), LONGEST) || "somebody";
}
/** A user id that no table names has no login: containers are started with any. */
function login() {
	try {
		return userInfo().username;
	} catch {
		return `user ${process.getuid?.() ?? ""}`;
	}
}
// src/cli/engine-control.ts
/** An app on an engine that needs no server: this process does what a server would. */
var EngineControl = class {
	app;
	#engine;
	#remote;
	#id;
	#folder;
	#clock;
	constructor({ engine, remote, app, folder, clock }) {
		this.app = app.name;
		this.#engine = engine;
		this.#remote = remote;
		this.#id = app;
		this.#folder = folder;
		this.#clock = clock;
	}
	running({ instances = false } = {}) {
		return this.#engine.observe(this.#id, { instances });
	}
	async plan(commit, { allow_remove, refresh }, signal) {
		const { request } = await this.#request(commit, {
			rebuild: false,
			allow_remove
		});
		try {
			const wanted = await request.want();
			return (await preview(this.#engine, this.#id, wanted, request.plan, {
				refresh,
				signal
			})).plan;
		} catch (error) {
			if (signal.aborted) throw new CancelledError("cancelled: nothing was changed", { cause: error });
			throw error;
		}
	}
	async deploy(commit, wish, watching) {
		return this.#carryOut(await this.#request(commit, wish), watching);
	}
	async rollback(release, watching) {
		return this.#carryOut(await requestRollback(this.#engine, this.#id, release), watching);
	}
	async operate(title, words, watching) {
		const changes = await parseOperations(words);
		return this.#carryOut(await requestOperation(this.#engine, this.#id, title, changes), watching);
	}
	deployments(limit) {
		return this.#engine.ledger.deployments(this.#id, limit);
	}
	deployment(number) {
		return findDeployment(this.#engine.ledger, this.#id, number);
	}
	async *events(number, follow, signal) {
		const { finished_at } = await this.deployment(number);
		const lines = this.#remote.log.read(this.#id, number, follow && finished_at === null, signal);
		for await (const line of lines) yield JSON.parse(line);
	}
	async cancel(number) {
		const deployment = await this.deployment(number);
		if (deployment.finished_at !== null) throw new UserError(`deployment #${number} has ended already: ${deployment.status}`);
		await this.#remote.cancel(this.#id, number);
		note(`-----> The deployer of #${number} is asked to stop, and sees that within 20 s`);
		return deployment;
	}
	releases(limit) {
		return this.#engine.ledger.releases(this.#id, limit);
	}
	async release(number) {
		const release = await this.#engine.ledger.release(this.#id, number);
		if (release !== null) return release;
		throw new NotFoundError(`${this.app} has no release v${number}`);
	}
	async variables() {
		return (await this.running()).variables;
	}
	setVariable(variable) {
		return setVariable(this.#engine, this.#id, variable);
	}
	unsetVariable(name, process) {
		return unsetVariable(this.#engine, this.#id, name, process);
	}
	async *run(words, signal) {
		yield* runEventsUntil(await this.#run(words, null), signal, reportBug);
	}
	async #run(words, initiated_by) {
		const request = await parseRun(words);
		const by = initiated_by ?? await whoAmI(this.#folder);
		return runOnce(this.#engine, this.#id, {
			...request,
			initiated_by: by
		});
	}
	async openShell(words, io) {
		return openShell(this.#engine, this.#id, words, await whoAmI(this.#folder), io);
	}
	async startTask(words, initiated_by) {
		return (await this.#run(words, initiated_by)).run;
	}
	async startConfigured(task, initiated_by) {
		const by = initiated_by ?? await whoAmI(this.#folder);
		return (await runConfigured(this.#engine, this.#id, task, by)).run;
	}
	tasks(limit) {
		return this.#engine.taskRuns.list(this.#id, limit);
	}
	task(id) {
		return findRun(this.#engine, this.#id, id);
	}
	taskLogs(id, query) {
		return this.#engine.taskRuns.logs(this.#id, id, query);
	}
	async deleteTask(id) {
		return deleteRun(this.#engine, this.#id, id, await whoAmI(this.#folder));
	}
	async *logs({ signal, ...wish }) {
		const query = await logQueryOf(this.#engine, this.#id, wish);
		yield* this.#engine.logs(this.#id, {
			...query,
			signal
		});
	}
	async #request(revision, { rebuild, allow_remove }) {
		const commit = await resolveCommit(this.#folder, revision);
		if (commit === null) throw new NotFoundError(`there is no commit ${JSON.stringify(revision.slice(0, 80))} in this checkout`, { hint: "fetch it first" });
		const repository = await Repository.open(this.#folder);
		const buildEnvironment = process.env;
		const options = {
			repository,
			commit,
			rebuild,
			allow_remove,
			clock: this.#clock,
			buildEnvironment
		};
		return requestCommit(this.#engine, this.#id, options);
	}
	/** The first Ctrl-C cancels the deployment: nobody else would carry it on. */
	async #carryOut(requested, { show, signal }) {
		const sayCancelled = () => {
			note("-----> Cancelling: what is in flight is rolled back");
			note("       Ctrl-C again leaves at once, and the next deployment completes what is left");
		};
		signal.addEventListener("abort", sayCancelled, { once: true });
		try {
			const by = await whoAmI(this.#folder);
			const request = {
				app: this.#id,
				by,
				...requested
			};
			const io = {
				signal,
				clock: this.#clock,
				emit: show,
				onBug: reportBug
			};
			const { number, outcome } = await deployHere(this.#engine, this.#remote.log, request, io);
			return {
				number,
				outcome
			};
		} finally {
			signal.removeEventListener("abort", sayCancelled);
		}
	}
};
export { EngineControl };
