// src/config/propose/ecs.ts
/** Stand where somebody has to say what they have; a deployment names each that is left. */
const SUBNET = "subnet-FILL-IN";
const ROLE = (name) => `arn:aws:iam::ACCOUNT:role/${name}`;
const TARGET_GROUP = "arn:aws:elasticloadbalancing:REGION:ACCOUNT:targetgroup/NAME/ID";
const PORT = 8080;
/** The app on ECS: with placeholders where a value is needed that no file can know. */
function forEcs(app) {
	const notes = [];
	const fill = (value, isMissing, placeholder, path, text) => {
		if (!isMissing) return value;
		notes.push({
			path,
			text: `Fill in: ${text}`,
			isOpen: true
		});
		return placeholder;
	};
	const { ecs } = app;
	const needsNamespace = app.processes.some(({ expose }) => expose === "private");
	const needsScheduler = app.tasks.some(({ schedule }) => schedule !== null);
	return {
		app: {
			...app,
			engine: "ecs",
			ecs: {
				...ecs,
				subnets: fill(ecs.subnets, ecs.subnets.length === 0, [SUBNET], ["ecs", "subnets"], "the subnets that instances start in. In public ones they need `assign_public_ip: true` as well."),
				execution_role: fill(ecs.execution_role, ecs.execution_role === null, ROLE("EXECUTION-ROLE"), ["ecs", "execution_role"], "the role with which ECS fetches images and secrets and writes logs. It has the policy AmazonECSTaskExecutionRolePolicy."),
				namespace: fill(ecs.namespace, needsNamespace && ecs.namespace === null, "NAMESPACE", ["ecs", "namespace"], "the Service Connect namespace in which processes with `expose: private` are found."),
				scheduler_role: fill(ecs.scheduler_role, needsScheduler && ecs.scheduler_role === null, ROLE("SCHEDULER-ROLE"), ["ecs", "scheduler_role"], "the role with which EventBridge Scheduler starts tasks.")
			},
			processes: app.processes.map((process) => {
				const path = ["processes", process.name];
				const isReached = process.expose !== "none";
				const isPublic = process.expose === "public";
				return {
					...process,
					port: fill(process.port, isReached && process.port === null, PORT, [...path, "port"], "the port that it listens on."),
					ecs: {
						...process.ecs,
						target_group: fill(process.ecs.target_group, isPublic && process.ecs.target_group === null, TARGET_GROUP, [...path, "ecs"], "the target group of your load balancer, or write `expose: none`.")
					}
				};
			})
		},
		notes
	};
}
export { forEcs as t };
