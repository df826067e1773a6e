import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { execa } from 'execa'
import { expect, onTestFinished, test } from 'vitest'

import { ROUTES } from '../../src/server/api/routes.ts'
import { shop } from '../e2e/apps.ts'
import { World } from '../e2e/world.ts'
import { makeToken } from '../server/api/call.ts'

const page = readFileSync(join(import.meta.dirname, '../../docs/api.md'), 'utf8')
const blocks = [...page.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, code]) => code!)

async function has(program: string): Promise<boolean> {
  return !(await execa(program, ['--version'], { reject: false })).failed
}

const canRun = (await has('curl')) && (await has('jq'))

test('the page lists every operation with what it needs', () => {
  const [, table] = page.split('## Operations')
  expect(table!.match(/^\| `.*$/gm)).toEqual(
    ROUTES.map(
      ({ method, path, needs, summary }) => `| \`${method.toUpperCase()} ${path}\` | ${needs} | ${summary} |`,
    ),
  )
})

test('paths on the page are those of operations', () => {
  const paths = blocks.flatMap((code) =>
    [...code.matchAll(/\$GANTRY\/api([^\s"?]*)/g)].map(([, path]) => path!),
  )
  expect(paths.length).toBeGreaterThan(20)
  const known = ROUTES.map(({ path }) => new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`))
  for (const path of paths)
    expect(
      known.some((each) => each.test(path)),
      path,
    ).toBe(true)
})

test('bodies on the page are taken by their operations', () => {
  const requests = blocks.flatMap((code) => [
    ...code.matchAll(/(--request (\w+) )?"\$GANTRY\/api([^\s"?]*)[^"]*" --json '([^']*)'/g),
  ])
  expect(requests.length).toBeGreaterThan(8)
  for (const [, , method = 'POST', path, body] of requests) {
    const route = ROUTES.find(
      (each) =>
        each.method === method.toLowerCase() &&
        new RegExp(`^${each.path.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path!),
    )!
    expect(route.body.safeParse(JSON.parse(body!)).error, path).toBeUndefined()
  }
})

// Both programs are on the machines of CI; the tests above need neither.
test.runIf(canRun)('everything on the page works, in its order', async () => {
  const world = await World.create()
  onTestFinished(() => world[Symbol.asyncDispose]())
  const checkout = await world.createApp('hello')
  for (const version of ['1', '2']) {
    const { ok, output } = await checkout.deploy(shop(version))
    expect(ok, output).toBe(true)
  }
  const { token } = await makeToken(world, { name: 'scripts', scope: 'admin' })
  const script = blocks.map((code, index) => `echo "block ${index}"\n${code}`).join('\n')
  const { all, exitCode } = await execa('bash', ['-e', '-o', 'pipefail', '-c', script], {
    env: { GANTRY: world.url, TOKEN: token },
    all: true,
    reject: false,
  })
  expect(exitCode, all).toBe(0)
  expect(all).toContain('"/apps/{app}/deployments"')
  expect(all).toContain('deployment.finished')
  expect(all).toMatch(/link: <\/api\/apps\/hello\/deployments\?limit=1&cursor=/i)
  expect(all).toMatch(/\tscripts\ttask\.create$/m)
})
