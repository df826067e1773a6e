import { describe, expect, test } from 'vitest'

import { placedProblemsOf } from './files.ts'
import { outcomeOf } from './outcome.ts'

const MANY = 4000
const COMMON = `variables:
  image: &image {type: prebuilt-image, properties: {image: a}}
  size: &size {cpu: 0.25, memory: 512}
`
const many = (show: (index: number) => string) =>
  Array.from({ length: MANY }, (_, index) => show(index)).join(', ')

/** Files of about the most tokens that are read, each with one kind of work for every part of it. */
const FILES: Readonly<Record<string, string>> = {
  'resources that are not there': `resources: {a: {type: worker-service, properties: {packaging: *image, resources: *size, connectTo: [${many((i) => `x${i}`)}]}}, ${many((i) => `r${i}: {type: sqs-queue}`)}}`,
  'scripts that are not there': `hooks: {beforeDeploy: [${many((i) => `{scriptName: x${i}}`)}]}
scripts: {${many((i) => `s${i}: {type: local-script, properties: {executeCommand: a}}`)}}
resources: {a: {type: worker-service, properties: {packaging: *image, resources: *size}}}`,
  'containers of one workload': `resources: {a: {type: multi-container-workload, properties: {resources: {instanceTypes: [${many((i) => `c5.${i}xlarge`)}]}, containers: [${many((i) => `{name: c${i}, packaging: *image}`)}]}}}`,
  'containers of one service': `resources: {a: {type: worker-service, properties: {packaging: *image, resources: *size, sideContainers: [${many((i) => `{name: c${i}, containerType: always-running, packaging: *image, dependsOn: [{containerName: c${(i + 1) % MANY}, condition: START}]}`)}]}}}`,
  'mounts that are not there': `resources: {${many((i) => `f${i}: {type: efs-filesystem}`)}, a: {type: worker-service, properties: {packaging: *image, resources: *size, volumeMounts: [${many((i) => `{type: efs, properties: {efsFilesystemName: x${i}, mountPath: /d}}`)}]}}}`,
  'schedules of one job': `resources: {a: {type: batch-job, properties: {container: {packaging: *image, environment: [${many((i) => `{name: A${i}, value: b}`)}]}, resources: {cpu: 1}, events: [&e {type: schedule, properties: {scheduleRate: rate(1 day)}}${', *e'.repeat(MANY)}]}}}`,
  'services with one name': `resources: {${many((i) => `${'a'.repeat(70)}${i}: {type: worker-service, properties: {packaging: *image, resources: *size}}`)}}`,
  'uses of a long directive': `variables: {c: {a: 1}, image: &image {type: prebuilt-image, properties: {image: a}}, big: "$Var(${"'a',".repeat(100_000)}1).c"}
resources: {a: {type: worker-service, properties: {packaging: *image, resources: {cpu: 0.25, memory: 512}, environment: [${many((i) => `{name: A${i}, value: $Var().big.a}`)}]}}}`,
}

describe('a hostile stacktape.yml', () => {
  test.each(Object.entries(FILES))('of thousands of %s is refused at once', async (name, text) => {
    const file = name === 'uses of a long directive' ? text : COMMON + text
    const started = performance.now()
    expect(await placedProblemsOf({ 'stacktape.yml': file })).not.toEqual([])
    expect(performance.now() - started).toBeLessThan(10_000)
  })

  test('with aliases that expand without end is refused', async () => {
    const levels = Array.from({ length: 9 }, (_, level) =>
      level === 0
        ? 'a0: &a0 [x, x, x, x, x, x, x, x, x]'
        : `a${level}: &a${level} [${`*a${level - 1}, `.repeat(9)}]`,
    )
    expect(await placedProblemsOf({ 'stacktape.yml': `variables: {${levels.join(', ')}}` })).toEqual([
      expect.stringMatching(
        /^stacktape\.yml:1:\d+ stacktape\.yml cannot be read: its aliases expand to too much$/,
      ),
    ])
  })

  test('with one value in two places is read for each', async () => {
    const shared = `${COMMON}resources:
  db: {type: relational-database, properties: &all {packaging: *image, resources: *size, environment: &env [{name: A, value: "$ResourceParam('db', 'host')"}], connectTo: &to [db]}}
  a: {type: worker-service, properties: *all}
  b: {type: worker-service, properties: *all}
`
    expect(await outcomeOf({ 'stacktape.yml': shared }, 'default')).toBe('accepted')
  })

  test('shows no secret in its errors', async () => {
    const text = `resources: {a: {type: worker-service, properties: {stopTimeout: 1, environment: [{name: API_TOKEN, value: [hunter2hunter2]}], logging: {logForwarding: {type: datadog, properties: {apiKey: hunter2hunter2}}}}}}`
    expect(JSON.stringify(await placedProblemsOf({ 'stacktape.yml': text }))).not.toContain('hunter2')
  })
})
