import { h as strictObject } from "./croner.js";
import { A as oneOf, C as Schedule, D as YesOrNo, M as wholeNumber, O as duration, _ as ImageReference, a as HealthCheck, b as PlainName, c as Secrets, f as unmet, g as Cpu, h as Command, i as EntryPoint, j as orNull, k as number, n as DependsOn, p as unmetOfProcess, r as Build, s as Mounts, t as Containers, u as Variables, v as Memory, w as TimeZone } from "./containers.js";
// src/config/gantry-yml/settings.ts
const HOUR = 3600;
const DAY = 24 * HOUR;
const Rollout = strictObject({
	overlap: YesOrNo.default(true).describe("Whether new instances start before old ones stop. `false`: the old ones are gone before, so that there are never two at once."),
	on_failure: oneOf(["rollback", "keep"]).default("rollback").describe("What happens when the rollout fails: back to what ran before, or keep what is there."),
	timeout: duration(1, DAY).prefault("15m").describe("Time in which the rollout must be through."),
	min_up: duration(0, HOUR).prefault("1s").describe("Time that an instance without a health check must stay up to count as steady.")
}).meta({
	id: "rollout",
	description: "How new instances take over. `{}` means all defaults."
});
const ProcessEcs = strictObject({
	target_group: orNull(PlainName).describe("ARN of the load balancer target group that instances are registered in."),
	service: orNull(PlainName).describe("Name of an existing ECS service that this process takes over."),
	health_check_grace_period: orNull(duration(0, DAY)).describe("Time after the start in which the load balancer does not judge an instance.")
}).meta({
	id: "process_ecs",
	description: "Settings of the ECS service."
});
const component = {
	entry_point: orNull(EntryPoint).describe("Program that gets the command as its arguments. Default: the entry point of the image."),
	command: orNull(Command).describe("What runs. Default: the command of the image."),
	pre_start: orNull(Command).describe("Runs in each instance before its command, in the same container; it must end with 0. Needs /bin/sh in the image."),
	image: orNull(ImageReference).describe("Pins an image that deploys never change. Default: the image that is built from the commit."),
	build: Build.optional(),
	env: Variables.optional().describe("Variables. Replaces the inherited ones; `{}` clears them."),
	secrets: Secrets.optional().describe("Variables whose values are kept elsewhere: references only. Replaces the inherited ones; `{}` clears them."),
	cpu: Cpu.prefault(.25).describe("vCPU of each instance."),
	memory: Memory.prefault(.5).describe("Memory of each instance: a number of GB, or a text such as \"512 MB\"."),
	ephemeral_storage_gb: orNull(wholeNumber(1, 200)).describe("Scratch disk in GB. 1 to 20 mean the 20 that come anyway.").transform((size) => size !== null && size > 20 ? size : null),
	mounts: Mounts.optional().describe("Replaces the inherited ones; `{}` clears them."),
	stop_timeout: duration(0, HOUR).prefault("15s").describe("Time from SIGTERM to SIGKILL."),
	...unmet
};
const ProcessSettings = strictObject({
	...component,
	expose: oneOf([
		"public",
		"private",
		"none"
	]).optional().describe("Who reaches it: everybody, the other processes, nobody. Default: public for `web`, none for others."),
	port: orNull(wholeNumber(1, 65535)).describe("Port that it listens on. The local engine gives PORT anyway."),
	demand_count: wholeNumber(0, 5e3).default(1).describe("On-demand instances. 0 on both counts takes the process offline."),
	spot_count: wholeNumber(0, 5e3).default(0).describe("Spot instances: cheaper, and may be taken away at any time."),
	scale_count: wholeNumber(0, 5e3).default(0).describe("Extra instances when scaling out."),
	scale_type: oneOf([
		"none",
		"spot",
		"demand"
	]).default("none").describe("Kind of the extra instances. `none`: autoscaling is off."),
	autoscaling_cpu_threshold: orNull(number(1, 100)).describe("Percent of CPU that triggers scaling."),
	autoscaling_memory_threshold: orNull(number(1, 100)).describe("Percent of memory that triggers scaling."),
	health_check: HealthCheck.optional(),
	readiness: HealthCheck.optional().describe("Whether an instance is to get requests. One that fails it goes on. Default: the health check decides that as well."),
	containers: Containers.optional().describe("What runs beside it in each instance. Replaces the inherited ones; `{}` clears them."),
	depends_on: DependsOn.optional().describe("Containers that its command waits for in a new instance, and how far they must be."),
	rollout: Rollout.prefault({}),
	disabled: YesOrNo.default(false).describe("Stops all instances and keeps the counts."),
	ecs: ProcessEcs.prefault({}),
	...unmetOfProcess
}).meta({
	id: "process",
	description: "A component that runs all the time, as n identical instances."
});
const TaskSettings = strictObject({
	...component,
	run: orNull(oneOf(["pre_deploy", "post_deploy"])).describe("When a deployment runs it: before any process is touched, or after all. Default: never."),
	when: oneOf(["changed", "always"]).default("changed").describe("Whether a deployment runs it only when the image or the task differ from its last success."),
	on_failure: oneOf(["abort", "continue"]).default("abort").describe("What a failure means for the deployment."),
	schedule: orNull(Schedule).describe("Cron expression: minute, hour, day, month, weekday; with 6 fields, second first. Default: no schedule."),
	timezone: TimeZone.default("UTC").describe("Time zone of the schedule."),
	concurrency: oneOf(["allow", "forbid"]).default("allow").describe("Whether a scheduled run may start while the one before it runs."),
	max_hours: number(.01, 168).optional().describe("Hours after which it is stopped, at most 168. Default: 1 for tasks of a deployment, 24 for others.")
}).meta({
	id: "task",
	description: "A command that runs once and ends."
});
export { TaskSettings as i, ProcessSettings as n, Rollout as r, ProcessEcs as t };
