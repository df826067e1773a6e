import { n as systemClock } from "./clock.js";
import { i as NotFoundError, s as UserError } from "./errors.js";
import { n as requestCommit } from "./requests.js";
import { t as Repository } from "./repository.js";
import { resolve } from "node:path";
// src/action/project.ts
/**
* Reads the config at the commit out of git's objects: what is in the work tree does not count.
*
* @throws ConfigError, and UserErrors for a checkout that lacks what is needed
*/
async function readProject(inputs, run) {
	const repository = await openCheckout(resolve(run.workspace, inputs.workingDirectory));
	const commit = await findCommit(repository, run.sha);
	const [{ readConfig }, { configFiles }] = await Promise.all([import("./read2.js"), import("./config-files.js")]);
	const config = inputs.config ?? void 0;
	const { app } = await readConfig(configFiles(repository, commit), {
		name: inputs.app ?? run.repo.repo,
		environment: inputs.environment,
		config
	});
	const id = {
		name: inputs.app ?? app.name,
		environment: inputs.environment
	};
	const overrides = overridesOf(inputs);
	const { region, cluster } = {
		...app.ecs,
		...overrides.ecs
	};
	return {
		app: id,
		where: {
			region,
			cluster
		},
		request: (engine) => requestCommit(engine, id, {
			repository,
			commit,
			config,
			overrides,
			rebuild: inputs.rebuild,
			allow_remove: inputs.allowRemove,
			clock: systemClock,
			buildEnvironment: process.env
		})
	};
}
/** Loads the engine: much hangs on it, and there is something to say before. */
async function openEngine(where) {
	const { openEcs } = await import("./open.js");
	return openEcs(where);
}
async function openCheckout(folder) {
	try {
		return await Repository.open(folder);
	} catch (error) {
		if (!(error instanceof NotFoundError)) throw error;
		throw new UserError(`${folder} is no checkout`, {
			hint: "put a step with actions/checkout before this one; with a `path` of its own, name that in `working-directory`",
			cause: error
		});
	}
}
async function findCommit(repository, sha) {
	const commit = await repository.resolve(sha);
	if (commit !== null) return commit;
	throw new UserError(`commit ${sha.slice(0, 12)} is not in the checkout`, { hint: "this deploys the commit that the workflow runs for: leave `ref` out of actions/checkout, or give it `fetch-depth: 0`" });
}
/** What the workflow says lies over what the config says. */
function overridesOf(inputs) {
	const { region, cluster, subnets, securityGroups, assignPublicIp, namespace } = inputs;
	const { executionRole, taskRole, schedulerRole } = inputs;
	return {
		ecs: {
			...region !== null && { region },
			...cluster !== null && { cluster },
			...subnets.length > 0 && { subnets },
			...securityGroups.length > 0 && { security_groups: securityGroups },
			...assignPublicIp !== null && { assign_public_ip: assignPublicIp },
			...namespace !== null && { namespace },
			...executionRole !== null && { execution_role: executionRole },
			...taskRole !== null && { task_role: taskRole },
			...schedulerRole !== null && { scheduler_role: schedulerRole }
		},
		image: inputs.image
	};
}
export { readProject as n, openEngine as t };
