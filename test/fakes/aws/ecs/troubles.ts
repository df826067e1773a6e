/** What goes wrong with tasks, because a test wants it to. */
export class Troubles {
  /** References of images that cannot be pulled, with what the registry says. */
  readonly unpullable = new Map<string, string>()
  /** `valueFrom` of secrets that cannot be read. */
  readonly unreadableSecrets = new Set<string>()
  /** Images whose containers fail their health checks. */
  readonly unhealthyImages = new Set<string>()
  /** Images whose containers use more memory than they have, a second after their start. */
  readonly hungryImages = new Set<string>()
  /** Names of services whose tasks a load balancer finds unhealthy. */
  readonly unhealthyTargets = new Set<string>()
  /** Capacity providers that have nothing to give. */
  readonly exhausted = new Set<string>()
  /** Task roles that may not use ssmmessages. */
  readonly muteRoles = new Set<string>()
  /** Families in whose tasks the agent of ECS Exec does not run. */
  readonly agentless = new Set<string>()
}
