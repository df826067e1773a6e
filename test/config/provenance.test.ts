import { expect, test } from 'vitest'

import { read } from './files.ts'

const config = `env: {LEVEL: info}
defaults:
  memory: 1
build: {dockerfile: Dockerfile.prod}
processes:
  web:
    command: [serve, now]
    env: {OWN: "1"}
    health_check: {}
  worker: {rollout: {overlap: false}}
environments:
  production: {processes: {web: {cpu: 1}}, ecs: {cluster: prod}}
`

test('every value of the app has its origin, and only those', async () => {
  const { app, provenance } = await read(config)
  const { name: _, environment, processes, tasks, ...settings } = app
  const paths = [['app', ''], ...leaves('', settings)].map(([path]) => path)
  for (const { name, ...process } of processes)
    paths.push(...leaves(`processes.${name}.`, process).map(([path]) => path))
  expect([environment, tasks]).toEqual(['default', []])
  expect(Object.keys(provenance).sort()).toEqual(paths.sort())
})

test('says in which line a value stands', async () => {
  const { provenance } = await read(config)
  expect(provenance['processes.web.command']).toEqual({
    kind: 'file',
    file: 'gantry.yml',
    line: 7,
    column: 14,
  })
  expect(provenance['processes.web.env.OWN']).toEqual({
    kind: 'file',
    file: 'gantry.yml',
    line: 8,
    column: 16,
  })
  expect(provenance['processes.worker.rollout.overlap']).toMatchObject({ kind: 'file', line: 10 })
  expect(provenance['build.dockerfile']).toMatchObject({ kind: 'file', line: 4 })
})

test('says from where a value is inherited', async () => {
  const { provenance } = await read(config)
  expect(provenance['processes.web.memory']).toEqual({
    kind: 'inherited',
    from: 'defaults.memory',
    file: 'gantry.yml',
    line: 3,
    column: 11,
  })
  expect(provenance['processes.worker.env.LEVEL']).toMatchObject({
    kind: 'inherited',
    from: 'env.LEVEL',
    line: 1,
  })
  expect(provenance['processes.web.build.dockerfile']).toMatchObject({
    kind: 'inherited',
    from: 'build.dockerfile',
  })
})

test('says what is a default, and of whom', async () => {
  const { provenance } = await read(config)
  expect(provenance['app']).toEqual({ kind: 'default' })
  expect(provenance['processes.worker.rollout.timeout']).toEqual({ kind: 'default' })
  const procfile = await read({ Procfile: 'web: serve' })
  expect(procfile.provenance['processes.web.stop_timeout']).toEqual({ kind: 'default', of: 'Heroku' })
})

test('what clears a value is its origin', async () => {
  const { provenance } = await read(config)
  expect(provenance['processes.web.health_check']).toMatchObject({ kind: 'file', line: 9 })
})

test('a value of an overlay stands in the overlay', async () => {
  const { provenance } = await read(config, { environment: 'production' })
  expect(provenance['processes.web.cpu']).toMatchObject({ kind: 'file', line: 12, column: 39 })
  expect(provenance['ecs.cluster']).toMatchObject({ kind: 'file', line: 12 })
})

test('a value behind an anchor stands where it is written', async () => {
  const { provenance } = await read('processes:\n  a: &a\n    cpu: 1\n  b:\n    <<: *a\n')
  expect(provenance['processes.b.cpu']).toMatchObject({ kind: 'file', line: 3 })
})

function leaves(prefix: string, value: object): [string, unknown][] {
  return Object.entries(value).flatMap(([key, each]: [string, unknown]) =>
    typeof each === 'object' && each !== null && !Array.isArray(each) && Object.keys(each).length > 0
      ? leaves(`${prefix}${key}.`, each)
      : [[prefix + key, each] as [string, unknown]],
  )
}
