import type { z } from 'zod'

import type { Clock } from '../../../../src/app/clock.ts'
import { arn } from '../arn.ts'
import { AwsError } from '../aws-error.ts'
import { operation, perform } from '../operation.ts'
import { page } from '../page.ts'
import type { FakeService, Input } from '../service.ts'
import { ListSchedules, OneSchedule, PutSchedule } from './inputs.ts'

type Put = z.output<typeof PutSchedule>

interface Schedule {
  settings: Omit<Put, 'ClientToken'>
  /** Milliseconds since the epoch. */
  created: number
  modified: number
}

/**
 * EventBridge Scheduler: https://docs.aws.amazon.com/scheduler/latest/APIReference/API_Operations.html
 *
 * It keeps schedules and starts none of them.
 */
export class SchedulerFake implements FakeService {
  readonly #clock: Clock
  readonly #schedules = new Map<string, Schedule>()
  /** Answers by client token: a call that is sent again is not carried out again. */
  readonly #answers = new Map<string, object>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  handle(name: string, input: Input): unknown {
    return perform(this.#operations, { name, input, invalid: 'ValidationException' })
  }

  readonly #operations = {
    CreateSchedule: operation(PutSchedule, ({ ClientToken, ...settings }) =>
      this.#once(ClientToken, () => {
        checkGroup(settings.GroupName)
        if (this.#schedules.has(settings.Name)) {
          throw new AwsError('ConflictException', `Schedule ${settings.Name} already exists.`, 409)
        }
        const now = this.#clock.now()
        this.#schedules.set(settings.Name, { settings, created: now, modified: now })
        return { ScheduleArn: scheduleArn(settings.Name) }
      }),
    ),

    UpdateSchedule: operation(PutSchedule, ({ ClientToken, ...settings }) =>
      this.#once(ClientToken, () => {
        const { created } = this.#schedule(settings)
        this.#schedules.set(settings.Name, { settings, created, modified: this.#clock.now() })
        return { ScheduleArn: scheduleArn(settings.Name) }
      }),
    ),

    DeleteSchedule: operation(OneSchedule, ({ ClientToken, ...named }) =>
      this.#once(ClientToken, () => {
        this.#schedule(named)
        this.#schedules.delete(named.Name)
        return {}
      }),
    ),

    GetSchedule: operation(OneSchedule, (named) => {
      const { settings, created, modified } = this.#schedule(named)
      return {
        Arn: scheduleArn(settings.Name),
        ...settings,
        CreationDate: created / 1_000,
        LastModificationDate: modified / 1_000,
      }
    }),

    ListSchedules: operation(
      ListSchedules,
      ({ GroupName, NamePrefix = '', State, MaxResults, NextToken }) => {
        if (GroupName !== undefined) checkGroup(GroupName)
        const found = [...this.#schedules.values()].filter(
          ({ settings }) =>
            settings.Name.startsWith(NamePrefix) && (State === undefined || settings.State === State),
        )
        const { items, token } = page(found, {
          key: ({ settings }) => settings.Name,
          limit: MaxResults,
          token: NextToken,
          invalid: 'ValidationException',
        })
        return { Schedules: items.map(summary), NextToken: token }
      },
    ),
  }

  #schedule({ Name, GroupName }: { Name: string; GroupName: string }): Schedule {
    checkGroup(GroupName)
    const found = this.#schedules.get(Name)
    if (found !== undefined) return found
    throw new AwsError('ResourceNotFoundException', `Schedule ${Name} does not exist.`, 404)
  }

  #once(token: string | undefined, carryOut: () => object): object {
    const known = token === undefined ? undefined : this.#answers.get(token)
    if (known !== undefined) return known
    const answer = carryOut()
    if (token !== undefined) this.#answers.set(token, answer)
    return answer
  }
}

function checkGroup(name: string): void {
  if (name === 'default') return
  throw new AwsError('ResourceNotFoundException', `Schedule group ${name} does not exist.`, 404)
}

function scheduleArn(name: string): string {
  return arn('scheduler', `schedule/default/${name}`)
}

function summary({ settings, created, modified }: Schedule): object {
  return {
    Arn: scheduleArn(settings.Name),
    Name: settings.Name,
    GroupName: settings.GroupName,
    State: settings.State,
    Target: { Arn: settings.Target.Arn },
    CreationDate: created / 1_000,
    LastModificationDate: modified / 1_000,
  }
}
