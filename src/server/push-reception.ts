import { messageOf } from '../app/errors.ts'
import type { Repository } from '../git/repository.ts'
import type { AppEntry } from './apps.ts'
import type { Context } from './context.ts'
import { gatherFacts } from './git/facts.ts'
import { judge, type Ruling } from './git/judge.ts'
import type { RefAnswer } from './git/proc-receive.ts'
import type { Push } from './git/receive.ts'
import { logRefusedPush } from './log.ts'
import type { PushDeployer } from './push.ts'
import { auditPush } from './push-audit.ts'

type Store = Extract<Ruling, { action: 'store' }>

/** Judges every ref of a push before anything happens, then deploys, stores or refuses each. */
export class PushReception {
  readonly #context: Context
  readonly #deployer: PushDeployer

  constructor(context: Context, deployer: PushDeployer) {
    this.#context = context
    this.#deployer = deployer
  }

  async receive(push: Push): Promise<Map<string, RefAnswer>> {
    const app = this.#context.apps.get(push.app)
    const repository = this.#context.apps.repository(app.name)
    const rules = { branch: app.branch, allowForce: app.allow_force }
    const facts = await gatherFacts(repository, push.commands, rules)
    const rulings = [...judge(push, rules, facts).values()]
    const answers = new Map<string, RefAnswer>()
    for (const ruling of rulings) {
      if (ruling.action === 'refuse') answers.set(ruling.ref, { ok: false, reason: ruling.reason })
    }
    logRefusedPush(this.#context.log, {
      ...push,
      refused: rulings.filter((each) => each.action === 'refuse'),
    })
    const stores = rulings.filter((ruling) => ruling.action === 'store')
    const deploy = rulings.find((ruling) => ruling.action === 'deploy')
    if (push.options.dryRun) {
      for (const store of stores) answers.set(store.ref, { ok: true, newOid: store.from })
    } else if (!push.atomic || deploy === undefined) {
      for (const store of stores) answers.set(store.ref, await this.#store(repository, push, [store]))
    }
    if (deploy !== undefined) {
      const answer = await this.#deploy(app, push, deploy, push.atomic ? stores : [])
      answers.set(deploy.ref, answer)
      if (push.atomic && !push.options.dryRun)
        for (const { ref } of stores) answers.set(ref, answerWith(answer))
    }
    return answers
  }

  async #deploy(
    app: AppEntry,
    push: Push,
    ruling: Extract<Ruling, { action: 'deploy' }>,
    also: readonly Store[],
  ): Promise<RefAnswer> {
    if (ruling.forced) {
      push.write(` !     Forced: commits that were on ${app.branch} are no longer part of it\n`)
    }
    // As the pusher sent it: a push that has to wait is judged once more by what the pusher knew.
    const command = push.commands.find(({ ref }) => ref === ruling.ref)!
    return this.#deployer.deploy(app, push, command, also)
  }

  async #store(repository: Repository, push: Push, updates: readonly Store[]): Promise<RefAnswer> {
    try {
      await repository.updateRefs(updates, push.by, 'push')
      auditPush(this.#context.audit, push, updates)
      return { ok: true }
    } catch (error) {
      return { ok: false, reason: messageOf(error) }
    }
  }
}

/** In an atomic push a tag goes the way of the branch. */
function answerWith(branch: RefAnswer): RefAnswer {
  return branch.ok ? { ok: true } : { ok: false, reason: 'atomic push: the deployment did not succeed' }
}
