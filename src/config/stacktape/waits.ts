import { MAIN } from '../../app/app.ts'
import { quote } from '../text.ts'
import { child, derived, given, placeOf, textAt } from '../value.ts'
import type { Scalar, Table } from '../value.ts'
import { refuseUnknown, reportMissing, tablesOf, wordsOf } from './context.ts'
import type { StackContext, Target } from './context.ts'

/** What the containers of an instance are called here, by their names in the file. */
export type ContainerNames = ReadonlyMap<string, string>

/** What is waited for, and how that is said here. */
const CONDITIONS: Readonly<Record<string, string>> = {
  START: 'started',
  HEALTHY: 'healthy',
  COMPLETE: 'completed',
  SUCCESS: 'succeeded',
}
const ENDS = ['COMPLETE', 'SUCCESS']

interface Wait {
  other: Scalar
  condition: Scalar
}

/** The names of the containers that another one waits for until they end. */
export function endingOf(containers: readonly Table[]): Set<string> {
  const waits = containers.flatMap(waitsOf)
  return new Set(
    waits.filter(({ condition }) => ENDS.includes(condition.text)).map(({ other }) => other.text),
  )
}

/** Adds what each container of an instance waits for. */
export function addWaits(
  process: Target,
  containers: readonly Table[],
  names: ContainerNames,
  context: StackContext,
): void {
  // What reads the draft has another name for the container of the process: it must find nothing wrong with waits.
  const pathOf = (name: string): Target | null => {
    const own = names.get(name)
    if (own === undefined) return null
    return own === MAIN ? process : [...process, 'containers', own]
  }
  if (!areSound(containers, pathOf, context)) return
  for (const container of containers) {
    const path = pathOf(nameOf(container))
    if (path === null) continue
    for (const { other, condition } of waitsOf(container)) {
      const meant = CONDITIONS[condition.text] ?? condition.text
      context.draft.set([...path, 'depends_on', names.get(other.text)!], derived(meant, condition))
    }
  }
}

/** Whether all waits of an instance can end, as ECS wants it; reports those that cannot. */
function areSound(
  containers: readonly Table[],
  pathOf: (name: string) => Target | null,
  context: StackContext,
): boolean {
  const byName = new Map(containers.map((each) => [nameOf(each), each]))
  const checked = containers.flatMap((container) =>
    waitsOf(container).map((wait) =>
      isSound(wait, nameOf(container), pathOf(wait.other.text), byName, context),
    ),
  )
  return checked.every(Boolean) && !hasCircle(byName, context)
}

function isSound(
  { other, condition }: Wait,
  name: string,
  path: Target | null,
  containers: ReadonlyMap<string, Table>,
  context: StackContext,
): boolean {
  const found = containers.get(other.text)
  const [own, awaited] = [quote(name), quote(other.text)]
  const refuse = (message: string, hint?: string): false => {
    context.reading.error(message, { place: placeOf(condition), hint })
    return false
  }
  if (found === undefined) {
    reportMissing('container', other, [...containers.keys()], context)
    return false
  }
  if (other.text === name) return refuse(`${own} waits for itself`)
  if (condition.text === 'HEALTHY') {
    const check = child(found, 'internalHealthCheck')
    if (check === undefined) {
      const hint = `Give ${awaited} an \`internalHealthCheck\`, or wait for its START.`
      return refuse(`${own} waits for ${awaited} to be healthy, and nothing checks that`, hint)
    }
    if (wordsOf(given(check, 'healthCheckCommand')) === null && path !== null) {
      const what = `${own} waits for ${awaited} to be healthy, and what checks that`
      return refuseUnknown(what, [path, 'health_check'], condition, context)
    }
  }
  if (ENDS.includes(condition.text) && textAt(found, 'essential') === 'true') {
    const hint = `Write \`essential: false\` for ${awaited}, or leave it out.`
    return refuse(`${own} waits for ${awaited} to end, and with ${awaited} the instance ends`, hint)
  }
  return true
}

function hasCircle(containers: ReadonlyMap<string, Table>, { reading }: StackContext): boolean {
  const done = new Set<string>()
  const visit = (name: string, way: readonly string[]): boolean => {
    if (way.includes(name)) {
      const circle = [...way.slice(way.indexOf(name)), name].map(quote)
      reading.error(`Containers wait for each other: ${circle.join(' → ')}`, {
        place: placeOf(given(containers.get(name), 'dependsOn')!),
        hint: 'Let one of them start without waiting.',
      })
      return true
    }
    if (done.has(name)) return false
    const found = waitsOf(containers.get(name)!).some(({ other }) => visit(other.text, [...way, name]))
    done.add(name)
    return found
  }
  return [...containers.keys()].some((name) => visit(name, []))
}

function waitsOf(container: Table): Wait[] {
  return tablesOf(given(container, 'dependsOn')).flatMap((item) => {
    const other = given(item, 'containerName')
    const condition = given(item, 'condition')
    return other?.kind === 'scalar' && condition?.kind === 'scalar' ? [{ other, condition }] : []
  })
}

function nameOf(container: Table): string {
  return textAt(container, 'name') ?? ''
}
