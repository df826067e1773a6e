import { isDeepStrictEqual } from 'node:util'

import type { App, Process } from '../app/app.ts'
import type { Diagnostic } from '../app/errors.ts'
import { FIELD_NAMES, type FieldName } from '../app/fields.ts'
import type { OwnedFields, ProcessSpec, ProcessState } from '../app/spec.ts'
import type { Engine, FieldProblem } from '../engine/engine.ts'

export interface Adaptation {
  state: ProcessState
  warnings: Diagnostic[]
  /** What the engine does not take, a sentence each. */
  refused: string[]
}

/**
 * What the engine makes of a process once the operator's fields are laid over the config's. It may round what the config
 * says, which is then told; a field that the operator owns stays as it was asked for, and is refused.
 *
 * @param says what the config says of it; null where it does not name it
 * @param isNew whether it is made by this: then there is nothing to hand back
 */
export function adaptState(
  asked: ProcessState,
  {
    app,
    says,
    isNew,
    engine,
  }: { app: App; says: Process | null; isNew: boolean; engine: Pick<Engine, 'adaptProcess'> },
): Adaptation {
  const { name } = asked.spec
  const { spec, problems } = engine.adaptProcess(app, asked.spec)
  const isOwned = (field: string): boolean => Object.hasOwn(asked.owned, field)
  const changed = new Set<string>(
    FIELD_NAMES.filter((field) => !isDeepStrictEqual(asked.spec[field], spec[field])),
  )
  const [refused, told] = parted(
    problems,
    (each) =>
      each.severity === 'error' || fieldsOf(each).some((field) => isOwned(field) && changed.has(field)),
  )
  const kept = new Set(refused.flatMap(fieldsOf).filter(isOwned))
  // Of what the config alone makes, the config's own diagnostics have told.
  const isNews = (field: string): boolean => says === null || isOwned(field) || changed.has(field)
  return {
    state: withFields(asked, spec, kept),
    warnings: told
      .filter((each) => fieldsOf(each).some(isNews))
      .map(({ fields: [field], message, hint }) => ({
        severity: 'warning',
        message: `${field} of ${name}: ${message}`,
        ...(hint !== undefined && { hint }),
      })),
    refused: refused.map((each) => refusal(name, each, { owned: asked.owned, says, isNew })),
  }
}

/** The adapted state, but for the fields to keep. What is owned has the value that it has in the spec. */
function withFields(asked: ProcessState, adapted: ProcessSpec, kept: ReadonlySet<string>): ProcessState {
  const spec = { ...adapted, ...pick(asked.spec, (field) => kept.has(field)) }
  const { image: _image, ...values } = pick(spec, (field) => Object.hasOwn(asked.owned, field))
  return { ...asked, spec, owned: { ...asked.owned, ...values } }
}

function pick(spec: ProcessSpec, isWanted: (field: FieldName) => boolean): Partial<ProcessSpec> {
  return Object.fromEntries(FIELD_NAMES.filter(isWanted).map((field) => [field, spec[field]]))
}

/** `memory of web (memory set by operator, cpu by the config) cannot be kept: …`, and how to be rid of it. */
function refusal(
  name: string,
  problem: FieldProblem,
  { owned, says, isNew }: { owned: OwnedFields; says: Process | null; isNew: boolean },
): string {
  const { severity, message, hint } = problem
  const fields = fieldsOf(problem)
  const mine = fields.filter((field) => Object.hasOwn(owned, field))
  const owners = fields.flatMap((field) => {
    if (mine.includes(field)) return `${field} set by operator`
    return says === null ? [] : `${field} set by the config`
  })
  const what = `${problem.fields[0]} of ${name}${owners.length === 0 ? '' : ` (${owners.join(', ')})`}`
  const better = severity === 'error' ? hint : isNew ? 'ask for something else' : 'set it anew'
  const rid = isNew ? 'leave it out' : `hand it back with \`gantry process unset ${name} ${mine.join(' ')}\``
  const ways = [...(better === undefined ? [] : [better]), ...(mine.length === 0 ? [] : [rid])]
  return `${what}${severity === 'warning' ? ' cannot be kept' : ''}: ${message}: ${ways.join(', or ')}`
}

/** The fields of the process that a problem is about: `health_check` of `health_check.interval`. */
function fieldsOf({ fields }: FieldProblem): string[] {
  return [...new Set(fields.map((field) => field.split('.')[0]!))]
}

function parted<T>(all: readonly T[], test: (each: T) => boolean): [T[], T[]] {
  return [all.filter(test), all.filter((each) => !test(each))]
}
