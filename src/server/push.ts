import { Refused } from '../deploy/end.ts'
import { preview } from '../deploy/preview.ts'
import { requestCommit, type Requested } from '../deploy/requests.ts'
import { ConfigError, messageOf, UserError } from '../app/errors.ts'
import type { Outcome } from '../engine/ledger.ts'
import { zeroLike } from '../git/object-id.ts'
import { StaleRefError } from '../git/refs.ts'
import type { Repository } from '../git/repository.ts'
import { renderDiagnostics } from '../report/config.ts'
import { createEventRenderer } from '../report/event.ts'
import { renderPlan } from '../report/plan.ts'
import { idOf, type AppEntry } from './apps.ts'
import type { Context } from './context.ts'
import type { StartedDeployment } from './deployments.ts'
import { powerOf } from './engine-settings.ts'
import { deploymentRef, holdCommit } from './kept-commits.ts'
import { gatherFacts } from './git/facts.ts'
import { judge } from './git/judge.ts'
import type { RefAnswer, RefCommand } from './git/proc-receive.ts'
import type { Push } from './git/receive.ts'
import { auditPush } from './push-audit.ts'
import { movesRef } from './ref-moves.ts'

/** Receives what was judged fit to deploy: one commit for the deploy branch of one app. */
export class PushDeployer {
  readonly #context: Context

  constructor(context: Context) {
    this.#context = context
  }

