import { readFileSync } from 'node:fs'

import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'

interface Step {
  uses?: string
  run?: string
  with?: Record<string, unknown>
}

interface Job {
  steps: Step[]
  permissions?: Record<string, string>
  concurrency?: { group: string; 'cancel-in-progress': boolean }
}

interface Workflow extends Pick<Job, 'concurrency'> {
  name: string
  on: unknown
  permissions?: unknown
  jobs: Record<string, Job>
}

const GANTRY = 'OWNER/gantry@COMMIT'
const root = new URL('../../', import.meta.url)
const read = (file: string): string => readFileSync(new URL(file, root), 'utf8')

const page = read('docs/github-actions.md')
const blocks = [...page.matchAll(/^```yaml\n([^]*?)^```$/gm)].map(([, text = '']) => text)
const action = parse(read('action.yml')) as { inputs: Record<string, unknown> }

const workflows = blocks
  .map((text) => parse(text, { strict: true, uniqueKeys: true }) as Workflow)
  .filter((block) => 'jobs' in block)
const jobs = workflows.flatMap((workflow) =>
  Object.entries(workflow.jobs).map(([name, job]) => ({ name: `${workflow.name}: ${name}`, workflow, job })),
)

test('there is a workflow for each case', () => {
  expect(workflows.map(({ name }) => name)).toEqual([
    'Deploy',
    'Plan',
    'Backfill',
    'Deploy',
    'Deploy',
    'Roll back',
  ])
})

describe.each(jobs)('$name', ({ workflow, job }) => {
  const onPullRequests = workflow.on === 'pull_request'

  test('asks for permissions of its own, and for none that no step needs', () => {
    expect(workflow.permissions).toBeUndefined()
    const { contents, 'id-token': idToken, ...others } = job.permissions ?? {}
    expect([contents, idToken]).toEqual(['read', 'write'])
    const gantry = job.steps.find(({ uses }) => uses === GANTRY)?.with ?? {}
    const says = job.steps.some(({ uses }) => uses === GANTRY) && gantry['command'] !== 'run'
    expect(others).toEqual({
      ...(says && gantry['comment'] !== false && { 'pull-requests': 'write' }),
      ...(says && !onPullRequests && gantry['github-deployment'] !== false && { deployments: 'write' }),
    })
  })

  test('does not run beside itself, and is not cancelled while it changes something', () => {
    const concurrency = job.concurrency ?? workflow.concurrency
    expect(concurrency?.group).toBeTruthy()
    expect(concurrency?.['cancel-in-progress']).toBe(onPullRequests)
  })

  test('pins the actions that it uses, and keeps no credentials in the checkout', () => {
    for (const { uses, with: given } of job.steps) {
      if (uses === undefined || uses === GANTRY) continue
      expect(uses).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/)
      if (uses.startsWith('actions/checkout@')) expect(given?.['persist-credentials']).toBe(false)
    }
  })

  test('gives the Action only inputs that it has', () => {
    const given = job.steps
      .filter(({ uses }) => uses === GANTRY)
      .flatMap((step) => Object.keys(step.with ?? {}))
    expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(given))
  })

  test('writes nothing from outside into a shell line', () => {
    for (const { run } of job.steps) expect(run ?? '').not.toContain('${{')
  })
})

test('each action has one commit on the whole page, and names its version', () => {
  const pins = [...page.matchAll(/uses: ([\w-]+\/[\w-]+)@([0-9a-f]{40}) # v\d+\.\d+\.\d+$/gm)]
  const uses = [...page.matchAll(/uses: [\w-]+\/[\w-]+@[0-9a-f]/g)]
  expect(pins).toHaveLength(uses.length)
  const commits = Map.groupBy(pins, ([, name]) => name)
  for (const all of commits.values()) expect(new Set(all.map(([, , commit]) => commit)).size).toBe(1)
})

test('the subjects of the page are those of the policies', () => {
  const iam = read('docs/iam.md')
  for (const subject of [
    'repo:acme/shop:ref:refs/heads/main',
    'repo:acme/shop:environment:production',
    'repo:acme/shop:pull_request',
    'repo:acme@123456/shop@456789:ref:refs/heads/main',
  ]) {
    expect(page).toContain(subject)
    expect(iam).toContain(`"${subject}"`)
  }
})
