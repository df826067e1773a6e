import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

import type { Clock } from '../../../src/app/clock.ts'
import { VirtualClock } from '../virtual-clock.ts'
import { AutoscalingFake } from './autoscaling/autoscaling.ts'
import { ACCOUNT, REGION } from './arn.ts'
import { AwsError } from './aws-error.ts'
import { Ec2Fake } from './ec2/ec2.ts'
import { EcrFake } from './ecr/ecr.ts'
import { EcsFake } from './ecs/ecs.ts'
import { ElbFake } from './elb.ts'
import { Faults, isWrite, type Call, type FaultKind } from './faults.ts'
import { IamFake } from './iam.ts'
import { LogsFake } from './logs/logs.ts'
import {
  readRequest,
  writeError,
  writeResponse,
  type Request,
  type RequestHead,
  type Response,
} from './protocols.ts'
import { SchedulerFake } from './scheduler/scheduler.ts'
import { SecretsManagerFake } from './secrets-manager.ts'
import type { FakeService } from './service.ts'
import { SsmFake } from './ssm/ssm.ts'

export { ACCOUNT, REGION }

export interface FakeAwsOptions {
  /** Default: a VirtualClock of its own. */
  clock?: Clock
  port?: number
  /** Real milliseconds that every call takes. */
  latency?: number
}

/**
 * AWS as far as Gantry uses it, with state, behind one HTTP endpoint: `AWS_ENDPOINT_URL`. What it does is written down rule by rule, with the
 * source of each, in RULES.md.
 */
export class FakeAws {
  readonly clock: Clock
  readonly faults = new Faults()
  /** Every call so far, in order, refused ones included. */
  readonly calls: Call[] = []
  readonly logs: LogsFake
  readonly ssm: SsmFake
  readonly secrets: SecretsManagerFake
  readonly ecr: EcrFake
  readonly elb: ElbFake
  readonly ec2: Ec2Fake
  readonly iam: IamFake
  readonly autoscaling: AutoscalingFake
  readonly scheduler: SchedulerFake
  readonly ecs: EcsFake
  /** Services that answer as an endpoint does that does not have them: `autoscaling`, or an operation, `ecs:ListServiceDeployments`. */
  readonly missing = new Set<string>()
  /** Real milliseconds that every call takes. */
  latency: number
  readonly #server: Server
  readonly #services: Readonly<Record<string, FakeService>>

  private constructor(options: FakeAwsOptions) {
    this.clock = options.clock ?? new VirtualClock()
    this.latency = options.latency ?? 0
    this.logs = new LogsFake(this.clock)
    this.ssm = new SsmFake(this.clock)
    this.secrets = new SecretsManagerFake(this.clock)
    this.ecr = new EcrFake(this.clock)
    this.elb = new ElbFake()
    this.ec2 = new Ec2Fake()
    this.iam = new IamFake()
    this.autoscaling = new AutoscalingFake(this.clock)
    this.scheduler = new SchedulerFake(this.clock)
    this.ecs = new EcsFake(this)
    this.autoscaling.ecs = this.ecs
    this.#services = {
      ecs: this.ecs,
      ecr: this.ecr,
      ssm: this.ssm,
      secretsmanager: this.secrets,
      logs: this.logs,
      elb: this.elb,
      ec2: this.ec2,
      iam: this.iam,
      autoscaling: this.autoscaling,
      scheduler: this.scheduler,
    }
    this.#server = createServer((request, response) => void this.#serve(request, response))
  }

  static async start(options: FakeAwsOptions = {}): Promise<FakeAws> {
    const fake = new FakeAws(options)
    fake.#server.listen(options.port ?? 0, '127.0.0.1')
    await once(fake.#server, 'listening')
    return fake
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** What a client needs in its environment to talk to this instead of AWS. */
  get environment(): Record<string, string> {
    return {
      AWS_ENDPOINT_URL: this.url,
      AWS_REGION: REGION,
      AWS_ACCESS_KEY_ID: 'AKIAFAKE',
      AWS_SECRET_ACCESS_KEY: 'fake',
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.clock instanceof VirtualClock) this.clock[Symbol.dispose]()
    this.#server.closeAllConnections()
    this.#server.close()
    await once(this.#server, 'close')
  }

  /** What a request gets, however it came here. `hang`: nothing, ever; `reset`: its connection is cut. */
  async answer(head: RequestHead, body: string): Promise<Response | 'hang' | 'reset'> {
    let request: Request = { service: '', operation: '', input: {} }
    try {
      request = readRequest(head, body)
      const call = this.#note(request, head)
      const fault = this.faults.take(call)
      if (fault === 'hang') return 'hang'
      await this.#delay(fault)
      if (fault === 'reset') return 'reset'
      if (fault !== null) refuse(fault, call)
      const answer = writeResponse(request, this.#handle(request))
      return fault === 'lost' ? 'reset' : answer
    } catch (error) {
      // A mistake of the fake itself shows at once: no client tries a 400 again.
      const refused =
        error instanceof AwsError ? error : new AwsError('FakeFailure', String((error as Error).stack))
      return writeError(request.service, refused)
    }
  }

  async #serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const release = this.clock instanceof VirtualClock ? this.clock.hold() : () => {}
    const answer = await this.answer(message, await text(message)).finally(release)
    if (answer === 'hang') return
    if (answer === 'reset') return void message.socket.destroy()
    response.writeHead(answer.status, answer.headers).end(answer.body)
  }

  #note({ service, operation, input }: Request, { headers }: RequestHead): Call {
    const caller = /app\/(\S+)/.exec(String(headers['user-agent']))?.[1] ?? null
    const call = { service, operation, input, writes: isWrite(operation), caller, at: this.clock.now() }
    this.calls.push(call)
    return call
  }

  #handle({ service, operation, input }: Request): unknown {
    const fake = this.#services[service]
    if (fake === undefined || this.missing.has(service) || this.missing.has(`${service}:${operation}`)) {
      throw new AwsError('UnknownOperationException', `${service} has no operation ${operation} here`)
    }
    for (const each of Object.values(this.#services)) each.advance?.()
    return fake.handle(operation, input)
  }

  async #delay(fault: FaultKind | null): Promise<void> {
    const slow = typeof fault === 'object' && fault !== null ? fault.slow : 0
    const milliseconds = this.latency + slow
    if (milliseconds > 0) await new Promise((resolve) => setTimeout(resolve, milliseconds))
  }
}

/** What services call it when IAM says no, where it is not the usual. */
const DENIED: Readonly<Record<string, string>> = { ec2: 'UnauthorizedOperation', iam: 'AccessDenied' }

function refuse(fault: FaultKind, { service, operation }: Pick<Call, 'service' | 'operation'>): void {
  if (fault === 'throttle') throw new AwsError('ThrottlingException', 'Rate exceeded')
  if (fault === 'error') throw new AwsError('ServerException', 'Service Unavailable', 503)
  if (fault === 'denied') {
    const user = `arn:aws:sts::${ACCOUNT}:assumed-role/deployer/somebody`
    throw new AwsError(
      DENIED[service] ?? 'AccessDeniedException',
      `User: ${user} is not authorized to perform: ${service}:${operation} because no identity-based policy allows it`,
    )
  }
}
