import { describe, expect, test } from 'vitest'

import { processOf, read } from './files.ts'

const WEB = 'web: {commands: {start: serve}}'
const readFixed = (body: string) => read({ '.platform.app.yaml': `name: shop\ntype: python:3.12\n${body}` })
const worker = (own: string) => `workers: {q: {commands: {start: work}${own}}}`

async function sizesOf(body: string) {
  const { app, keys } = await readFixed(body)
  const told = keys.flatMap(({ path, fate, text }) =>
    fate !== 'honoured' && /(?:^|\.)(?:size|resources)$/.test(path) ? [`${path} ${fate}: ${text}`] : [],
  )
  return { sizes: app.processes.map(({ cpu, memory }) => [cpu / 1024, memory]), told }
}

describe('a size of Platform.sh', () => {
  test('AUTO of a worker replaces that of the app, and is what Gantry gives [UP-25]', async () => {
    const { app, keys } = await readFixed(`size: XL\n${WEB}\n${worker(', size: AUTO')}`)
    expect(processOf(app, 'web')).toMatchObject({ cpu: 2560, memory: 384 })
    expect(processOf(app, 'q')).toMatchObject({ cpu: 256, memory: 512 })
    expect(keys.find(({ path }) => path === 'workers.q.size')).toMatchObject({
      fate: 'approximated',
      text: 'Platform.sh chooses by the plan that is paid for; here it is 0.25 vCPU and 512 MB',
    })
  })

  test('AUTO of web replaces that of the app, also for what runs with the settings of web [UP-25]', async () => {
    const { app } = await readFixed(
      `size: XL\nweb: {commands: {start: serve}, size: AUTO}\nhooks: {deploy: up}`,
    )
    expect([...app.processes, ...app.tasks].map(({ cpu, memory }) => [cpu, memory])).toEqual([
      [256, 512],
      [256, 512],
    ])
  })

  test('of a worker multiplies the resources of an app without size, which are used then', async () => {
    expect(await sizesOf(`resources: {base_memory: 64}\n${worker(', size: XS')}`)).toEqual({
      sizes: [[0.25, 96]],
      told: [],
    })
  })

  test('of a worker that resources have no CPU for is told of, and not the resources that others use', async () => {
    expect(
      await sizesOf(`size: 2XL\nresources: {base_memory: 64}\n${WEB}\n${worker(', size: 4XL')}`),
    ).toEqual({
      sizes: [
        [8, 1088],
        [10, 1536],
      ],
      told: [
        'workers.q.size approximated: `resources` change nothing here, because they have no CPU for 4XL',
      ],
    })
  })

  test('resources that nothing uses are told of', async () => {
    expect((await sizesOf(`size: 4XL\nresources: {base_memory: 64}\n${WEB}`)).told).toEqual([
      'resources unsupported: there is no CPU for 4XL that it multiplies',
    ])
    expect((await sizesOf(`${WEB}\n${worker(', resources: {base_memory: 64}')}`)).told).toEqual([
      'workers.q.resources unsupported: without a size there is no CPU that it multiplies',
    ])
  })

  test('a disk of nothing replaces that of the app [UP-25]', async () => {
    const { app } = await readFixed(`disk: 30720\n${WEB}\n${worker(', disk: null')}`)
    expect(app.processes.map((each) => each.ephemeral_storage_gb)).toEqual([30, null])
  })

  test('resources of nothing replace those of the app as a whole [UP-25]', async () => {
    expect(
      await sizesOf(`size: L\nresources: {base_memory: 128}\n${WEB}\n${worker(', resources: null')}`),
    ).toEqual({
      sizes: [
        [2, 384],
        [1.2, 256],
      ].map(([cpu, memory]) => [Math.ceil(cpu! * 1024) / 1024, memory]),
      told: [],
    })
  })
})

describe('a profile of Upsun', () => {
  test('of nothing replaces that of the app by that of its runtime [UP-25]', async () => {
    const memories = async (type: string) =>
      (
        await read({
          '.upsun/config.yaml': `applications: {shop: {type: "${type}", container_profile: HIGHER_MEMORY, ${WEB}, ${worker(', container_profile: null')}}}`,
        })
      ).app.processes.map(({ memory }) => memory)
    expect(await memories('java:21')).toEqual([2368, 1408])
    expect(await memories('go:1.23')).toEqual([2368, 224])
  })
})

describe('an app of several runtimes', () => {
  const memoryOf = async (app: string) =>
    (await read({ '.upsun/config.yaml': `applications: {shop: {${app}, ${WEB}}}` })).app.processes[0]!.memory

  test('has the profile of composable images, whatever it is written in [UP-40]', async () => {
    expect(await memoryOf('type: "java:21"')).toBe(1408)
    expect(await memoryOf('type: "composable:25.05", stack: {runtimes: ["java@21"]}')).toBe(224)
    expect(await memoryOf('stack: ["java@21"]')).toBe(224)
  })
})
