import * as fc from 'fast-check'

import type { Build, Condition, Container, HealthCheck, Mounts, Process } from '../../src/app/app.ts'
import type { IamRoleStatement, Unmet } from '../../src/app/unmet.ts'

export const mounts: fc.Arbitrary<Mounts> = fc.dictionary(
  fc.constantFrom('/var/cache', '/run/app', 'uploads'),
  fc.record(
    {
      source: fc.constantFrom('tmp' as const, 'instance' as const),
      source_path: fc.constantFrom('cache', 'shared', 'a/b'),
    },
    // As what is read from JSON.
    { noNullPrototype: true },
  ),
  { maxKeys: 2, noNullPrototype: true },
)

const STATEMENT: IamRoleStatement = {
  sid: null,
  effect: 'Allow',
  action: ['s3:GetObject'],
  resource: ['*'],
  condition: null,
}

/** What no engine carries out yet. */
export const unmet: { [Field in keyof Unmet]: fc.Arbitrary<Unmet[Field]> } = {
  connect_to: fc.dictionary(
    fc.constantFrom('db', 'queue'),
    fc.record(
      { service: fc.constantFrom('orders', 'broker'), endpoint: fc.constantFrom(null, 'postgresql') },
      { noNullPrototype: true },
    ),
    { maxKeys: 2, noNullPrototype: true },
  ),
  access: fc.constantFrom({ ssh: null }, { ssh: 'admin' as const }),
  iam_role_statements: fc.constantFrom([], [STATEMENT]),
}

const NAMES = ['seed', 'proxy', 'agent'] as const
const CONDITIONS: readonly Condition[] = ['started', 'healthy', 'completed', 'succeeded']

interface Drawn {
  container: Omit<Container, 'essential' | 'depends_on'> & { essential: boolean }
  /** What each one after it, the process last, waits for. */
  awaited: readonly (Condition | null)[]
}

/** What stands around a process in its instances, with dependencies that can be kept. */
export function surroundings(parts: {
  image: fc.Arbitrary<Pick<Container, 'image' | 'build'>>
  env: fc.Arbitrary<Record<string, string>>
  secrets: fc.Arbitrary<Record<string, string>>
  check: fc.Arbitrary<HealthCheck | null>
}): fc.Arbitrary<Pick<Process, 'containers' | 'depends_on'>> {
  const container = fc
    .record({
      own: parts.image,
      entry_point: fc.constantFrom(null, ['/bin/tini', '--']),
      command: fc.constantFrom(null, 'nginx -g "daemon off;"', ['envoy', '-c', '/etc/envoy.yml']),
      env: parts.env,
      secrets: parts.secrets,
      cpu: fc.constantFrom(null, 32),
      memory: fc.constantFrom(null, 64),
      essential: fc.boolean(),
      health_check: parts.check,
      mounts,
      stop_timeout: fc.constantFrom(0.5, 15, 30),
    })
    .map(({ own, ...rest }) => ({ ...rest, ...own, port: null }))
  const drawn: fc.Arbitrary<Drawn> = fc.record({
    container,
    awaited: fc.tuple(...NAMES.map(() => fc.option(fc.constantFrom(...CONDITIONS)))),
  })
  return fc.array(drawn, { maxLength: NAMES.length }).map(arranged)
}

function arranged(all: readonly Drawn[]): Pick<Process, 'containers' | 'depends_on'> {
  const names = [...NAMES.slice(0, all.length), 'main']
  const waitsOf = (index: number): Process['depends_on'] =>
    Object.fromEntries(
      all.slice(0, index).flatMap(({ container, awaited }, other) => {
        const condition = awaited[index - other - 1] ?? null
        if (condition === null || (condition === 'healthy' && container.health_check?.command == null))
          return []
        return [[names[other]!, condition]]
      }),
    )
  const waits = names.map((_, index) => waitsOf(index))
  const ends = (name: string): boolean =>
    waits.some((each) => each[name] === 'completed' || each[name] === 'succeeded')
  return {
    containers: Object.fromEntries(
      all.map(({ container }, index) => {
        const name = names[index]!
        const essential = container.essential && !ends(name)
        return [name, { ...container, port: 9000 + index, essential, depends_on: waits[index]! }]
      }),
    ),
    depends_on: waits.at(-1)!,
  }
}

/** An image of its own, pinned or built, or that of the process. */
export function ownImage(build: Build): fc.Arbitrary<Pick<Container, 'image' | 'build'>> {
  return fc.constantFrom(
    { image: null, build: null },
    { image: 'nginx:1.27', build: null },
    { image: null, build },
  )
}
