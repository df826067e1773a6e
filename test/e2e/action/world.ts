import { Checkout } from '../../cli/checkout.ts'
import { FakeAws } from '../../fakes/aws/fake-aws.ts'
import { FakeGitHub } from '../../fakes/github/fake-github.ts'
import { ScaledClock } from '../../fakes/scaled-clock.ts'
import { Runner, type RunningStep, type Step, type StepResult } from './runner.ts'

/** How many times as fast as ours the clock of the fake AWS is. */
const SPEED = 200

/** One process, and nothing that takes longer. */
export const WORKER = `
app: shop
engine: ecs
ecs: {subnets: [subnet-1], execution_role: "arn:aws:iam::123456789012:role/execution"}
processes:
  worker: {image: "example.com/worker:1", command: [/fake/stays-up]}
`

export const CONFIG = `${WORKER}tasks:
  migrate: {image: "example.com/worker:1", command: [/fake/prints, "3 migrations", "0"], run: pre_deploy}
`

type Given = Partial<Step>

/** A repository on GitHub, a runner that works for it, and the AWS that it deploys to. */
export class World implements AsyncDisposable {
  readonly aws: FakeAws
  readonly github: FakeGitHub
  readonly runner: Runner
  readonly checkout: Checkout

  private constructor(aws: FakeAws, github: FakeGitHub, runner: Runner) {
    this.aws = aws
    this.github = github
    this.runner = runner
    this.checkout = new Checkout(runner.workspace)
  }

  static async start(): Promise<World> {
    const github = await FakeGitHub.start()
    const aws = await FakeAws.start({ clock: new ScaledClock(SPEED) })
    return new World(aws, github, await Runner.start(github.url))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.runner[Symbol.asyncDispose]()
    await this.aws[Symbol.asyncDispose]()
    await this.github[Symbol.asyncDispose]()
  }

  commit(config: string, message = 'Change'): string {
    return this.checkout.commit(message, { 'gantry.yml': config })
  }

  push(sha: string, given: Given = {}): Promise<StepResult> {
    return this.runner.step(this.pushed(sha, given))
  }

  start(sha: string, given: Given = {}): Promise<RunningStep> {
    return this.runner.main(this.pushed(sha, given))
  }

  pushed(sha: string, given: Given = {}): Step {
    return { event: 'push', sha, environment: this.aws.environment, ...given }
  }

  pullRequest(sha: string, given: Given & { fork?: boolean; number?: number } = {}): Promise<StepResult> {
    const { fork = false, number = 7, ...more } = given
    const full_name = fork ? 'mallory/shop' : 'acme/shop'
    const payload = { pull_request: { number, head: { sha: 'b'.repeat(40), repo: { full_name } } } }
    return this.runner.step({
      event: 'pull_request',
      payload,
      sha,
      environment: this.aws.environment,
      ...more,
    })
  }

  /** The operations that changed something in AWS, since the last time. */
  writes(): string[] {
    return this.aws.calls.splice(0).flatMap(({ writes, operation }) => (writes ? [operation] : []))
  }
}
