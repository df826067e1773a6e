import { describe, expect, test } from 'vitest'

import { fixture } from './fixtures.ts'
import { placedProblemsOf, problemsOf, processOf, read, showPlaced, taskOf } from './files.ts'

const version2 = (process: string, beside = '') =>
  `spec_version: 2\nmodule: {language: Go, ${beside}processes: {web: {${process}}}}`
const version3 = (process: string) =>
  `specVersion: 3\nmodule: {language: Go, spec: {processes: [{name: web, ${process}}]}}`
const errorsOf = async (text: string) =>
  (await problemsOf({ 'app_desc.yaml': text })).filter((each) => each.severity === 'error')

describe('a value of an app_desc.yaml', () => {
  test('that is a whole number may be a text', async () => {
    const { app } = await read({ 'app_desc.yaml': version2('command: a, replicas: "2"') })
    expect(processOf(app, 'web').demand_count).toBe(2)
    const scaling = 'autoscaling: {minReplicas: "1", maxReplicas: "3"}'
    const services = 'services: [{name: web, targetPort: "8080", port: "80", exposedType: {name: bk/http}}]'
    const { app: other } = await read({
      'app_desc.yaml': version3(
        `procCommand: a, ${scaling}, ${services}, gracefulShutdownSeconds: "40", replicas: "2"`,
      ),
    })
    expect(processOf(other, 'web')).toMatchObject({
      demand_count: 1,
      scale_count: 2,
      port: 8080,
      stop_timeout: 40,
    })
    const { app: hex } = await read({ 'app_desc.yaml': version3('procCommand: a, targetPort: 0x50') })
    expect(processOf(hex, 'web').port).toBe(80)
    const { app: counted } = await read({ 'app_desc.yaml': version3('procCommand: a, replicas: "2"') })
    expect(processOf(counted, 'web').demand_count).toBe(2)
    const overlaid = `${version3('procCommand: a').slice(0, -2)}, envOverlay: {replicas: [{envName: prod, process: web, count: "4"}]}}}`
    const { app: overlay } = await read({ 'app_desc.yaml': overlaid }, { environment: 'prod' })
    expect(processOf(overlay, 'web').demand_count).toBe(4)
    expect((await errorsOf(version2('command: a, replicas: two')))[0]?.message).toBe(
      'module.processes.web.replicas must be a whole number from 0 to 5; found "two"',
    )
  })

  test('may say yes as YAML 1.1 has it', async () => {
    const modules =
      'spec_version: 2\nmodules: {one: {language: Go, is_default: yes, processes: {web: {command: a}}}}'
    expect((await read({ 'app_desc.yaml': modules })).app.processes).toHaveLength(1)
    const off = modules.replace('yes', 'off')
    expect((await errorsOf(off)).map((each) => each.message)).toEqual([
      'One of the modules must be the default one; found 0',
    ])
  })

  test('that is empty says nothing: a hook, a plan', async () => {
    const { app, warnings } = await read({
      'app_desc.yaml': version2('command: a, plan: ""', 'scripts: {pre_release_hook: ""}, '),
    })
    expect(app.tasks).toEqual([])
    expect(processOf(app, 'web').memory).toBe(1024)
    expect(warnings.map((each) => each.path)).toEqual(['module.language'])
    const { app: hooked } = await read({
      'app_desc.yaml': version2('command: a', 'scripts: {pre_release_hook: "b"}, '),
    })
    expect(taskOf(hooked, 'pre-release-hook').command).toEqual(['b'])
  })

  test('that is a plan is one of its version', async () => {
    const { app, warnings } = await read({ 'app_desc.yaml': version2('command: a, plan: 4C2G') })
    expect(processOf(app, 'web').memory).toBe(1024)
    expect(warnings.find((each) => each.path?.endsWith('plan'))?.hint).toBe(
      'Plans are Starter, 4C1G5R, 4C2G5R, 4C4G5R; or set `memory` in gantry.yml.',
    )
    const { app: other } = await read({
      'app_desc.yaml': version3('procCommand: a, resQuotaPlan: 4C2G'),
    })
    expect(processOf(other, 'web').memory).toBe(2048)
  })

  test('that is a longer time to stop than Gantry waits is the longest, with a warning', async () => {
    const { app, warnings } = await read({
      'app_desc.yaml': version3('procCommand: a, gracefulShutdownSeconds: 7200'),
    })
    expect(processOf(app, 'web').stop_timeout).toBe(3600)
    const told = warnings.find((each) => each.path?.endsWith('gracefulShutdownSeconds'))
    expect(told?.message).toContain('`stop_timeout` is 3600 at most; SIGTERM comes at once')
    expect(told?.hint).toBeDefined()
  })
})