  /** Deploys, or says why not. `also` are refs that move together with the branch: the tags of an atomic push. */
  async deploy(
    app: AppEntry,
    push: Push,
    command: RefCommand,
    also: readonly RefCommand[],
  ): Promise<RefAnswer> {
    const { options } = push
    if (options.dryRun) return this.#dryRun(app, push, command)
    const started = await this.#start(app, push, command, also)
    const { number } = started.deployment
    const watching = this.#watch(app, push, number)
    if (options.async) {
      push.write(
        `-----> Deployment #${number} goes on without you\n       gantry deployment logs ${number} --app ${app.name} -f\n`,
      )
      return { ok: true, newOid: command.from, instead: deploymentRef(number) }
    }
    if (options.cancelOnDisconnect) {
      const cancel = (): void => {
        this.#context.deployments.cancel(idOf(app), number).catch(() => {
          // It ended in the same moment.
        })
      }
      push.disconnected.addEventListener('abort', cancel)
      if (push.disconnected.aborted) cancel()
    }
    const { outcome, reason } = await started.result
    await watching
    if (!movesRef(outcome)) return { ok: false, reason: refusal(number, outcome, reason) }
    const branch = await this.#context.apps.repository(app.name).resolve(command.ref)
    if (branch === null)
      return { ok: false, reason: `deployment #${number} succeeded, but the branch did not move` }
    await this.#sayAddresses(app, push)
    return { ok: true }
  }

  async #start(
    app: AppEntry,
    push: Push,
    command: RefCommand,
    also: readonly RefCommand[],
  ): Promise<StartedDeployment> {
    const { apps, deployments, refMoves } = this.#context
    const id = idOf(app)
    const repository = apps.repository(app.name)
    const { entry, request } = await this.#request(app, push, command)
    const started = await deployments.start(id, { ...entry, by: push.by }, async ({ number }) => {
      refMoves.add(id, { number, ref: command.ref, from: command.from, to: command.to })
      await holdCommit(repository, number, command.to)
      return {
        ...request,
        admit: () => admit(repository, app, command),
        settle: (outcome) => this.#settle(app, repository, push, { number, command, also, outcome }),
      }
    })
    auditPush(this.#context.audit, push, [command, ...also], { deployment: started.deployment.number })
    return started
  }

  async #request(app: AppEntry, { options }: Push, command: RefCommand): Promise<Requested> {
    const { apps, clock, engines } = this.#context
    const { engine } = await engines.of(app)
    return requestCommit(engine, idOf(app), {
      repository: apps.repository(app.name),
      commit: command.to,
      rebuild: options.rebuild,
      allow_remove: options.allowRemove,
      clock,
      power: () => powerOf(apps.get(app.name)),
    })
  }

  /** Moves the branch in the step that recorded the outcome, while the turn is still this deployment's. */
  async #settle(
    app: AppEntry,
    repository: Repository,
    push: Push,
    {
      number,
      command,
      also,
      outcome,
    }: { number: number; command: RefCommand; also: readonly RefCommand[]; outcome: Outcome },
  ): Promise<void> {
    if (movesRef(outcome)) {
      const now = (await repository.resolve(command.ref)) ?? zeroLike(command.to)
      const branch = { ...command, from: now }
      const reason = `deployment #${number}`
      try {
        await repository.updateRefs([branch, ...also], push.by, reason)
      } catch (error) {
        if (!(error instanceof StaleRefError) || also.length === 0) throw error
        // Somebody has made the same tag meanwhile. What is deployed must be where the branch is.
        push.write(` !     ${error.message}: the tags of this push were not stored\n`)
        await repository.updateRefs([branch], push.by, reason)
      }
      this.#context.refMoves.settled(idOf(app), { number, ref: command.ref })
    }
    this.#context.refMoves.remove(idOf(app), number)
  }

  async #watch(app: AppEntry, push: Push, number: number): Promise<void> {
    const render = createEventRenderer({ colour: false })
    const stop = push.options.async ? AbortSignal.timeout(ASYNC_WATCH_MS) : push.disconnected
    for await (const event of this.#context.deployments.events(idOf(app), number, true, stop)) {
      for (const line of render(event)) push.write(`${line}\n`)
      if (push.options.async) return
    }
  }

  async #dryRun(app: AppEntry, push: Push, command: RefCommand): Promise<RefAnswer> {
    try {
      const { request } = await this.#request(app, push, command)
      const { engine } = await this.#context.engines.of(app)
      const { plan } = await preview(engine, idOf(app), await request.want(), request.plan)
      push.write(`-----> Plan only: nothing is deployed, ${command.ref} stays where it is\n`)
      push.write(`${renderPlan(plan, { colour: false })}\n`)
      return { ok: true, newOid: command.from, instead: 'refs/gantry/dry-run' }
    } catch (error) {
      if (error instanceof ConfigError)
        push.write(`${renderDiagnostics(error.diagnostics, { colour: false })}\n`)
      if (error instanceof UserError) return { ok: false, reason: messageOf(error) }
      throw error
    }
  }

  async #sayAddresses(app: AppEntry, push: Push): Promise<void> {
    // Elsewhere it is not this server that answers for them.
    if (app.engine !== 'local') return
    const { engines, addressOf } = this.#context
    const { processes } = await engines.local.observe(idOf(app))
    const open = processes.filter(({ spec }) => spec.expose === 'public' && !spec.disabled)
    const main = engines.local.router.main(app.name)
    for (const { spec } of open) {
      push.write(`       ${spec.name}: ${addressOf(app.name, spec.name === main ? null : spec.name)}\n`)
    }
  }
}

/** How long an `async` push waits for the first line, which says how to watch. */
const ASYNC_WATCH_MS = 2_000

/** Judges a push that waited once more, by the refs as they are when its turn has come. */
async function admit(repository: Repository, app: AppEntry, command: RefCommand): Promise<void> {
  const rules = { branch: app.branch, allowForce: app.allow_force }
  const facts = await gatherFacts(repository, [command], rules)
  const ruling = judge({ commands: [command], atomic: false }, rules, facts).get(command.ref)
  if (ruling?.action === 'refuse') throw new Refused(ruling.reason)
}

/** What git says of the ref. Why something was refused is in the lines just above, and may be long. */
function refusal(number: number, outcome: Outcome, reason: string | null): string {
  const why = reason === null || outcome === 'refused' ? '' : `: ${reason}`
  return `deployment #${number} ${outcome.replace('_', ' ')}${why}`
}
