import { describe, expect, test } from 'vitest'

import { placedProblemsOf, processOf, read } from './files.ts'

const file = (probes: string, process = '') =>
  `spec_version: 2\nmodule: {language: Go, processes: {web: {command: a, ${process}probes: {${probes}}}}}`
const EXEC = 'exec: {command: [up]}'

/** The checks of web, and what is said of its probes: the end of a key, and the sentence. */
async function readProbes(probes: string) {
  const { app, warnings } = await read({ 'app_desc.yaml': file(probes) })
  const told = warnings.filter((each) => each.path?.includes('probes'))
  expect(told.filter((each) => each.hint === undefined)).toEqual([])
  const messages = told.map((each) => each.message.replace('module.processes.web.probes.', ''))
  return { ...processOf(app, 'web'), told: messages }
}

describe('a probe of BlueKing', () => {
  test('whose times are out of range gets the nearest ones, with a warning', async () => {
    const times =
      'period_seconds: 10000, timeout_seconds: 1000, failure_threshold: 200, initial_delay_seconds: 7200'
    const { health_check, told } = await readProbes(`liveness: {${EXEC}, ${times}}`)
    expect(health_check).toMatchObject({ interval: 3600, timeout: 600, retries: 100, start_period: 3600 })
    expect(told).toEqual([
      'liveness.period_seconds is approximated: `interval` is 3600 at most',
      'liveness.timeout_seconds is approximated: `timeout` is 600 at most',
      'liveness.failure_threshold is approximated: `retries` is 100 at most',
      'liveness.initial_delay_seconds is approximated: `start_period` is 3600 at most',
    ])
    const within = 'period_seconds: 3600, timeout_seconds: 600, failure_threshold: 100'
    expect((await readProbes(`liveness: {${EXEC}, ${within}}`)).told).toEqual([])
  })

  test('that allows more than an hour to start allows an hour, with a warning', async () => {
    const startup = `startup: {${EXEC}, period_seconds: 30, failure_threshold: 500}`
    const { health_check, readiness, told } = await readProbes(
      `liveness: {${EXEC}}, readiness: {${EXEC}}, ${startup}`,
    )
    expect([health_check?.start_period, readiness?.start_period]).toEqual([3600, 3600])
    expect(told).toEqual([
      'startup is approximated: only the time that it allows is used, as `start_period` of the checks, which is 3600 at most',
    ])
  })

  test('of the start beside another one is not asked, and says so', async () => {
    const startup =
      'startup: {http_get: {path: /started, port: 9000}, timeout_seconds: 5, success_threshold: 3, period: 9}'
    const { health_check, told } = await readProbes(
      `liveness: {http_get: {path: /live, port: 5000}}, ${startup}`,
    )
    expect(health_check).toMatchObject({ path: '/live', start_period: 30 })
    const unasked =
      'is not supported: nothing asks it: of a startup probe beside another one, only its time is used'
    expect(told.slice(1)).toEqual([
      `startup.http_get ${unasked}`,
      `startup.timeout_seconds ${unasked}`,
      `startup.success_threshold ${unasked}`,
      'startup.period is not supported: BlueKing has no such key',
    ])
  })

  test('of the start that is alone becomes the health check, and says what of it is lost', async () => {
    const { health_check, told } = await readProbes(
      `startup: {${EXEC}, period_seconds: 7, success_threshold: 2}`,
    )
    expect(health_check).toMatchObject({ command: ['up'], interval: 7 })
    expect(told).toEqual([
      'startup is approximated: the time that it allows becomes `start_period` of the other checks; alone, it becomes the health check, and goes on after the start',
      'startup.success_threshold is approximated: one success is enough',
    ])
  })

  test('may have a path without a slash in front', async () => {
    const { health_check, told } = await readProbes('liveness: {http_get: {path: healthz, port: 5000}}')
    expect(health_check?.path).toBe('/healthz')
    expect(told).toEqual([])
    const { health_check: root } = await readProbes('liveness: {http_get: {path: "", port: 5000}}')
    expect(root?.path).toBe('/')
  })

  test('of a port with a name checks the port of the process, with a warning', async () => {
    const { health_check, port, told } = await readProbes('liveness: {http_get: {path: /x, port: http}}')
    expect(health_check?.path).toBe('/x')
    expect(port).toBe(5000)
    expect(told).toEqual([
      'liveness.http_get.port is approximated: which port that name stands for cannot be known; the check goes to the port of the process, 5000',
    ])
  })

  test('of a port with a name leaves the port to a probe that has a number', async () => {
    const probes = 'liveness: {tcp_socket: {port: http}}, readiness: {tcp_socket: {port: 8081}}'
    const { app, warnings } = await read({ 'app_desc.yaml': file(probes).replace('web', 'sync') })
    expect(processOf(app, 'sync').port).toBe(8081)
    expect(warnings.filter((each) => each.path?.endsWith('.port')).map((each) => each.message)).toEqual([
      'module.processes.sync.probes.liveness.tcp_socket.port is approximated: which port that name stands for cannot be known; the check goes to the port of the process, 8081',
    ])
  })

  test('of a port in hexadecimal checks that port', async () => {
    const { app } = await read({
      'app_desc.yaml': file('liveness: {tcp_socket: {port: 0x50}}').replace('web', 'sync'),
    })
    expect(processOf(app, 'sync').port).toBe(80)
  })

  test('has whole numbers, also as texts, and texts that are numbers', async () => {
    const { health_check } = await readProbes(
      'liveness: {exec: {command: [sleep, 5]}, initial_delay_seconds: "5", period_seconds: "20"}',
    )
    expect(health_check).toMatchObject({ command: ['sleep', '5'], start_period: 5, interval: 20 })
  })

  test.each([
    [
      'liveness: {tcp_socket: {port: 1}, initial_delay_seconds: 1.5}',
      '2:120 module.processes.web.probes.liveness.initial_delay_seconds must be a whole number, 0 or more; found 1.5',
    ],
    [
      'liveness: {tcp_socket: {port: "99999"}}',
      '2:93 module.processes.web.probes.liveness.tcp_socket.port must be a port from 1 to 65535, a name, or "${PORT}"; found "99999"',
    ],
    [
      'liveness: {exec: {command: [a, true]}}',
      '2:94 module.processes.web.probes.liveness.exec.command[1] must be a text of at most 48 characters; found true',
    ],
  ])('is refused where the value stands: %s', async (probes, problem) => {
    expect(await placedProblemsOf({ 'app_desc.yaml': file(probes) })).toEqual([`app_desc.yaml:${problem}`])
  })
})
