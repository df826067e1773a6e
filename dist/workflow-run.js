import { c as messageOf, s as UserError, t as CancelledError } from "./errors.js";
import { t as clean } from "./clean.js";
import { i as notice, l as warning, s as setSecret } from "./core.js";
import { n as parseDuration, r as showDuration } from "./duration.js";
import { n as commentOf, t as commentMarker } from "./comment.js";
import { t as suggest } from "./suggest.js";
import { readFile } from "node:fs/promises";
// src/action/github/octokit.ts
/** Milliseconds until GitHub must have answered: nothing waits for it that matters more. */
const PATIENCE = 2e4;
/** A client with the token of the workflow. Loaded when it is needed: it takes longer than all that comes before. */
async function openOctokit(token) {
	const { getOctokit } = await import("./github.js");
	const octokit = getOctokit(token);
	octokit.hook.wrap("request", (request, options) => request({
		...options,
		request: {
			...options.request,
			signal: AbortSignal.timeout(PATIENCE)
		}
	}));
	return octokit;
}
/** Whether GitHub refused this for want of a right: on pull requests from forks the token can only read. */
function isForbidden(error) {
	const { status } = error;
	return (status === 403 || status === 404) && !/rate limit/i.test(messageOf(error));
}
// src/action/github/courtesy.ts
/**
* Tells GitHub something. That it cannot be told fails nothing: what is said here is in the log and the summary as well.
*
* @param what completes "left out": `the comment on the pull request`
* @param permission that a workflow has to give for it
*/
async function courteously(what, permission, tell) {
	try {
		return await tell();
	} catch (error) {
		if (isForbidden(error)) notice(`${what} is left out: the token has no \`${permission}\`, as on pull requests from forks`);
		else warning(`${what} is left out: ${clean(messageOf(error))}`);
		return null;
	}
}
// src/action/github/deployment.ts
/** What GitHub takes: https://docs.github.com/rest/deployments/statuses */
const LONGEST_DESCRIPTION = 140;
const STATES = {
	succeeded: "success",
	unchanged: "success",
	failed: "failure",
	rolled_back: "failure",
	rollback_failed: "failure",
	refused: "failure",
	cancelled: "error",
	interrupted: "error",
	superseded: "inactive"
};
/** A deployment as GitHub shows it beside a commit and on the environment's page: its id. It is in progress. */
async function beginDeployment(octokit, repo, options) {
	const { app, sha } = options;
	const { data } = await octokit.rest.repos.createDeployment({
		...repo,
		ref: sha,
		environment: environmentName(repo, options),
		task: `deploy:${app}`,
		description: `Gantry deploys ${app}`,
		auto_merge: false,
		required_contexts: []
	});
	if (!("id" in data)) throw new Error("GitHub did not create the deployment");
	await report(octokit, repo, {
		id: data.id,
		state: "in_progress",
		description: "Deploying",
		...options
	});
	return data.id;
}
async function endDeployment(octokit, repo, ended) {
	await report(octokit, repo, {
		...ended,
		state: STATES[ended.outcome]
	});
}
/**
* A deployment that succeeds makes the others of its environment inactive, so several apps of a repository must not
* share one.
*/
function environmentName({ repo }, { app, environment }) {
	return [...app === repo ? [] : [app], ...environment === "default" ? [] : [environment]].join(" ") || app;
}
async function report(octokit, repo, { id, state, description, logUrl }) {
	await octokit.rest.repos.createDeploymentStatus({
		...repo,
		deployment_id: id,
		state,
		description: description.slice(0, LONGEST_DESCRIPTION),
		log_url: logUrl,
		auto_inactive: true
	});
}
// src/action/github/merged-pull-request.ts
/** The number of the pull request that brought a commit to a branch; null where there is none. */
async function mergedPullRequest(octokit, repo, { sha, branch }) {
	const { data } = await octokit.rest.repos.listPullRequestsAssociatedWithCommit({
		...repo,
		commit_sha: sha
	});
	const merged = data.filter(({ merged_at, base }) => merged_at !== null && base.ref === branch);
	return (merged.find(({ merge_commit_sha }) => merge_commit_sha === sha) ?? merged[0])?.number ?? null;
}
// src/action/github/sticky-comment.ts
/**
* Keeps one comment with a marker up to date. Ours is the one that begins with the marker and that we wrote: anybody
* can write a marker. All pages are read: on a long pull request ours is not on the first.
*/
async function upsertComment(octokit, target, marker, body) {
	const author = await viewer(octokit);
	const ours = (await octokit.paginate(octokit.rest.issues.listComments, {
		...target,
		per_page: 100
	})).find((comment) => comment.body?.startsWith(marker) && withoutBot(comment.user?.login ?? "") === author);
	if (ours === void 0) {
		await octokit.rest.issues.createComment({
			...target,
			body
		});
		return "created";
	}
	if (ours.body?.replaceAll("\r\n", "\n").trim() === body.trim()) return "unchanged";
	const { owner, repo } = target;
	await octokit.rest.issues.updateComment({
		owner,
		repo,
		comment_id: ours.id,
		body
	});
	return "updated";
}
/** Whom this token belongs to. The REST API does not tell it to an installation's token. */
async function viewer(octokit) {
	const { viewer } = await octokit.graphql("query { viewer { login } }");
	return withoutBot(viewer.login);
}
function withoutBot(login) {
	return login.replace(/\[bot\]$/, "");
}
// src/action/github/github.ts
/** What is told to GitHub beside the log. Nothing of it fails the job; without a token nothing is told. */
var GitHub = class {
	#wishes;
	#run;
	#octokit = null;
	constructor(wishes, run) {
		this.#wishes = wishes;
		this.#run = run;
	}
	/** Brings the one comment about an app up to date, on the pull request of this run or the one that was merged by it. */
	async comment(subject, report) {
		const { githubToken, comment } = this.#wishes;
		if (!comment || githubToken === "") return;
		await courteously("the comment on the pull request", "pull-requests: write", async () => {
			const octokit = await this.#open();
			const number = await this.#pullRequest(octokit);
			if (number === null) return;
			await upsertComment(octokit, {
				...this.#run.repo,
				issue_number: number
			}, commentMarker(subject), commentOf(subject, report));
		});
	}
	/** Gives its id; null where there is none. */
	async beginDeployment({ app, environment }) {
		const { githubToken, githubDeployment } = this.#wishes;
		if (!githubDeployment || githubToken === "") return null;
		const { repo, sha, url } = this.#run;
		return courteously("the deployment on GitHub", "deployments: write", async () => beginDeployment(await this.#open(), repo, {
			sha,
			app,
			environment,
			logUrl: url
		}));
	}
	async endDeployment(id, outcome, description) {
		if (id === null) return;
		const { repo, url } = this.#run;
		const ended = {
			id,
			outcome,
			description: clean(description),
			logUrl: url
		};
		await courteously("how the deployment ended", "deployments: write", async () => endDeployment(await this.#open(), repo, ended));
	}
	async #pullRequest(octokit) {
		const { event, pullRequest, repo, sha, ref: branch } = this.#run;
		if (pullRequest !== null) return pullRequest.number;
		return event === "push" ? mergedPullRequest(octokit, repo, {
			sha,
			branch
		}) : null;
	}
	#open() {
		this.#octokit ??= openOctokit(this.#wishes.githubToken);
		return this.#octokit;
	}
};
// src/action/inputs.ts
const PREFIX = "INPUT_";
const DEFAULT_COMMANDS = {
	pull_request: "plan",
	pull_request_target: "plan",
	merge_group: "plan",
	push: "deploy",
	workflow_dispatch: "deploy"
};
/** As in action.yml, which a test compares. */
const INPUT_NAMES = [
	"command",
	"run",
	"environment",
	"app",
	"config",
	"working-directory",
	"image",
	"rebuild",
	"dry-run",
	"allow-remove",
	"timeout",
	"aws-region",
	"cluster",
	"subnets",
	"security-groups",
	"assign-public-ip",
	"namespace",
	"execution-role",
	"task-role",
	"scheduler-role",
	"comment",
	"github-deployment",
	"github-token"
];
/**
* @param environment where the runner puts what a workflow gives: `INPUT_DRY-RUN`
* @throws UserError that names every input that is wrong
*/
function readInputs(eventName, environment) {
	const problems = unknownInputs(environment);
	const getInput = (name) => (environment[variableOf(name)] ?? "").trim();
	const read = (name, parse) => {
		const text = getInput(name);
		if (text === "") return null;
		try {
			return parse(text);
		} catch (error) {
			problems.push(`${name}: ${error.message}`);
			return null;
		}
	};
	const flag = (name) => read(name, booleanOf);
	const githubToken = getInput("github-token");
	if (githubToken !== "") setSecret(githubToken);
	const inputs = {
		command: read("command", commandOf) ?? commandFor(eventName, problems),
		config: read("config", String),
		app: read("app", nameOf),
		environment: read("environment", nameOf) ?? "default",
		region: read("aws-region", String),
		cluster: read("cluster", String),
		subnets: words(getInput("subnets")),
		securityGroups: words(getInput("security-groups")),
		assignPublicIp: flag("assign-public-ip"),
		namespace: read("namespace", String),
		executionRole: read("execution-role", String),
		taskRole: read("task-role", String),
		schedulerRole: read("scheduler-role", String),
		image: read("image", String),
		run: read("run", String),
		rebuild: flag("rebuild") ?? false,
		dryRun: flag("dry-run") ?? false,
		allowRemove: flag("allow-remove") ?? false,
		comment: flag("comment") ?? true,
		githubDeployment: flag("github-deployment") ?? true,
		timeout: read("timeout", durationOf),
		githubToken,
		workingDirectory: read("working-directory", String) ?? "."
	};
	if (inputs.command === "run" && inputs.run === null) problems.push("run: `command: run` needs it");
	if (problems.length > 0) throw new UserError(problems.join("; "), { hint: "README.md of the Action describes its inputs" });
	return inputs;
}
/** The runner hands on what no action has, with no more than a warning. */
function unknownInputs(environment) {
	const known = new Set(INPUT_NAMES.map(variableOf));
	return Object.keys(environment).filter((variable) => variable.startsWith(PREFIX) && !known.has(variable)).map((variable) => {
		const name = variable.slice(6).toLowerCase();
		const meant = suggest(name, INPUT_NAMES);
		return `${name}: there is no such input${meant === null ? "" : `; did you mean ${meant}?`}`;
	});
}
function variableOf(name) {
	return PREFIX + name.toUpperCase();
}
/** What may still be merged is only looked at; what is on its branch is wanted. Of other events nobody knows. */
function commandFor(eventName, problems) {
	const command = DEFAULT_COMMANDS[eventName];
	if (command === void 0) problems.push(`command: on ${eventName} it must say plan, deploy or run`);
	return command ?? "plan";
}
function commandOf(text) {
	if (text === "plan" || text === "deploy" || text === "run") return text;
	throw new Error(`must be plan, deploy or run, not ${JSON.stringify(text)}`);
}
function nameOf(text) {
	if (/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(text) && text.length <= 63) return text;
	throw new Error(`must be lower-case letters, digits and single hyphens, 63 at most, not ${JSON.stringify(text)}`);
}
function durationOf(text) {
	const seconds = parseDuration(text);
	if (seconds === null) throw new Error(`must be a duration such as 20m, not ${JSON.stringify(text)}`);
	return seconds;
}
/** As YAML 1.2 has it, which is what the runner's own tools take: https://yaml.org/spec/1.2.2/#103-core-schema */
function booleanOf(text) {
	if (/^(?:true|True|TRUE)$/.test(text)) return true;
	if (/^(?:false|False|FALSE)$/.test(text)) return false;
	throw new Error(`must be true or false, not ${JSON.stringify(text)}`);
}
function words(text) {
	return text.split(/[\s,]+/).filter((word) => word !== "");
}
// src/action/stop.ts
/**
* Fires when the job is cancelled: the runner sends SIGINT, 7.5 s later SIGTERM, and kills 2.5 s after that
* (https://github.com/actions/runner/blob/main/src/Runner.Sdk/ProcessInvoker.cs). All of that time is used: what is left
* then is for the post step.
*/
function stopSignal(timeout) {
	const cancelled = new AbortController();
	for (const name of ["SIGINT", "SIGTERM"]) process.on(name, () => cancelled.abort(new CancelledError("the job was cancelled")));
	if (timeout === null) return cancelled.signal;
	const late = new AbortController();
	const reason = new CancelledError(`it took longer than its timeout of ${showDuration(timeout)}`);
	setTimeout(() => late.abort(reason), timeout * 1e3).unref();
	return AbortSignal.any([cancelled.signal, late.signal]);
}
// src/action/workflow-run.ts
async function readWorkflowRun(environment) {
	const read = (name) => {
		const value = environment[name];
		if (value === void 0 || value === "") throw new UserError(`${name} is not set`, { hint: "this runs as a step of a GitHub workflow only" });
		return value;
	};
	const [owner = "", repo = ""] = read("GITHUB_REPOSITORY").split("/");
	const { GITHUB_SERVER_URL: server = "https://github.com", GITHUB_RUN_ATTEMPT: attempt = "1" } = environment;
	return {
		event: read("GITHUB_EVENT_NAME"),
		sha: read("GITHUB_SHA"),
		repo: {
			owner,
			repo
		},
		actor: environment["GITHUB_ACTOR"] ?? "somebody",
		ref: environment["GITHUB_REF_NAME"] ?? "",
		url: `${server}/${owner}/${repo}/actions/runs/${read("GITHUB_RUN_ID")}/attempts/${attempt}`,
		workspace: read("GITHUB_WORKSPACE"),
		pullRequest: await readPullRequest(environment["GITHUB_EVENT_PATH"], `${owner}/${repo}`)
	};
}
async function readPullRequest(path, repository) {
	if (path === void 0) return null;
	const { pull_request: pull } = JSON.parse(await readFile(path, "utf8"));
	if (pull === void 0) return null;
	return {
		number: pull.number,
		head: pull.head.sha,
		isFork: pull.head.repo?.full_name !== repository
	};
}
export { GitHub as i, stopSignal as n, readInputs as r, readWorkflowRun as t };
