import { execFile } from 'node:child_process'
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

import { describe, expect, test } from 'vitest'

import { jsonSchema } from '../../src/config/gantry-yml/json-schema.ts'
import { problemsOf } from './files.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** A config in which an object of the schema has an entry. */
const PATHS: Record<string, (entry: string) => string> = {
  'gantry.yml': (entry) => entry,
  environment: (entry) => `environments: {production: {${entry}}}`,
  logs: (entry) => `logs: {${entry}}`,
  ecs: (entry) => `ecs: {${entry}}`,
  process: (entry) => `processes: {web: {${entry}}}`,
  task: (entry) => `tasks: {a: {${entry}}}`,
  build: (entry) => `tasks: {a: {build: {${entry}}}}`,
  health_check: (entry) => `processes: {web: {health_check: {${entry}}}}`,
  container: (entry) => `processes: {web: {containers: {a: {${entry}}}}}`,
  mount: (entry) => `tasks: {a: {mounts: {/a: {${entry}}}}}`,
  rollout: (entry) => `processes: {web: {rollout: {${entry}}}}`,
  access: (entry) => `tasks: {a: {access: {${entry}}}}`,
  iam_role_statement: (entry) => `tasks: {a: {iam_role_statements: [{${entry}}]}}`,
  process_ecs: (entry) => `processes: {web: {ecs: {${entry}}}}`,
}

interface Node {
  description?: string
  $ref?: string
  properties?: Record<string, Node>
  $defs?: Record<string, Node>
}

/** Every key of the schema, by the object that it is in. */
function keysOf(schema: Node): [owner: string, key: string, node: Node][] {
  const owners: [string, Node][] = [['gantry.yml', schema], ...Object.entries(schema.$defs ?? {})]
  return owners.flatMap(([owner, node]) =>
    Object.entries(node.properties ?? {}).map(([key, each]) => [owner, key, each] as [string, string, Node]),
  )
}

describe('gantry.schema.json', () => {
  const schema = JSON.parse(jsonSchema()) as Node
  const keys = keysOf(schema)

  test('is what the code makes of its schema', async () => {
    expect(await readFile(join(root, 'gantry.schema.json'), 'utf8')).toBe(jsonSchema())
  })

  test('describes every key', () => {
    expect(keys.length).toBeGreaterThan(60)
    const bare = keys.filter(
      ([, , node]) => !node.description && !schema.$defs?.[node.$ref?.split('/').at(-1) ?? '']?.description,
    )
    expect(bare.map(([owner, key]) => `${owner}: ${key}`)).toEqual([])
  })

  test('every key is in the guide', async () => {
    const guide = await readFile(join(root, 'docs/configuration.md'), 'utf8')
    const missing = keys.filter(([, key]) => !guide.includes(`\`${key}\``))
    expect(missing.map(([owner, key]) => `${owner}: ${key}`)).toEqual([])
  })

  test('whatever stands at a key, what is allowed is told in our words', async () => {
    const values = [
      'null',
      '5',
      '-1',
      'x',
      '""',
      'true',
      '[]',
      '[5]',
      '[null]',
      '{}',
      '{x: 1}',
      '{x: null}',
      '[[]]',
      '.nan',
    ]
    for (const [owner, key] of keys) {
      for (const value of values) {
        const problems = await problemsOf(`${PATHS[owner]!(`${key}: ${value}`)}\nx: 1`)
        // The unknown key at the end is a problem in any case.
        expect(problems.length).toBeGreaterThan(0)
        for (const { message, place, frame } of problems) {
          expect(message).not.toMatch(
            /Invalid (?:input|key|option|string)|Too (?:small|big)|undefined|\[object/,
          )
          expect([place, frame]).not.toContain(undefined)
        }
      }
    }
  })

  test('the script tells a stale file from a fresh one', async () => {
    await using folder = await checkout()
    const script = join(folder.path, 'scripts/generate-schema.ts')
    const check = () => promisify(execFile)(process.execPath, [script, '--check'])
    const file = join(folder.path, 'gantry.schema.json')
    await writeFile(file, '{}\n')
    await expect(check()).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('stale') as string,
    })
    await promisify(execFile)(process.execPath, [script])
    await check()
    expect(await readFile(file, 'utf8')).toBe(jsonSchema())
  })
})

async function checkout(): Promise<AsyncDisposable & { path: string }> {
  const path = await mkdtemp(join(tmpdir(), 'gantry-schema-'))
  await cp(join(root, 'src/app'), join(path, 'src/app'), { recursive: true })
  await cp(join(root, 'src/config'), join(path, 'src/config'), { recursive: true })
  await cp(join(root, 'scripts/generate-schema.ts'), join(path, 'scripts/generate-schema.ts'))
  await cp(join(root, 'package.json'), join(path, 'package.json'))
  await symlink(join(root, 'node_modules'), join(path, 'node_modules'))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) }
}
