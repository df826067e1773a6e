import { c as messageOf, s as UserError } from "./errors.js";
import { n as ok, r as skipped, t as failed } from "./check.js";
import { i as isOurs, n as findTool, t as describeTool } from "./docker-tool.js";
import { a as logGroup, d as serviceName, l as repositoryName, o as nameOfArn } from "./names2.js";
import { A as DEMAND, E as describeServices, M as bounds, R as strategyOf, d as parseReference, dt as isDenied, ft as isNamed, lt as problemOf, r as sameRole, y as revisionOf, z as States } from "./controller.js";
import { n as imageUsers } from "./image-users.js";
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
const NOT_OFFERED = [
	"UnknownOperationException",
	"UnknownOperation",
	"InvalidAction",
	"NotImplemented",
	"NotFound"
];
/**
* What looking at something has found. What may not be looked at is skipped: who deploys may do without. Any other refusal
* of AWS is a failure of the thing itself.
*
* @param unseen for a service that an endpoint may not even have
*/
async function look(subject, ask, unseen = null) {
	try {
		return [await ask()].flat();
	} catch (error) {
		const problem = problemOf(error, `look at the ${subject}`);
		if (isDenied(error) || isDenied(error.cause)) return [notSeen(subject, unseen, "the credentials may not look at it", hintOf(problem))];
		if (unseen !== null && isNotOffered(error)) return [notSeen(subject, unseen, "the endpoint does not know it", null)];
		if (problem instanceof UserError) return [failed(subject, problem.message, hintOf(problem))];
		if (isRefusal(error)) return [failed(subject, messageOf(error), "correct what the config says of it")];
		throw error;
	}
}
function notSeen(subject, unseen, why, allow) {
	if (unseen === null) return skipped(subject, why, allow);
	if (unseen.proof !== null) return ok(subject, unseen.proof);
	return skipped(subject, why, allow === null ? unseen.hint : `${allow}; or ${unseen.hint}`);
}
function hintOf(problem) {
	return problem instanceof UserError ? problem.hint ?? null : null;
}
/** Whether AWS says that it was asked for something wrong: a name that cannot be one, an ARN of something else. */
function isRefusal(error) {
	return error.$fault === "client";
}
/**
* Whether what answers is no AWS and does not have the service: it says so, has nothing at the address (a 404 without a code is
* NotFound to the SDK), or answers in a form that the SDK cannot read.
*/
function isNotOffered(error) {
	const { $metadata, $fault } = error;
	const status = $metadata?.httpStatusCode;
	return isNamed(error, ...NOT_OFFERED) || status === 501 || status !== void 0 && status < 500 && $fault === void 0;
}
// src/engine/ecs/verify/images.ts
/** `123456789012.dkr.ecr.eu-west-1.amazonaws.com/relay:1.4` */
const ECR = /^(?<account>\d{12})\.dkr\.ecr\.(?<region>[a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/(?<name>[^:@]+)(?::(?<tag>[^@]+))?(?:@(?<digest>sha256:[0-9a-f]{64}))?$/;
/** Whether a reference is to an image in a registry of ECR, of whatever account. */
function isInEcr(reference) {
	return ECR.test(reference);
}
/** What platforms of images call the architectures. */
const ARCHITECTURES = {
	x86_64: "amd64",
	arm64: "arm64"
};
/** Looks at where built images go, and at those that are pinned. */
async function imageChecks(account, app, home) {
	const components = imageUsers(app);
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
	const beside = processes.flatMap(({ containers, placement }) => Object.values(containers).map(({ image }) => ({
		image,
		placement
	})));
	for (const { image, placement } of [
		...processes,
		...beside,
		...tasks
	]) {
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
// src/engine/ecs/verify/endpoints.ts
const OF_ECR = [
	"ecr.api",
	"ecr.dkr",
	"s3"
];
/**
* What Fargate asks before anything of the app runs; the layers of images in ECR are in S3.
* https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html
*/
function servicesNeeded(app, variables) {
	const kinds = secretKinds(app);
	const usesParameters = kinds.has("ssm") || kinds.has("gantry") || (variables ?? []).length > 0;
	return [
		...imageUsers(app).some(({ image }) => image === null || isInEcr(image)) ? OF_ECR : [],
		"logs",
		...usesParameters ? ["ssm"] : [],
		...kinds.has("secretsmanager") ? ["secretsmanager"] : []
	];
}
/** Where the secrets that the config names are. */
function secretKinds({ processes, tasks }) {
	const containers = processes.flatMap((each) => Object.values(each.containers));
	const references = [
		...processes,
		...containers,
		...tasks
	].flatMap(({ secrets }) => Object.values(secrets));
	return new Set(references.map((each) => parseReference(each).kind));
}
/** Those of them that have no endpoint which tasks with this route table find by the usual name. */
function servicesMissing(wanted, endpoints, { region, table }) {
	return wanted.filter((each) => !endpoints.some(({ ServiceName = "", State, VpcEndpointType, RouteTableIds = [], PrivateDnsEnabled }) => ServiceName.endsWith(`.${region}.${each}`) && State?.toLowerCase() === "available" && (VpcEndpointType === "Gateway" ? RouteTableIds.includes(table) : PrivateDnsEnabled === true)));
}
// src/engine/ecs/verify/security-groups.ts
const SUBJECT$3 = "security groups";
const HTTPS = 443;
/** Looks at the security groups that the config names, in the VPC of its subnets; null: that is not known. */
async function securityGroupChecks({ aws }, app, vpc) {
	const ids = app.ecs.security_groups;
	const { SecurityGroups: found = [] } = await (await aws.ec2()).describeSecurityGroups({ Filters: [{
		Name: "group-id",
		Values: ids
	}] });
	const missing = ids.filter((id) => !found.some((each) => each.GroupId === id));
	const elsewhere = found.filter((each) => vpc !== null && each.VpcId !== vpc);
	const faults = [...missing.map((id) => failed(SUBJECT$3, `there is no ${id} in this account and region`, "correct `ecs.security_groups`")), ...elsewhere.map(({ GroupId, VpcId }) => failed(SUBJECT$3, `${GroupId} is in ${VpcId}, and the subnets are in ${vpc}`, "name a group of their VPC"))];
	if (faults.length > 0) return faults;
	return [ok(SUBJECT$3, [`${ids.join(", ")} in ${found[0]?.VpcId}`, ...doubts(app, found)].join("; "))];
}
/** From where a load balancer sends requests, and to where tasks go, is not looked at: only whether the port is open to anybody. */
function doubts({ processes }, groups) {
	const into = groups.flatMap((each) => each.IpPermissions ?? []);
	const outOf = groups.flatMap((each) => each.IpPermissionsEgress ?? []);
	return [...processes.flatMap(({ name, port, ecs }) => ecs.target_group === null || port === null || isOpen(into, port) ? [] : [`none lets anything in to port ${port}, where the load balancer looks for ${name}`]), ...isOpen(outOf, HTTPS) ? [] : ["none lets HTTPS out, which pulling an image takes"]];
}
/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html */
function isOpen(permissions, port) {
	return permissions.some(({ IpProtocol, FromPort = 0, ToPort = 65535 }) => {
		if (IpProtocol === "-1") return true;
		return (IpProtocol === "tcp" || IpProtocol === "6") && FromPort <= port && port <= ToPort;
	});
}
// src/engine/ecs/verify/subnets.ts
const SUBJECT$2 = "subnets";
/** Those of these subnets that there are. A filter, unlike a list of ids, does not fail for one that is not there. */
async function findSubnets({ aws }, ids) {
	const { Subnets = [] } = await (await aws.ec2()).describeSubnets({ Filters: [{
		Name: "subnet-id",
		Values: [...ids]
	}] });
	return Subnets;
}
/** The VPC of all these subnets, or null where they have none in common. */
function vpcOf(subnets) {
	const [vpc, ...others] = new Set(subnets.map((each) => each.VpcId));
	return others.length === 0 ? vpc ?? null : null;
}
/** What the subnets that the config names are like, and whether a deployment has room in them. */
function subnetChecks(app, found, instances) {
	const faults = faultsOf(app.ecs.subnets, found);
	if (faults.length > 0) return faults;
	const free = found.reduce((sum, each) => sum + (each.AvailableIpAddressCount ?? 0), 0);
	const needed = addressesNeeded(app, instances);
	if (free < needed) return [failed(SUBJECT$2, `${free} of their addresses are free, and a deployment of every process needs ${needed}`, "name more subnets, or larger ones: every instance has an address, and with `overlap` the old and the new at once")];
	const zones = [...new Set(found.map((each) => each.AvailabilityZone))].sort();
	const where = zones.length > 1 ? zones.join(", ") : `${zones[0]} alone: one in another zone would keep the app up when that is down`;
	return [ok(SUBJECT$2, `in ${vpcOf(found)}, ${free} addresses free, in ${where}`)];
}
function faultsOf(ids, found) {
	const missing = ids.filter((id) => !found.some((each) => each.SubnetId === id));
	const unready = found.filter((each) => each.State !== "available");
	const vpcs = Map.groupBy(found, (each) => each.VpcId);
	return [
		...missing.map((id) => failed(SUBJECT$2, `there is no ${id} in this account and region`, "correct `ecs.subnets`: aws ec2 describe-subnets")),
		...unready.map(({ SubnetId, State }) => failed(SUBJECT$2, `${SubnetId} is ${State}`, "wait until it is available, or name another one")),
		...vpcs.size > 1 ? [failed(SUBJECT$2, [...vpcs].map(([vpc, each]) => `${each.map((one) => one.SubnetId).join(", ")} in ${vpc}`).join("; "), "name subnets of one VPC: a service runs in one")] : []
	];
}
/** How many more addresses there have to be, beside those that instances have now, while all processes are replaced at once. */
function addressesNeeded({ processes }, instances) {
	return processes.filter((each) => !each.disabled).reduce((sum, process) => {
		const { min } = bounds(process);
		const running = instances.get(process.name) ?? 0;
		const most = running > 0 && process.rollout.overlap ? 2 * min : min;
		return sum + Math.max(0, most - running);
	}, 0);
}
// src/engine/ecs/verify/routes.ts
const DEFAULT = "0.0.0.0/0";
/** The route table of a subnet: one of its own, or the main one of the VPC. https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html */
function tableOf(subnet, tables) {
	return tables.find(({ Associations = [] }) => Associations.some((each) => each.SubnetId === subnet)) ?? tables.find(({ Associations = [] }) => Associations.some((each) => each.Main === true));
}
/** Where a route table leads what is for no address of the VPC. */
function wayOut({ Routes: routes = [] }) {
	const active = routes.filter((each) => each.State !== "blackhole");
	const toAll = active.find((each) => each.DestinationCidrBlock === DEFAULT);
	if (toAll !== void 0) {
		const by = targetOf(toAll);
		return by.startsWith("igw-") ? {
			kind: "public",
			by
		} : {
			kind: "open",
			by
		};
	}
	const elsewhere = active.map(targetOf).find((target) => target !== "local" && !/^(?:vpce|igw|eigw)-/.test(target));
	return elsewhere === void 0 ? { kind: "none" } : {
		kind: "unclear",
		by: elsewhere
	};
}
/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Route.html */
function targetOf(route) {
	return route.GatewayId ?? route.NatGatewayId ?? route.TransitGatewayId ?? route.VpcPeeringConnectionId ?? route.EgressOnlyInternetGatewayId ?? route.NetworkInterfaceId ?? route.CarrierGatewayId ?? route.LocalGatewayId ?? route.CoreNetworkArn ?? "another network";
}
// src/engine/ecs/verify/way-out.ts
const SUBJECT$1 = "way to AWS";
/** Looks at whether tasks reach what they are started from: without ECR, none of them ever runs. */
async function wayOutChecks({ aws }, place) {
	const { vpc, proof } = place;
	const hint = `see that its routes lead to the internet: aws ec2 describe-route-tables --filters Name=vpc-id,Values=${vpc}`;
	const Filters = [{
		Name: "vpc-id",
		Values: [vpc]
	}];
	return look(SUBJECT$1, async () => {
		const ec2 = await aws.ec2();
		const tables = await allOf(async (NextToken) => {
			const page = await ec2.describeRouteTables({
				Filters,
				NextToken
			});
			return {
				items: page.RouteTables,
				next: page.NextToken
			};
		});
		const ways = place.subnets.map((subnet) => wayOf(place, subnet, tables));
		if (ways.every(({ kind }) => kind === "open")) return ok(SUBJECT$1, sentenceOf(ways));
		const endpoints = await allOf(async (NextToken) => {
			const page = await ec2.describeVpcEndpoints({
				Filters,
				NextToken
			});
			return {
				items: page.VpcEndpoints,
				next: page.NextToken
			};
		});
		const checks = ways.flatMap((way) => closedCheck(place, way, {
			endpoints,
			hint
		}));
		return checks.length > 0 ? checks : ok(SUBJECT$1, sentenceOf(ways));
	}, {
		proof,
		hint
	});
}
function wayOf({ assign_public_ip, account }, found, tables) {
	const subnet = found.SubnetId;
	const table = tableOf(subnet, tables);
	const way = table === void 0 ? null : wayOut(table);
	const to = {
		subnet,
		table: table?.RouteTableId ?? ""
	};
	if (way?.kind === "open" || way?.kind === "public" && assign_public_ip) return {
		...to,
		kind: "open",
		by: way.by
	};
	if (way === null || account !== null && found.OwnerId !== account) return {
		...to,
		kind: "unclear",
		by: `is of account ${found.OwnerId}, which alone sees its routes and endpoints`
	};
	if (way.kind === "public") return {
		...to,
		kind: "needs address",
		by: way.by
	};
	if (way.kind === "none") return {
		...to,
		kind: "closed",
		by: ""
	};
	return {
		...to,
		kind: "unclear",
		by: `leads to ${way.by}, and what is behind that cannot be seen from here`
	};
}
/** What is wrong with a way that is not open, unless endpoints stand in for it. */
function closedCheck({ wanted, region, proof }, way, { endpoints, hint }) {
	const { subnet, table, kind, by } = way;
	const missing = servicesMissing(wanted, endpoints, {
		region,
		table
	}).join(", ");
	if (kind === "open" || missing === "") return [];
	if (kind === "unclear") return [proof === null ? skipped(SUBJECT$1, `${subnet} ${by}`, hint) : ok(SUBJECT$1, proof)];
	return [kind === "needs address" ? failed(SUBJECT$1, `${subnet} leads to the internet by ${by}, which instances without a public address cannot use`, `say \`ecs.assign_public_ip: true\`, or name a subnet with a NAT gateway, or one with VPC endpoints for ${missing}`) : failed(SUBJECT$1, `${subnet} has no route to the internet, and its VPC no endpoint for ${missing}`, "add a NAT gateway or those endpoints, with private DNS, or name another subnet")];
}
function sentenceOf(ways) {
	return ways.map(({ subnet, kind, by }) => `${subnet} by ${kind === "open" ? by : "VPC endpoints"}`).join(", ");
}
async function allOf(ask) {
	const all = [];
	let token;
	do {
		const { items = [], next } = await ask(token);
		all.push(...items);
		token = next;
	} while (token !== void 0);
	return all;
}
// src/engine/ecs/verify/network.ts
/** Subnets with their way out, security groups and the namespace. */
async function networkChecks(account, app, { home, proven, variables }) {
	const { subnets, assign_public_ip } = app.ecs;
	const proof = proofOf(subnets, proven.subnets);
	if (subnets.length === 0) return namespaceChecks(app);
	let vpc = null;
	let found = [];
	return [
		...await look("subnets", async () => {
			found = await findSubnets(account, subnets);
			vpc = vpcOf(found);
			return subnetChecks(app, found, proven.instances);
		}, {
			proof,
			hint: `see that they are there, in one VPC: aws ec2 describe-subnets --subnet-ids ${subnets.join(" ")}`
		}),
		...vpc === null ? [] : await wayOutChecks(account, {
			vpc,
			subnets: found,
			region: await account.aws.region(),
			account: home?.account ?? null,
			assign_public_ip,
			wanted: servicesNeeded(app, variables),
			proof
		}),
		...await groupChecks(account, app, {
			proven,
			vpc
		}),
		...namespaceChecks(app)
	];
}
async function groupChecks(account, app, { proven, vpc }) {
	const ids = app.ecs.security_groups;
	if (ids.length === 0) return [ok("security groups", "the default one of the VPC")];
	return look("security groups", () => securityGroupChecks(account, app, vpc), {
		proof: proofOf(ids, proven.security_groups),
		hint: `see that they are in the VPC of the subnets: aws ec2 describe-security-groups --group-ids ${ids.join(" ")}`
	});
}
function namespaceChecks({ ecs: { namespace } }) {
	if (namespace === null) return [];
	return [skipped(`namespace ${namespace}`, "needs servicediscovery:ListNamespaces, which Gantry never asks for", "see that it is listed: aws servicediscovery list-namespaces")];
}
/** That something runs with each of them, or null. */
function proofOf(ids, proven) {
	return ids.every((id) => proven.has(id)) ? ids.map((id) => `${proven.get(id)} runs in ${id}`).join(", ") : null;
}
// src/engine/ecs/verify/execution-role.ts
const SUBJECT = "permissions of ecs.execution_role";
/** What AWS offers for starting tasks: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html */
const MANAGED = "AmazonECSTaskExecutionRolePolicy";
/** What it allows, as far as every task needs it. */
const STARTING = [
	"ecr:GetAuthorizationToken",
	"ecr:BatchGetImage",
	"ecr:GetDownloadUrlForLayer",
	"logs:CreateLogStream",
	"logs:PutLogEvents"
];
/**
* Looks at whether ECS may start tasks with this role, as far as the names of its policies tell. What a policy of somebody's own
* allows, only IAM can tell.
*/
async function executionChecks({ aws }, app, { role, proof }) {
	const secrets = actionsFor(app);
	const all = [...STARTING, ...secrets];
	return look(SUBJECT, async () => {
		const { AttachedPolicies = [] } = await (await aws.iam()).listAttachedRolePolicies({ RoleName: nameOfArn(role) });
		const hasManaged = AttachedPolicies.some((each) => each.PolicyName === MANAGED);
		const unknown = hasManaged ? secrets : all;
		if (unknown.length === 0) return ok(SUBJECT, `it has ${MANAGED}`);
		if (proof !== null) return ok(SUBJECT, proof);
		return skipped(SUBJECT, hasManaged ? `it has ${MANAGED}, which reads no secrets` : `${MANAGED} is not attached, and what other policies allow is not read`, simulate(role, unknown));
	}, {
		proof,
		hint: simulate(role, all)
	});
}
function actionsFor(app) {
	const kinds = secretKinds(app);
	return [...kinds.has("ssm") || kinds.has("gantry") ? ["ssm:GetParameters"] : [], ...kinds.has("secretsmanager") ? ["secretsmanager:GetSecretValue"] : []];
}
function simulate(role, actions) {
	return `see that it may: aws iam simulate-principal-policy --policy-source-arn ${role.startsWith("arn:") ? role : `the ARN of ${role}`} --action-names ${actions.join(" ")}`;
}
// src/engine/ecs/verify/trust.ts
const TAKING_ON = "sts:AssumeRole";
/**
* Conditions are judged as AWS documents them for these two services, against somebody else's use of the role:
* https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html#create_task_iam_policy_and_role,
* https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html
*
* @param document as IAM gives it: JSON, encoded as in an address
* @param home null: not known, so that no condition can be judged
*/
function trustOf(document, taker, home) {
	const { Statement: given = [] } = JSON.parse(decodeURIComponent(document));
	const all = [given].flat();
	const statements = all.filter((each) => each.Effect === "Allow" && names(each.Principal, taker) && listed(each.Action).some(takesOn));
	if (statements.length === 0) return {
		kind: "refused",
		why: `its trust policy does not name ${taker}`
	};
	if (all.some((each) => each.Effect === "Deny" && listed(each.Action).some(takesOn))) return {
		kind: "unclear",
		why: "its trust policy denies something too, which cannot be judged from here"
	};
	const verdicts = statements.map((each) => judge(each, taker, home));
	return verdicts.find(({ kind }) => kind === "trusted") ?? verdicts.find(({ kind }) => kind === "unclear") ?? verdicts[0];
}
function names(principal, taker) {
	return typeof principal === "object" && listed(principal["Service"]).includes(taker);
}
function takesOn(action) {
	return like(action.toLowerCase(), TAKING_ON.toLowerCase());
}
function judge({ Condition = {} }, taker, home) {
	const judged = Object.entries(Condition).flatMap(([operator, keys]) => Object.entries(keys).map(([key, values]) => ({
		operator,
		key,
		values: listed(values)
	}))).map((each) => ({
		...each,
		holds: holds(each, taker, home)
	}));
	const failing = judged.find((each) => each.holds === false);
	if (failing !== void 0) return {
		kind: "refused",
		why: `its trust policy lets ${taker} take it on for ${failing.key} ${failing.values.join(" or ")} only`
	};
	const unclear = judged.find((each) => each.holds === null);
	return unclear === void 0 ? { kind: "trusted" } : {
		kind: "unclear",
		why: `its trust policy names ${taker} under a condition on ${unclear.key}, which cannot be judged from here`
	};
}
/** Null: nobody can tell from here. */
function holds({ operator, key, values }, taker, home) {
	if (home === null || !/^(?:String(?:Equals|Like)|Arn(?:Equals|Like))(?:IfExists)?$/.test(operator)) return null;
	switch (key.toLowerCase()) {
		case "aws:sourceaccount": return values.some((value) => like(value, home.account));
		case "aws:sourcearn": return sourceHolds(values, taker, home);
		default: return null;
	}
}
/**
* The scheduler comes in the name of the group of the schedule. Of ECS it is documented that the last part is to be `*`, and
* nothing else of it: who names something there may know more.
*/
function sourceHolds(values, taker, home) {
	const { partition, region, account } = home;
	if (taker === "scheduler.amazonaws.com") {
		const source = `arn:${partition}:scheduler:${region}:${account}:schedule-group/default`;
		return values.some((value) => like(value, source));
	}
	const place = `arn:${partition}:ecs:${region}:${account}:`;
	if (values.some((value) => value.endsWith("*") && like(value, place))) return true;
	return values.some((value) => like(value.split(":").slice(0, 5).join(":"), place.slice(0, -1))) ? null : false;
}
/** `*` stands for any text, `?` for any character. */
function like(pattern, text) {
	const literal = pattern.replaceAll(/[$+.()[\]{}|^\\]/g, String.raw`\$&`);
	return new RegExp(`^${literal.replaceAll("*", "[^]*").replaceAll("?", "[^]")}$`).test(text);
}
function listed(value) {
	return typeof value === "string" ? [value] : value ?? [];
}
// src/engine/ecs/verify/roles.ts
/** Who takes each role on: whom its trust policy has to name. */
const TAKERS = {
	execution_role: "ecs-tasks.amazonaws.com",
	task_role: "ecs-tasks.amazonaws.com",
	scheduler_role: "scheduler.amazonaws.com"
};
/** Looks at the roles that the config names: whether they are there, and whether who needs them may take them on. */
async function roleChecks(account, app, options) {
	const needed = ["execution_role", "task_role"];
	if (app.tasks.some((each) => each.schedule !== null)) needed.push("scheduler_role");
	return (await Promise.all(needed.map(async (key) => {
		const role = app.ecs[key];
		return role === null ? [] : roleCheck(account, app, {
			...options,
			key,
			role
		});
	}))).flat();
}
async function roleCheck(account, app, { key, role, home, proven }) {
	const subject = `ecs.${key}`;
	if (home !== null && role.startsWith("arn:") && !role.startsWith(rolesOf(home))) return [failed(subject, `${role} is no role of account ${home.account}, which the cluster is in`, "a role is passed on within its account: name one of this account")];
	const user = [...proven.roles].find(([arn]) => sameRole(role, arn))?.[1];
	const proof = user === void 0 ? null : `${user} runs with ${role}`;
	const taker = TAKERS[key];
	const hint = `see that its trust policy names ${taker}: aws iam get-role --role-name ${nameOfArn(role)}`;
	const checks = await look(subject, async () => {
		const found = await findRole(account, role);
		return found === null ? failed(subject, `there is no ${role}`, `correct \`ecs.${key}\`, or make the role`) : trustCheck(found, {
			subject,
			role,
			taker,
			home,
			hint
		});
	}, {
		proof,
		hint
	});
	const isThere = checks.every(({ status }) => status !== "failed");
	return key === "execution_role" && isThere ? [...checks, ...await executionChecks(account, app, {
		role,
		proof
	})] : checks;
}
async function findRole({ aws }, role) {
	const iam = await aws.iam();
	try {
		const { Role: found } = await iam.getRole({ RoleName: nameOfArn(role) });
		return found ?? null;
	} catch (error) {
		if (isNamed(error, "NoSuchEntityException")) return null;
		throw error;
	}
}
function trustCheck(found, { subject, role, taker, home, hint }) {
	const { Arn = "", AssumeRolePolicyDocument = "%7B%7D" } = found;
	if (!sameRole(role, Arn)) return failed(subject, `there is no ${role}, only ${Arn}`, "write its ARN with its path");
	const trust = trustOf(AssumeRolePolicyDocument, taker, home);
	if (trust.kind === "trusted") return ok(subject, `${taker} may take ${role} on`);
	if (trust.kind === "unclear") return skipped(subject, trust.why, hint);
	return failed(subject, trust.why, `let ${taker} call sts:AssumeRole there: aws iam update-assume-role-policy --role-name ${nameOfArn(role)} --policy-document file://trust.json`);
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
	const users = [...processes.flatMap((each) => [{
		...each,
		process: each.name
	}, ...Object.entries(each.containers).map(([name, { secrets }]) => ({
		name: `${each.name}/${name}`,
		process: each.name,
		secrets
	}))]), ...tasks.map((each) => ({
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
	roles: /* @__PURE__ */ new Map(),
	instances: /* @__PURE__ */ new Map()
};
/** Looks at the services of the names that the processes have. */
async function findServices(account, app) {
	const wanted = app.processes.map(({ name, ecs }) => ({
		name,
		service: serviceName(app, name, ecs.service)
	}));
	const services = await describeServices(account, wanted.map(({ service }) => service));
	const checks = wanted.map(({ name, service }) => serviceCheck(app, name, service, services.get(service)));
	const running = [...services.values()].filter((each) => each.status === "ACTIVE" && (each.runningCount ?? 0) > 0);
	const instances = new Map(wanted.map(({ name, service }) => [name, services.get(service)?.runningCount ?? 0]));
	return {
		checks,
		proven: {
			...await provenBy(account, running),
			instances
		}
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
function problemsOf({ name, port, health_check, readiness }, group) {
	const { TargetGroupArn: arn, TargetType, LoadBalancerArns = [], HealthCheckPort } = group;
	const { HealthCheckProtocol, HealthCheckPath } = group;
	const modify = `aws elbv2 modify-target-group --target-group-arn ${arn}`;
	const problems = [];
	if (TargetType !== "ip") problems.push([`it is for targets of type ${TargetType}, and tasks on Fargate are addresses`, "make another one with `--target-type ip`: the type of this one cannot be changed"]);
	if (LoadBalancerArns.length === 0) problems.push(["no load balancer uses it, and ECS makes no service with such a one", "add a listener, or a rule of one, that forwards to it"]);
	if (HealthCheckPort !== void 0 && HealthCheckPort !== "traffic-port" && HealthCheckPort !== String(port)) problems.push([`it checks port ${HealthCheckPort}, and ${name} listens on ${port}`, `${modify} --health-check-port traffic-port`]);
	const field = readiness?.path == null ? "health_check" : "readiness";
	const path = readiness?.path ?? health_check?.path ?? null;
	if (path !== null && HealthCheckPath !== path) {
		const real = HealthCheckPath ?? `only whether the port accepts (${HealthCheckProtocol})`;
		problems.push([`it checks ${real}, and the config says ${path}`, HealthCheckPath === void 0 ? `${modify} --health-check-protocol HTTP --health-check-path ${path}` : `${modify} --health-check-path ${path}, or say \`${field}: {path: ${HealthCheckPath}}\``]);
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
		...(await Promise.all([
			networkChecks(account, app, {
				home,
				proven,
				variables
			}),
			roleChecks(account, app, {
				home,
				proven
			}),
			secretChecks(account, app, {
				variables,
				readSecrets
			})
		])).flat(),
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
