import { posix } from 'node:path'

import { checkKeys } from '../catalogue/check.ts'
import { Draft } from '../draft.ts'
import type { Format, FormatContext } from '../formats.ts'
import { refuseModule } from '../module.ts'
import type { Reading } from '../reading.ts'
import { quote } from '../text.ts'
import { child, derived, entriesOf, given, placeOf, textAt } from '../value.ts'
import type { Table, Value } from '../value.ts'
import { parseYaml } from '../yaml.ts'
import { honourFalse, honourUsual } from './context.ts'
import type { StackContext } from './context.ts'
import { Directives } from './directives.ts'
import { addHooks } from './hooks.ts'
import { addJob } from './jobs.ts'
import { STACKTAPE_KEYS } from './keys.ts'
import { addRetention } from './logging.ts'
import { kebab, Names } from './names.ts'
import { OTHERS } from './other-keys.ts'
import { SYSTEM } from './rules.ts'
import { addService } from './services.ts'
import { addWorkload } from './workloads.ts'

/** Of how many releases Gantry keeps the images. */
const KEPT_VERSIONS = 10

/** `stacktape.yml`, with all its services and jobs. Configs in TypeScript or JavaScript are programs, and not read. */
export const STACKTAPE: Format = {
  name: SYSTEM,
  files: ['stacktape.yml', 'stacktape.yaml'],
  async read(path, reading, context) {
    const source = await reading.open(path)
    if (source === null) return null
    const written = parseYaml(source, reading)
    refuseModule(path, context.module, placeOf(written)!, reading)
    const directives = new Directives(written, surroundings(context), reading)
    const root = checkKeys(directives.evaluate(), STACKTAPE_KEYS, reading, (value) =>
      directives.reasonFor(value),
    )
    return convert(root, directives, path, context, reading)
  },
}

function convert(
  root: Table,
  directives: Directives,
  path: string,
  { over, environment }: FormatContext,
  reading: Reading,
): Table {
  const resources = new Map(entriesOf(given(root, 'resources')))
  const context: StackContext = {
    reading,
    draft: new Draft(root.origin),
    directives,
    names: new Names(reading),
    retentions: [],
    folder: posix.dirname(path),
    resources,
    resourceNames: [...resources.keys()],
    namesByType: Map.groupBy(resources.keys(), (name) => textAt(resources.get(name), 'type') ?? ''),
    over,
    environment,
  }
  const serviceName = textAt(root, 'serviceName')
  if (serviceName !== undefined)
    reading.called = { name: serviceName, place: child(root, 'serviceName')?.key }
  addRollback(given(root, 'deploymentConfig'), context)
  for (const [name, resource] of resources) addResource(name, resource, context)
  addHooks(root, context)
  addRetention(context)
  return context.draft.table()
}

function addResource(name: string, resource: Value, context: StackContext): void {
  const type = textAt(resource, 'type')
  // It cannot be known here.
  if (type === undefined) return
  const other = OTHERS.get(type)
  const { reading } = context
  if (other !== undefined) reading.keys.change(resource, 'unsupported', other.text, other.hint)
  else if (kebab(name) !== name) {
    reading.warn(`The resource ${quote(name)} is named "${kebab(name)}" here`, {
      place: resource.key,
      hint: 'Use that name in gantry.yml and in commands.',
    })
  }
  if (type === 'batch-job') addJob(name, resource, context)
  else if (type === 'multi-container-workload') addWorkload(name, resource, context)
  else if (other === undefined) addService(name, resource, context)
}

function addRollback(config: Value | undefined, context: StackContext): void {
  const disabled = given(config, 'disableAutoRollback')
  honourFalse([disabled, given(config, 'terminationProtection')], context)
  honourUsual(KEPT_VERSIONS, given(config, 'previousVersionsToKeep'), context)
  if (disabled?.kind !== 'scalar' || disabled.value !== true) return
  context.draft.set(['defaults', 'rollout', 'on_failure'], derived('keep', disabled))
}

/** What directives ask for beside the file. */
function surroundings({ over, environment }: FormatContext): { environment: string; region: string | null } {
  const own = over ?? undefined
  const region = [child(child(own, 'environments'), environment), own].flatMap(
    (each) => textAt(child(each, 'ecs'), 'region') ?? [],
  )[0]
  return { environment, region: region ?? null }
}