describe('each warning', () => {
  const twice = 'env_variables: [{key: A, value: a}, {key: A, value: b}], '
  test.each([
    fixture('app_desc.v2.yaml'),
    fixture('app_desc.v3.yaml')
      .replace('bk/http', 'bk/grpc')
      .replace('name: web\n            t', 'name: x\n            t'),
    version3('procCommand: a').replace('spec: {', 'spec: {build: {imagePullPolicy: Always}, '),
    version2('command: a', twice),
  ])('says what to do: %#', async (text) => {
    const { warnings } = await read({ 'app_desc.yaml': text })
    expect(warnings.length).toBeGreaterThan(1)
    expect(warnings.filter((each) => !each.hint?.endsWith('.')).map(showPlaced)).toEqual([])
  })
})

describe('a value that BlueKing refuses', () => {
  test.each([
    [version2('command: ""'), '2:51 module.processes.web.command must be a command; found ""'],
    [version2('command: "   "'), '2:51 module.processes.web.command must be a command; found "   "'],
    [version3('procCommand: ""'), '2:68 module.spec.processes[0].procCommand must be a command; found ""'],
    [version2(`command: '"" a'`), '2:51 This command names no program'],
    [version3('command: [""]'), '2:65 module.spec.processes[0].command[0] must be a program; found ""'],
    [version3('args: [""]'), '2:62 Without `command`, the first of `args` must not be empty'],
    [
      version2('command: a, probes: {liveness: {exec: {command: []}}}'),
      '2:90 module.processes.web.probes.liveness.exec.command must be a list of 1 to 12 texts; found a list',
    ],
    [
      version2('command: a, probes: {liveness: {exec: {command: [""]}}}'),
      '2:91 module.processes.web.probes.liveness.exec.command[0] must be a program; found ""',
    ],
    [
      version2('command: a, probes: {liveness: {http_get: {port: 80, path: /a b}}}'),
      '2:101 module.processes.web.probes.liveness.http_get.path must be a path without blanks; found "/a b"',
    ],
    [version3('args: [a, 1, true]'), '2:68 module.spec.processes[0].args[2] must be a text; found true'],
  ])('is named at its place: %s', async (text, expected) => {
    expect((await errorsOf(text)).map(showPlaced)).toEqual([`app_desc.yaml:${expected}`])
  })

  test('is a version in quotes', async () => {
    const [problem] = await errorsOf(version3('procCommand: a').replace('3', '"3"'))
    expect(problem).toMatchObject({
      message: 'specVersion must be a number; found "3"',
      hint: 'Leave out the quotes.',
    })
  })

  test('is a version beside another one', async () => {
    const text = `spec_version: 2\n${version3('procCommand: a')}`
    expect(await errorsOf(text)).toMatchObject([
      {
        message: 'spec_version and specVersion say two versions: 2 and 3',
        place: { line: 2, column: 1 },
        hint: 'Leave out one of them.',
      },
    ])
    expect(await placedProblemsOf({ 'app_desc.yaml': `spec_version: 2\nspecVersion: 2` })).toEqual([
      'app_desc.yaml:1:1 app_desc.yaml has neither "module" nor "modules"',
    ])
  })

  test('is not the name of a variable of Gantry: that is left out, and the hint says why', async () => {
    const env = 'env_variables: [{key: GANTRY_X, value: a}, {key: PORT, value: "1"}], '
    const { app, warnings } = await read({ 'app_desc.yaml': version2('command: a', env) })
    expect(app.env).toEqual({})
    const told = warnings.filter((each) => each.path?.includes('env_variables'))
    expect(told.map(({ message, hint }) => [message.replace(/.*: /, ''), hint])).toEqual([
      [
        'the name must be another one, because names that begin with GANTRY_ belong to Gantry',
        'Give it another name.',
      ],
      [
        'the name must be another one, because the engine gives PORT to every instance',
        'Leave it out: the process reads its port from PORT.',
      ],
    ])
  })
})

describe('the services of a process', () => {
  test.each([
    ['{name: a, targetPort: 1}, {name: a, targetPort: 2}', '2:115', 'name "a"'],
    ['{name: a, targetPort: 1}, {name: b, targetPort: 1}', '2:130', 'targetPort "1"'],
  ])('have each their own name and port: %s', async (services, place, what) => {
    const problems = await errorsOf(version3(`procCommand: a, services: [${services}]`))
    expect(problems.map(showPlaced)).toEqual([
      `app_desc.yaml:${place} Two services of one process have the ${what}`,
    ])
  })
})
