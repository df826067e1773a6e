import { MAIN } from '../app/app.ts'
import { MOST_CONTAINERS } from './gantry-yml/containers.ts'
import type { Reading } from './reading.ts'
import { checkMounts, checkVariables, lineOf } from './shared-rules.ts'
import { suggest } from './suggest.ts'
import { quote } from './text.ts'
import { child, entriesOf, isEmpty, placeOf, textAt } from './value.ts'
import type { Value } from './value.ts'

/** Every container of the instances of a process, with the process itself as `main`. */
type Instance = ReadonlyMap<string, Value>

/** Who waits for this waits for the end. */
const ENDS = new Set(['completed', 'succeeded'])

/** Reports what does not go together in the containers of one process. */
export function checkContainers(path: string, settings: Value, reading: Reading): void {
  const written = child(settings, 'containers')
  const containers = entriesOf(written)
  if (containers.length > MOST_CONTAINERS) {
    reading.error(
      `${path} has ${containers.length} containers, and there can be ${MOST_CONTAINERS} at most`,
      {
        path: `${path}.containers`,
        place: written?.key ?? placeOf(written!),
      },
    )
    return
  }
  const instance: Instance = new Map([[MAIN, settings], ...containers])
  for (const [name, container] of containers) {
    const own = `${path}.containers.${name}`
    checkVariables(`${own}.`, container, reading)
    checkMounts(own, container, reading)
    checkImage(own, container, reading)
  }
  checkPorts(path, instance, reading)
  for (const [name, container] of instance) {
    const own = name === MAIN ? path : `${path}.containers.${name}`
    for (const [other, condition] of entriesOf(child(container, 'depends_on'))) {
      checkDependency(own, { name, other, condition }, instance, reading)
    }
  }
  checkCircles(path, instance, reading)
}

function checkImage(path: string, container: Value, reading: Reading): void {
  const build = child(container, 'build')
  if (build === undefined || child(container, 'image') === undefined) return
  reading.error(`${path} has both an image and a build`, {
    path: `${path}.build`,
    place: build.key ?? placeOf(build),
    hint: 'A pinned image is not built. Leave one of them out.',
  })
}

/** All containers of an instance listen at one address. */
function checkPorts(path: string, instance: Instance, reading: Reading): void {
  const taken = new Map<string, string>()
  for (const [name, container] of instance) {
    const port = child(container, 'port')
    if (port?.kind !== 'scalar') continue
    const first = taken.get(String(port.value))
    if (first === undefined) taken.set(String(port.value), name)
    else {
      reading.error(`${first} and ${name} of ${path} both listen on port ${port.text}`, {
        path: `${path}.containers.${name}.port`,
        place: placeOf(port),
        hint: 'The containers of an instance share its network. Give each a port of its own.',
      })
    }
  }
}

function checkDependency(
  path: string,
  { name, other, condition }: { name: string; other: string; condition: Value },
  instance: Instance,
  reading: Reading,
): void {
  const found = instance.get(other)
  const where = { path: `${path}.depends_on.${other}`, place: condition.key ?? placeOf(condition) }
  if (other === name) {
    reading.error(`${path} waits for itself`, where)
    return
  }
  if (found === undefined) {
    reading.error(`${path} waits for ${quote(other)}, which is no container of this process`, {
      ...where,
      hint: hintForUnknown(other, [...instance.keys()]),
    })
    return
  }
  const how = condition.kind === 'scalar' ? condition.text : ''
  if (how === 'healthy' && !hasCheck(found)) {
    reading.error(`${path} waits for ${other} to be healthy, and nothing checks that`, {
      ...where,
      hint: `Give ${other} a \`health_check\`, or wait for it to be started.`,
    })
  }
  if (!ENDS.has(how)) return
  const essential = child(found, 'essential')
  if (other === MAIN) {
    reading.error(`${path} waits for the process to end, which runs all the time`, {
      ...where,
      hint: 'Wait for it to be started or healthy.',
    })
  } else if (textAt(found, 'essential') === 'true') {
    const at = essential?.key ?? placeOf(essential!)
    reading.error(`${path} waits for ${other} to end, and with ${other} the instance ends${lineOf(at)}`, {
      ...where,
      hint: `Write \`essential: false\` for ${other}, or leave it out.`,
    })
  }
}

function hintForUnknown(name: string, names: readonly string[]): string {
  const meant = suggest(name, names)
  if (meant !== null) return `Did you mean ${quote(meant)}?`
  return names.length === 1
    ? 'It has none. Write `depends_on: {}` if it inherits this.'
    : `There are ${names.join(', ')}.`
}

function hasCheck(container: Value): boolean {
  const check = child(container, 'health_check')
  return check !== undefined && !isEmpty(check)
}

function checkCircles(path: string, instance: Instance, reading: Reading): void {
  const done = new Set<string>()
  const visit = (name: string, way: readonly string[]): void => {
    if (way.includes(name)) {
      const first = child(instance.get(name), 'depends_on')
      const circle = [...way.slice(way.indexOf(name)), name]
      if (circle.length > 2) {
        reading.error(`Containers of ${path} wait for each other: ${circle.join(' → ')}`, {
          path: `${path}.depends_on`,
          place: first?.key ?? (first && placeOf(first)),
          hint: 'Let one of them start without waiting.',
        })
      }
      return
    }
    if (done.has(name)) return
    for (const [other] of entriesOf(child(instance.get(name), 'depends_on'))) visit(other, [...way, name])
    done.add(name)
  }
  for (const name of instance.keys()) visit(name, [])
}
