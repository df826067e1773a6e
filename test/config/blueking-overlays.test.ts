import { describe, expect, test } from 'vitest'

import { placedProblemsOf, problemsOf, processOf, read, showPlaced } from './files.ts'

const file = (spec: string) =>
  `specVersion: 3\nmodule:\n  language: Python\n  spec:\n${spec.replaceAll(/^/gm, '    ')}\n`

/** What web is in production, with this overlay. */
async function inProduction(process: string, overlay: string, files: Record<string, string> = {}) {
  const spec = `processes: [{name: web, procCommand: a${process}}]\nenvOverlay: ${overlay}`
  const { app, warnings } = await read({ 'app_desc.yaml': file(spec), ...files }, { environment: 'prod' })
  const { demand_count, scale_count, scale_type } = processOf(app, 'web')
  return { counts: [demand_count, scale_count, scale_type], app, warnings }
}

const scaling = (least: number, most: number) => `minReplicas: ${least}, maxReplicas: ${most}`
const scaled = (least: number, most: number) =>
  `autoscaling: [{envName: prod, process: web, ${scaling(least, most)}}]`

describe('the envOverlay of an app_desc.yaml', () => {
  test('with one count for least and most ends the scaling of the process there [D15]', async () => {
    const { counts, warnings } = await inProduction(`, autoscaling: {${scaling(1, 5)}}`, `{${scaled(3, 3)}}`)
    expect(counts).toEqual([3, 0, 'none'])
    expect(warnings.filter((each) => each.message.includes('never scales'))).toEqual([])
  })

  test('that ends the scaling does so without a warning, also as a gantry.yml has it [D15]', async () => {
    const written = `
processes:
  web: {demand_count: 1, scale_count: 4, scale_type: demand, autoscaling_cpu_threshold: 85}
environments:
  prod: {processes: {web: {demand_count: 3, scale_count: 0, scale_type: none}}}
`
    const { app, warnings } = await read(written, { environment: 'prod' })
    expect(processOf(app, 'web').scale_type).toBe('none')
    expect(warnings).toEqual([])
  })

  test('that scales decides against a count, in whatever order they stand [D15]', async () => {
    const replicas = 'replicas: [{envName: prod, process: web, count: 5}]'
    for (const overlay of [`{${scaled(2, 4)}, ${replicas}}`, `{${replicas}, ${scaled(2, 4)}}`]) {
      const { counts, warnings } = await inProduction('', overlay)
      expect(counts).toEqual([2, 2, 'demand'])
      expect(warnings.find((each) => each.path?.endsWith('replicas[0].count'))).toMatchObject({
        message:
          'module.spec.envOverlay.replicas[0].count is approximated: autoscaling decides: there are at least minReplicas',
        hint: 'Leave out the count, or the autoscaling.',
      })
    }
    const { counts } = await inProduction('', `{${replicas}, ${scaled(2, 4).replace('prod', 'stag')}}`)
    expect(counts).toEqual([5, 0, 'none'])
  })

  test('names processes in whatever case', async () => {
    const spec = 'processes: [{name: Web, procCommand: a}]\nenvOverlay: '
    for (const process of ['web', 'Web', 'WEB']) {
      const overlay = `{replicas: [{envName: prod, process: ${process}, count: 3}]}`
      const { app } = await read({ 'app_desc.yaml': file(spec + overlay) }, { environment: 'prod' })
      expect(processOf(app, 'web').demand_count).toBe(3)
    }
  })

  test('may name a process that only the Procfile has', async () => {
    const overlay = '{replicas: [{envName: prod, process: clock, count: 3}]}'
    const { app } = await inProduction('', overlay, { Procfile: 'web: a\nclock: b' })
    expect(processOf(app, 'clock').demand_count).toBe(3)
    expect(
      await placedProblemsOf({
        'app_desc.yaml': file(`processes: [{name: web, procCommand: a}]\nenvOverlay: ${overlay}`),
      }),
    ).toContain('app_desc.yaml:6:54 There is no process "clock"')
  })

  test('of a process that the Procfile lacks is not supported [BK-15]', async () => {
    const ofBeat = 'envName: prod, process: Beat'
    const scaled = `autoscaling: [{${ofBeat}, ${scaling(1, 2)}}]`
    const overlay = `{replicas: [{${ofBeat}, count: 2}], resQuotas: [{${ofBeat}, plan: 4C4G}], ${scaled}}`
    const spec = `processes: [{name: web, procCommand: x}, {name: beat, procCommand: y}]\nenvOverlay: ${overlay}`
    const { warnings, keys } = await read(
      { 'app_desc.yaml': file(spec), Procfile: 'web: x' },
      { environment: 'prod' },
    )
    const lost = 'is not supported: the Procfile beside it decides, and has no such process'
    expect(warnings.filter((each) => each.path?.includes('envOverlay')).map(showPlaced)).toEqual([
      `app_desc.yaml:6:29 module.spec.envOverlay.replicas[0] ${lost}`,
      `app_desc.yaml:6:84 module.spec.envOverlay.resQuotas[0] ${lost}`,
      `app_desc.yaml:6:143 module.spec.envOverlay.autoscaling[0] ${lost}`,
    ])
    expect(keys.filter((each) => /envOverlay.*\]\./.test(each.path))).toEqual([])
  })

  test('of an unknown process names those that there are', async () => {
    const hints = async (process: string) => {
      const overlay = `{replicas: [{envName: prod, process: ${process}, count: 3}]}`
      const spec = `processes: [{name: web, procCommand: a}, {name: Beat, procCommand: b}]\nenvOverlay: ${overlay}`
      const problems = await problemsOf({ 'app_desc.yaml': file(spec) })
      return problems.filter((each) => each.severity === 'error').map((each) => each.hint)
    }
    expect(await hints('nope')).toEqual(['Processes are web, beat.'])
    expect(await hints('baet')).toEqual(['Did you mean "beat"?'])
  })

  test('that says something twice of one process is told so', async () => {
    const overlay =
      '{replicas: [{envName: prod, process: web, count: 2}, {envName: stag, process: web, count: 4}, {envName: prod, process: web, count: 3}]}'
    const { counts, warnings } = await inProduction('', overlay)
    expect(counts).toEqual([3, 0, 'none'])
    expect(warnings.map(showPlaced).filter((each) => each.includes('second time'))).toEqual([
      'app_desc.yaml:6:111 replicas of "web" in prod is here for the second time: this one counts',
    ])
  })
})
