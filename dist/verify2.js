import { c as messageOf, s as UserError } from "./errors.js";
import { n as ok, r as skipped, t as failed } from "./check.js";
import { i as isOurs, n as findTool, t as describeTool } from "./docker-tool.js";
import { a as logGroup, d as serviceName, l as repositoryName, o as nameOfArn } from "./names2.js";
import { A as DEMAND, E as describeServices, R as strategyOf, c as sameRole, dt as isDenied, ft as isNamed, lt as problemOf, r as parseReference, y as revisionOf, z as States } from "./controller.js";
import { t as pLimit } from "./p-limit.js";
// src/engine/ecs/verify/cluster.ts
/** Looks at the cluster, and at whether it has the capacity providers that the processes ask for. */
async function findCluster({ aws, cluster: name }, app) {
	const ecs = await aws.ecs();
	const subject = `cluster ${name}`;
	const { clusters: [cluster] = [] } = await ecs.describeClusters({ clusters: [name] });
	const make = `aws ecs create-cluster --cluster-name ${name} --capacity-providers FARGATE FARGATE_SPOT`;
	if (cluster === void 0 || cluster.status === "INACTIVE") {
		const region = await aws.region();
		return {
			checks: [failed(subject, `there is none in ${region}`, `name another under \`ecs.cluster\`, or make it: ${make}`)],
			home: null
		};
	}
	const home = homeOf(cluster.clusterArn);
	if (cluster.status !== "ACTIVE") return {
		checks: [failed(subject, `it is ${cluster.status}`, "wait until it is ACTIVE, or name another one")],
		home
	};
	return {
		checks: [ok(subject, `in ${home.region}, account ${home.account}`), providersCheck(name, app, cluster.capacityProviders ?? [])],
		home
	};
}
function providersCheck(cluster, app, has) {
	const subject = "capacity providers";
	const wanted = /* @__PURE__ */ new Set([...app.processes.flatMap((each) => strategyOf(each).map((item) => item.capacityProvider)), ...app.tasks.length > 0 ? [DEMAND] : []]);
	const missing = [...wanted].filter((each) => !has.includes(each));
	if (missing.length === 0) return ok(subject, [...wanted].join(", ") || "none is needed");
	const all = [.../* @__PURE__ */ new Set([...has, ...wanted])].join(" ");
	return failed(subject, `the cluster has no ${missing.join(" and no ")}`, `aws ecs put-cluster-capacity-providers --cluster ${cluster} --capacity-providers ${all} --default-capacity-provider-strategy capacityProvider=${[...wanted][0]}`);
}
function homeOf(clusterArn) {
	const [, partition = "", , region = "", account = ""] = clusterArn.split(":");
	return {
		partition,
		region,
		account
	};
}
// src/engine/ecs/verify/look.ts
/**
* What looking at something has found. What may not be looked at is skipped: who deploys may do without. Any other refusal
* of AWS is a failure of the thing itself.
*/
async function look(subject, ask) {
	try {
		return [await ask()].flat();
	} catch (error) {
		const problem = problemOf(error, `look at the ${subject}`);
		if (isDenied(error) || isDenied(error.cause)) return [skipped(subject, "the credentials may not look at it", hintOf(problem))];
		if (problem instanceof UserError) return [failed(subject, problem.message, hintOf(problem))];
		if (isRefusal(error)) return [failed(subject, messageOf(error), "correct what the config says of it")];
		throw error;
	}
}
function hintOf(problem) {
	return problem instanceof UserError ? problem.hint ?? null : null;
}
/** Whether AWS says that it was asked for something wrong: a name that cannot be one, an ARN of something else. */
function isRefusal(error) {
	return error.$fault === "client";
}
// src/engine/ecs/verify/images.ts
/** `123456789012.dkr.ecr.eu-west-1.amazonaws.com/relay:1.4` */
const ECR = /^(?<account>\d{12})\.dkr\.ecr\.(?<region>[a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/(?<name>[^:@]+)(?::(?<tag>[^@]+))?(?:@(?<digest>sha256:[0-9a-f]{64}))?$/;
/** What platforms of images call the architectures. */
const ARCHITECTURES = {
	x86_64: "amd64",
	arm64: "arm64"
};
/** Looks at where built images go, and at those that are pinned. */
async function imageChecks(account, app, home) {
	const components = [...app.processes, ...app.tasks];
	return (await Promise.all([components.some((each) => each.image === null) ? repositoryCheck(account, app) : [], ...pinsOf(app).map((pin) => pinCheck(account, home, pin))])).flat();
}
async function repositoryCheck({ aws }, app) {
	const name = repositoryName(app);
	const subject = `repository ${name}`;
	return look(subject, async () => {
		const [repository] = (await (await aws.ecr()).describeRepositories({ repositoryNames: [name] }).catch((error) => {
			if (isNamed(error, "RepositoryNotFoundException")) return null;
			throw error;
		}))?.repositories ?? [];
		return ok(subject, repository?.repositoryUri ?? "not there yet: the first build makes it");
	});
}
function pinsOf({ processes, tasks }) {
	const pins = /* @__PURE__ */ new Map();
	for (const { image, placement } of [...processes, ...tasks]) {
		if (image === null) continue;
		const pin = pins.get(image) ?? {
			reference: image,
			architectures: /* @__PURE__ */ new Set()
		};
		pin.architectures.add(ARCHITECTURES[placement?.architecture ?? "x86_64"]);
		pins.set(image, pin);
	}
	return [...pins.values()];
}
async function pinCheck({ aws }, home, { reference, architectures }) {
	const subject = `image ${reference}`;
	const { account, region, name = "", tag, digest } = ECR.exec(reference)?.groups ?? {};
	if (home === null || account !== home.account || region !== home.region) return [skipped(subject, "it is not in the registry that the cluster has beside it", `see that it is there, for ${[...architectures].join(" and ")}: docker manifest inspect ${reference}`)];
	return look(subject, async () => {
		const ecr = await aws.ecr();
		const id = digest === void 0 ? { imageTag: tag ?? "latest" } : { imageDigest: digest };
		const manifest = (await ecr.batchGetImage({
			repositoryName: name,
			imageIds: [id]
		}).catch((error) => {
			if (isNamed(error, "RepositoryNotFoundException")) return { images: [] };
			throw error;
		})).images?.[0]?.imageManifest;
		if (manifest === void 0) return failed(subject, "there is none", "push it, or correct `image` in the config");
		const built = platformsIn(manifest);
		if (built === null) return skipped(subject, "it is there, and its manifest does not say what it was built for", `see that it is ${[...architectures].join(" and ")}: docker manifest inspect -v ${reference}`);
		const missing = [...architectures].filter((each) => !built.includes(each));
		return missing.length === 0 ? ok(subject, `there, for ${built.join(", ")}`) : failed(subject, `it is for ${built.join(", ")}, and has to run on ${missing.join(" and ")}`, "build it for that too, or say `build.platform` as it is");
	});
}
/** The architectures that an index of several images lists; null for the manifest of one. */
function platformsIn(manifest) {
	const { manifests } = parsed(manifest);
	if (manifests === void 0) return null;
	const names = manifests.flatMap(({ platform }) => platform?.architecture ?? []);
	return [...new Set(names)].filter((each) => each !== "unknown");
}
function parsed(manifest) {
	try {
		return JSON.parse(manifest);
	} catch (error) {
		throw new Error(`ECR gives a manifest that is no JSON: ${messageOf(error)}`, { cause: error });
	}
}
// src/engine/ecs/verify/network.ts
/**
* Subnets, security groups and the namespace. Gantry asks neither EC2 nor Cloud Map for anything, so what it knows of them
* is what runs in them.
*/
function networkChecks({ ecs }, proven) {
	const { subnets, security_groups, namespace } = ecs;
	return [
		byWhatRuns("subnets", subnets, proven.subnets, {
			needs: "ec2:DescribeSubnets",
			command: (ids) => `aws ec2 describe-subnets --subnet-ids ${ids}`
		}),
		...security_groups.length === 0 ? [ok("security groups", "the default one of the VPC")] : [byWhatRuns("security groups", security_groups, proven.security_groups, {
			needs: "ec2:DescribeSecurityGroups",
			command: (ids) => `aws ec2 describe-security-groups --group-ids ${ids}`
		})],
		...namespace === null ? [] : [skipped(`namespace ${namespace}`, "needs servicediscovery:ListNamespaces, which Gantry never asks for", "see that it is listed: aws servicediscovery list-namespaces")]
	];
}
function byWhatRuns(subject, ids, proven, look) {
	const unknown = ids.filter((id) => !proven.has(id));
	if (unknown.length === 0) return ok(subject, ids.map((id) => `${proven.get(id)} runs in ${id}`).join(", "));
	return skipped(subject, `needs ${look.needs}, which Gantry never asks for`, `see that they are there, in one VPC: ${look.command(unknown.join(" "))}`);
}
// src/engine/ecs/verify/roles.ts
/** Who takes each role on: whom its trust policy has to name. */
const TRUSTED = {
	execution_role: "ecs-tasks.amazonaws.com",
	task_role: "ecs-tasks.amazonaws.com",
	scheduler_role: "scheduler.amazonaws.com"
};
/**
* The roles that the config names. Gantry does not ask IAM for anything, so that of a role with which nothing runs yet it
* knows only whether it could be one.
*/
function roleChecks({ ecs, tasks }, home, proven) {
	const needed = ["execution_role", "task_role"];
	if (tasks.some((each) => each.schedule !== null)) needed.push("scheduler_role");
	return needed.flatMap((key) => {
		const role = ecs[key];
		return role === null ? [] : roleCheck(key, role, home, proven);
	});
}
function roleCheck(key, role, home, proven) {
	const subject = `ecs.${key}`;
	if (home !== null && role.startsWith("arn:") && !role.startsWith(rolesOf(home))) return failed(subject, `${role} is no role of account ${home.account}, which the cluster is in`, "a role is passed on within its account: name one of this account");
	const user = [...proven.roles].find(([arn]) => sameRole(role, arn))?.[1];
	if (user !== void 0) return ok(subject, `${user} runs with ${role}`);
	const name = nameOfArn(role);
	return skipped(subject, "needs iam:GetRole, which Gantry never asks for", `see that its trust policy names ${TRUSTED[key]}: aws iam get-role --role-name ${name}`);
}
function rolesOf({ partition, account }) {
	return `arn:${partition}:iam::${account}:role/`;
}
// src/engine/ecs/verify/secrets.ts
/** DescribeParameters takes so many values: https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_ParameterStringFilter.html */
const VALUES_A_CALL = 50;
/** Looks at where the values of all secrets are. Values themselves are read only where that is asked for, and never shown. */
async function secretChecks(account, app, options) {
	const uses = usesOf(app);
	const [parameters, secrets] = await Promise.all([parameterChecks(account, uses), Promise.all(uses.map((use) => secretCheck(account, use, options)))]);
	return [
		...parameters,
		...secrets.flat(),
		...byHandChecks(uses, options.variables)
	];
}
function usesOf({ processes, tasks }) {
	const users = [...processes.map((each) => ({
		...each,
		process: each.name
	})), ...tasks.map((each) => ({
		...each,
		process: null
	}))].flatMap(({ name: component, process, secrets }) => Object.entries(secrets).map(([name, reference]) => ({
		reference,
		user: {
			name,
			component,
			process
		}
	})));
	return [...Map.groupBy(users, (each) => each.reference)].map(([reference, all]) => ({
		reference,
		users: all.map(({ user }) => user)
	}));
}
async function parameterChecks({ aws }, uses) {
	const wanted = new Map(uses.flatMap((use) => {
		const parsed = parseReference(use.reference);
		return parsed.kind === "ssm" ? [[parsed.name.replace(/^arn:[^/]*:parameter(?=\/)/, ""), use]] : [];
	}));
	if (wanted.size === 0) return [];
	return look("parameters in SSM", async () => {
		const ssm = await aws.ssm();
		const there = /* @__PURE__ */ new Map();
		const names = [...wanted.keys()];
		for (let from = 0; from < names.length; from += VALUES_A_CALL) {
			const Values = names.slice(from, from + VALUES_A_CALL);
			let NextToken;
			do {
				const page = await ssm.describeParameters({
					ParameterFilters: [{
						Key: "Name",
						Option: "Equals",
						Values
					}],
					MaxResults: VALUES_A_CALL,
					...NextToken !== void 0 && { NextToken }
				});
				for (const { Name = "", Type = "" } of page.Parameters ?? []) there.set(Name, Type);
				NextToken = page.NextToken;
			} while (NextToken !== void 0);
		}
		return [...wanted].map(([name, use]) => {
			const type = there.get(name);
			return type === void 0 ? failed(`secret ${use.reference}`, `there is no parameter ${name} in SSM, which ${usersOf(use)} refers to`, `put it there: aws ssm put-parameter --type SecureString --name ${name} --value …`) : ok(`secret ${use.reference}`, `${type}, for ${usersOf(use)}`);
		});
	});
}
async function secretCheck({ aws }, use, { readSecrets }) {
	const parsed = parseReference(use.reference);
	if (parsed.kind !== "secretsmanager") return [];
	const subject = `secret ${use.reference}`;
	return look(subject, async () => {
		const client = await aws.secretsManager();
		const { id: SecretId, key } = parsed;
		const found = await client.describeSecret({ SecretId }).catch((error) => {
			if (isNamed(error, "ResourceNotFoundException")) return null;
			throw error;
		});
		if (found === null || found.DeletedDate !== void 0) return failed(subject, `there is no secret ${SecretId} in Secrets Manager, which ${usersOf(use)} refers to`, "create it in the region of the cluster, or correct the reference under `secrets`");
		if (key === null) return ok(subject, `there, for ${usersOf(use)}`);
		if (!readSecrets) return skipped(subject, `the secret is there; whether it has the key ${key} is in its value, which is not read`, "with `--read-secrets` it is, which needs secretsmanager:GetSecretValue");
		const { SecretString = "" } = await client.getSecretValue({ SecretId });
		return hasKey(SecretString, key) ? ok(subject, `there, with the key ${key}, for ${usersOf(use)}`) : failed(subject, `the secret has no key ${key}, which ${usersOf(use)} refers to`, "its value is to be a JSON object with that key");
	});
}
/** Those that are set with `gantry env set`. */
function byHandChecks(uses, variables) {
	return uses.filter(({ reference }) => reference === "gantry").flatMap((use) => use.users).map(({ name, component, process }) => {
		const subject = `secret ${name} of ${component}`;
		if (variables === null) return skipped(subject, "what is set by hand could not be read", null);
		return variables.some((each) => each.name === name && (each.process ?? process) === process) ? ok(subject, "set by hand") : failed(subject, "nobody has set it", `gantry env set ${name} --secret`);
	});
}
function usersOf({ users }) {
	return users.map(({ name, component }) => `${name} of ${component}`).join(", ");
}
function hasKey(text, key) {
	try {
		const value = JSON.parse(text);
		return typeof value === "object" && value !== null && Object.hasOwn(value, key);
	} catch {
		return false;
	}
}
// src/engine/ecs/verify/services.ts
const PARALLEL = 4;
const NOTHING_PROVEN = {
	subnets: /* @__PURE__ */ new Map(),
	security_groups: /* @__PURE__ */ new Map(),
	roles: /* @__PURE__ */ new Map()
};
/** Looks at the services of the names that the processes have. */
async function findServices(account, app) {
	const wanted = app.processes.map(({ name, ecs }) => ({
		name,
		service: serviceName(app, name, ecs.service)
	}));
	const services = await describeServices(account, wanted.map(({ service }) => service));
	return {
		checks: wanted.map(({ name, service }) => serviceCheck(app, name, service, services.get(service))),
		proven: await provenBy(account, [...services.values()].filter((each) => each.status === "ACTIVE" && (each.runningCount ?? 0) > 0))
	};
}
function serviceCheck(app, process, name, service) {
	const subject = `service of ${process}`;
	if (service === void 0 || service.status === "INACTIVE") return ok(subject, `${name} is not there yet: the first deploy makes it`);
	if (service.status === "DRAINING") return ok(subject, `${name} was deleted and still has tasks: a deploy waits until they have stopped`);
	if (isOurs(app, process, service)) return ok(subject, `${name} runs ${service.runningCount ?? 0} of ${service.desiredCount ?? 0}`);
	return failed(subject, `there is a service ${name} that is not of this app`, `hand it over with \`gantry adopt ${process}\`, or name another one under \`ecs.service\``);
}
async function provenBy({ aws }, running) {
	const [subnets, security_groups, roles] = [
		/* @__PURE__ */ new Map(),
		/* @__PURE__ */ new Map(),
		/* @__PURE__ */ new Map()
	];
	const limit = pLimit(PARALLEL);
	const ecs = await aws.ecs();
	await Promise.all(running.map((service) => limit(async () => {
		const name = service.serviceName;
		const network = service.networkConfiguration?.awsvpcConfiguration;
		for (const each of network?.subnets ?? []) subnets.set(each, name);
		for (const each of network?.securityGroups ?? []) security_groups.set(each, name);
		const { taskDefinition } = await ecs.describeTaskDefinition({ taskDefinition: revisionOf(service) });
		for (const each of [taskDefinition?.executionRoleArn, taskDefinition?.taskRoleArn]) if (each !== void 0) roles.set(each, name);
	})));
	return {
		subnets,
		security_groups,
		roles
	};
}
// src/engine/ecs/verify/target-groups.ts
/** Looks at the target groups that processes name: whether Fargate can use them, and whether they check what the config says. */
async function targetGroupChecks(account, { processes }) {
	return (await Promise.all(processes.filter(({ ecs }) => ecs.target_group !== null).map((process) => targetGroupCheck(account, process)))).flat();
}
async function targetGroupCheck({ aws }, process) {
	const subject = `target group of ${process.name}`;
	const arn = process.ecs.target_group;
	return look(subject, async () => {
		const [group] = (await (await aws.loadBalancing()).describeTargetGroups({ TargetGroupArns: [arn] }).catch((error) => {
			if (isNamed(error, "TargetGroupNotFoundException")) return { TargetGroups: [] };
			throw error;
		})).TargetGroups ?? [];
		if (group === void 0) return failed(subject, `there is no ${arn}`, "correct `ecs.target_group` of the process, or make it");
		const problems = problemsOf(process, group);
		if (problems.length > 0) return problems.map(([what, hint]) => failed(subject, what, hint));
		const { Protocol, VpcId, HealthCheckPath } = group;
		const check = HealthCheckPath === void 0 ? "checks the port" : `checks ${HealthCheckPath}`;
		return ok(subject, `${Protocol} to port ${process.port} in ${VpcId}, ${check}`);
	});
}
/**
* The port of the group itself is only a default: ECS registers each task with the port of its container.
* https://docs.aws.amazon.com/AmazonECS/latest/developerguide/alb.html
*/
function problemsOf({ name, port, health_check: check }, group) {
	const { TargetGroupArn: arn, TargetType, LoadBalancerArns = [], HealthCheckPort } = group;
	const { HealthCheckProtocol, HealthCheckPath } = group;
	const modify = `aws elbv2 modify-target-group --target-group-arn ${arn}`;
	const problems = [];
	if (TargetType !== "ip") problems.push([`it is for targets of type ${TargetType}, and tasks on Fargate are addresses`, "make another one with `--target-type ip`: the type of this one cannot be changed"]);
	if (LoadBalancerArns.length === 0) problems.push(["no load balancer uses it, and ECS makes no service with such a one", "add a listener, or a rule of one, that forwards to it"]);
	if (HealthCheckPort !== void 0 && HealthCheckPort !== "traffic-port" && HealthCheckPort !== String(port)) problems.push([`it checks port ${HealthCheckPort}, and ${name} listens on ${port}`, `${modify} --health-check-port traffic-port`]);
	if (check?.path != null && HealthCheckPath !== check.path) {
		const real = HealthCheckPath ?? `only whether the port accepts (${HealthCheckProtocol})`;
		problems.push([`it checks ${real}, and the config says ${check.path}`, HealthCheckPath === void 0 ? `${modify} --health-check-protocol HTTP --health-check-path ${check.path}` : `${modify} --health-check-path ${check.path}, or say \`health_check: {path: ${HealthCheckPath}}\``]);
	}
	return problems;
}
// src/engine/ecs/verify/verify.ts
/**
* Looks at everything that a deployment of this app needs and that Gantry does not make itself. Only reads.
*
* @param app as `adapt` has made it
*/
async function verify(account, app, options) {
	let home = null;
	const cluster = await look(`cluster ${account.cluster}`, async () => {
		const found = await findCluster(account, app);
		home = found.home;
		return found.checks;
	});
	const [first] = cluster;
	if (first?.status === "failed") return cluster;
	return [...cluster, ...await everythingElse(account, app, home, options)];
}
async function everythingElse(account, app, home, { readSecrets, signal }) {
	let variables = null;
	let proven = NOTHING_PROVEN;
	const [ledger, services, images, builder, targetGroups, logs] = await Promise.all([
		look("ledger", async () => {
			const read = await new States(account).read(app);
			variables = read.variables;
			return ok("ledger", read.state.release === 0 ? "no release yet" : `release v${read.state.release}`);
		}),
		look("services", async () => {
			const found = await findServices(account, app);
			proven = found.proven;
			return found.checks;
		}),
		imageChecks(account, app, home),
		builderCheck(app, signal),
		targetGroupChecks(account, app),
		logGroupCheck(account, app)
	]);
	return [
		...networkChecks(app, proven),
		...roleChecks(app, home, proven),
		...await secretChecks(account, app, {
			variables,
			readSecrets
		}),
		...images,
		...builder,
		...targetGroups,
		...logs,
		...services,
		...ledger
	];
}
/** What the images are built with. */
async function builderCheck({ processes, tasks }, signal) {
	if ([...processes, ...tasks].every((each) => each.image !== null)) return [];
	try {
		return [ok("builder", describeTool(await findTool({}, signal)))];
	} catch (error) {
		return [failed("builder", messageOf(error), "start Docker, or deploy from a machine that has it")];
	}
}
async function logGroupCheck({ aws }, app) {
	const name = logGroup(app);
	const subject = `log group ${name}`;
	return look(subject, async () => {
		const { logGroups = [] } = await (await aws.logs()).describeLogGroups({
			logGroupNamePrefix: name,
			limit: 1
		});
		const [group] = logGroups;
		if (group?.logGroupName !== name) return ok(subject, "not there yet: the first deploy makes it");
		const { retentionInDays: days } = group;
		return ok(subject, days === void 0 ? "keeps everything for ever" : `keeps ${days} days`);
	});
}
export { verify };
