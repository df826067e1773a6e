import { h as strictObject, m as record, s as array } from "./croner.js";
import { t as FORMATS } from "./formats.js";
import { A as oneOf, D as YesOrNo, O as duration, b as PlainName, c as Secrets, j as orNull, r as Build, u as Variables, y as Name } from "./containers.js";
import { i as TaskSettings, n as ProcessSettings } from "./settings.js";
// src/config/gantry-yml/schema.ts
const HOUR = 3600;
const DAY = 24 * HOUR;
const PlainNames = array(PlainName, { error: "a list of names" });
const Ecs = strictObject({
	region: orNull(PlainName).describe("AWS region. Default: that of the credentials."),
	cluster: orNull(PlainName).describe("Name or ARN of the cluster. Default: `default`."),
	subnets: PlainNames.default([]).describe("Subnets that instances start in."),
	security_groups: PlainNames.default([]).describe("Security groups of instances."),
	assign_public_ip: YesOrNo.default(false).describe("Whether instances get a public address. In a public subnet they need one to fetch their image."),
	namespace: orNull(PlainName).describe("Service Connect namespace, for processes with `expose: private`."),
	execution_role: orNull(PlainName).describe("Role with which ECS fetches images and secrets and writes logs."),
	task_role: orNull(PlainName).describe("Role that the code in instances has."),
	scheduler_role: orNull(PlainName).describe("Role with which the scheduler starts tasks."),
	exec: YesOrNo.exactOptional().describe("Whether people may run commands in instances, by ECS Exec. Needs a `task_role` that may use ssmmessages. Default: no.")
}).meta({
	id: "ecs",
	description: "Settings of the ecs engine."
});
const Logs = strictObject({ retention: orNull(duration(HOUR, 3653 * DAY)).describe("How long output is kept. On ecs the log group gets it, in the days that CloudWatch offers; default there: 30 days. On local older lines are deleted; 60 MB of each process are kept at most anyway.") }).meta({
	id: "logs",
	description: "What becomes of the output of processes and tasks."
});
/** What an environment may lay over the rest of the file. */
const overlaid = {
	build: Build.optional(),
	env: Variables.optional().describe("Variables that every process and task inherits."),
	secrets: Secrets.optional().describe("Variables whose values are kept elsewhere: references only, such as `gantry`, `ssm:NAME` or `secretsmanager:NAME#KEY`."),
	defaults: ProcessSettings.optional().describe("Any key of a process: inherited by every process, and by tasks where they have that key."),
	processes: record(Name, ProcessSettings).optional().describe("The processes by name."),
	tasks: record(Name, TaskSettings).optional().describe("The tasks by name."),
	logs: Logs.optional(),
	ecs: Ecs.optional()
};
const Environment = strictObject(overlaid).meta({
	id: "environment",
	description: "Laid over the rest of the file where this environment is named."
});
/** The whole of `gantry.yml`. What it accepts is also `gantry.schema.json`. */
const GantryYml = strictObject({
	app: Name.optional().describe("Name of the app. Default: the repository's name."),
	engine: oneOf(["local", "ecs"]).default("local").describe("Where instances run: on this machine, or on AWS ECS."),
	from: oneOf(FORMATS.map((format) => format.name)).optional().describe("Read the processes from this format; what is said here is laid over them."),
	module: PlainName.optional().describe("Of several modules or apps in the file of another system, the one that is deployed."),
	...overlaid,
	environments: record(Name, Environment).optional().describe("Overlays by name of the environment.")
}).meta({
	title: "gantry.yml",
	description: "The processes and tasks of an app, and how Gantry runs them."
});
export { GantryYml as n, Logs as r, Ecs as t };
