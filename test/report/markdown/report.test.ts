import { describe, expect, it, test } from 'vitest'

import type { DeployEvent } from '../../../src/deploy/events.ts'
import type { Plan } from '../../../src/plan/types.ts'
import { commentMarker, commentOf, summaryOf } from '../../../src/report/markdown/comment.ts'
import { outcomeReport, planReport, problemReport } from '../../../src/report/markdown/report.ts'
import { code, codeBlock } from '../../../src/report/markdown/text.ts'
import { Progress } from '../../../src/report/progress.ts'
import { everyChange } from './every-change.ts'

const SUBJECT = {
  app: 'shop',
  environment: 'production',
  commit: 'a'.repeat(40),
  run: 'https://example.com/1',
}
const EMPTY: Plan = {
  app: 'shop',
  environment: 'production',
  processes: [],
  tasks: [],
  images: [],
  warnings: [],
  blocked: [],
}
const COMMENT_LIMIT = 65_536

type Finished = Extract<DeployEvent, { type: 'deployment.finished' }>

function finished(fields: Partial<Finished>): Finished {
  return {
    at: '2026-03-01T10:00:00Z',
    type: 'deployment.finished',
    outcome: 'succeeded',
    reason: null,
    hint: null,
    diagnostics: [],
    release: null,
    seconds: 34,
    ...fields,
  }
}

describe('a plan', () => {
  const text = planReport(SUBJECT, everyChange())
  const table = text.split('\n').filter((line) => line.startsWith('| '))
  const folds = [...text.matchAll(/<summary>(.*)<\/summary>/g)].map(([, title]) => title)

  it('is one table of processes: what happens to each, and why', () => {
    expect(table).toEqual([
      '| Process | What happens | Why |',
      '| - | - | - |',
      '| `web` | update (replaces instances) | new image<br>`memory 512 MB → 1 GB`<br>`env.LOG_LEVEL info → debug`<br>2 more |',
      '| `worker` | update (replaces instances) | new image |',
      '| `beat` | update (replaces instances) | new image |',
      '| `relay` | scale | `demand_count 1 → 3` |',
      '| `proxy` | stop | `disabled` |',
      '| `search` | start | no longer `disabled` |',
      '| `importer` | create | `0 + 2 spot instances`<br>`0.25 vCPU`<br>`512 MB`<br>`bin/import "--all files"` |',
      '| `legacy` | remove | no longer in the config |',
    ])
    expect(text).toContain('Pinned: `cache`, `mail`.')
  })

  it('has the rest folded below: differences, tasks, images, owners, warnings', () => {
    expect(folds).toEqual([
      'Every difference',
      '2 tasks to run, 3 schedules to change',
      '1 image to build',
      'Set by operators, and kept',
      '2 warnings',
    ])
    expect(text).toContain('  - `env.CACHE_URL redis://cache (new)`')
    expect(text).toContain('- `task migrate` run before the roll-out')
    expect(text).toContain('  - `memory 2 GB (set by operator; config says 1 GB)`')
    expect(text).toContain('- `gantry.yml:9` `memory 900 MB is not offered')
  })

  it('says above the table that it is refused, and why', () => {
    expect(text.indexOf('[!CAUTION]')).toBeLessThan(text.indexOf('| Process'))
    expect(text).toContain('plan, which is refused')
  })

  it('says when there is nothing to do any more', () => {
    expect(planReport(SUBJECT, EMPTY)).toContain('**Nothing to do**')
  })

  it('shows the tasks at once where no process changes', () => {
    const { tasks } = everyChange()
    expect(planReport(SUBJECT, { ...EMPTY, tasks })).toContain('<details open><summary>2 tasks to run')
  })
})

describe('a deployment that ended', () => {
  it('names its release', () => {
    const text = outcomeReport(SUBJECT, finished({ release: 7 }), new Progress(), everyChange())
    expect(text).toContain('### Gantry: `shop` in `production`: released v7')
    expect(text).toContain('| `web` | update')
    expect(text).not.toContain('```')
  })

  it('says which process failed and why, with its last lines', () => {
    const progress = new Progress()
    const verdict = {
      process: 'web',
      outcome: 'failed',
      runs: 'before',
      reason: 'exit 1',
      exit_code: 1,
      log: ['```', '<b>Cannot find module</b>'],
      hint: 'check the command',
    } as const
    progress.note({ at: '', type: 'process.rolling', process: 'web', action: 'update' })
    progress.note({
      at: '',
      type: 'process.failed',
      process: 'web',
      kept: false,
      verdict: { ...verdict, log: [...verdict.log] },
    })
    const ended = finished({ outcome: 'rolled_back', reason: 'process web failed: exit 1' })
    const text = outcomeReport(SUBJECT, ended, progress, EMPTY)
    expect(text).toContain('### Gantry: `shop` in `production`: rolled back')
    expect(text).toMatch(/````text\n.*process web failed: exit 1\n/)
    expect(text).toContain('<b>Cannot find module</b>')
    expect(text).toContain('Everything runs what it ran before\n````')
  })
})

test('a config that is wrong: the place of each problem', () => {
  const text = problemReport(SUBJECT, [
    {
      severity: 'error',
      message: 'processes.web.cpu is no number',
      place: { file: 'gantry.yml', line: 3, column: 5 },
      hint: 'Write 0.5',
    },
    { severity: 'warning', message: 'not this one' },
  ])
  expect(text).toContain('gantry.yml:3:5 processes.web.cpu is no number\n  Write 0.5')
  expect(text).not.toContain('not this one')
})

describe('a comment', () => {
  const warnings = Array.from({ length: 3_000 }, (_, n) => ({
    severity: 'warning' as const,
    message: `warning number ${n}`,
  }))
  const long = planReport(SUBJECT, { ...EMPTY, warnings })

  it('begins with the marker, so that no cut takes it away, and is short enough for GitHub', () => {
    const text = commentOf(SUBJECT, long)
    expect(text.startsWith('<!-- gantry: shop/production -->\n')).toBe(true)
    expect(text.length).toBeLessThan(COMMENT_LIMIT)
  })

  it('says that it is cut, outside of what is folded', () => {
    const text = commentOf(SUBJECT, long)
    expect(text.indexOf('the log of the job has all of it')).toBeGreaterThan(text.lastIndexOf('</details>'))
    expect(text.split('<details').length).toBe(text.split('</details>').length)
  })

  it('that is cut in a block of lines ends that block', () => {
    const lines = Array.from({ length: 9_000 }, (_, n) => `line ${n} \`\`\``)
    const text = commentOf(SUBJECT, codeBlock(lines))
    expect(text).toMatch(/\n````\n\nThe rest is too long/)
  })

  it('is one for each app and environment', () => {
    expect(commentMarker(SUBJECT)).not.toBe(commentMarker({ ...SUBJECT, environment: 'staging' }))
  })
})

test('a summary takes more than a comment', () => {
  const warnings = Array.from({ length: 3_000 }, () => ({
    severity: 'warning' as const,
    message: 'w'.repeat(60),
  }))
  const text = summaryOf(planReport(SUBJECT, { ...EMPTY, warnings }))
  expect(text.length).toBeGreaterThan(COMMENT_LIMIT)
  expect(Buffer.byteLength(text)).toBeLessThan(1024 * 1024)
})

it.each([
  ['a pipe', 'a|b', '`a\\|b`'],
  ['a mention', '@octocat', '`@octocat`'],
  ['HTML', '<img src=x onerror=alert(1)>', '`<img src=x onerror=alert(1)>`'],
  ['a fence', 'x `` y', '```x `` y```'],
  ['a fence at its edges', '`x`', '`` `x` ``'],
  ['lines', 'one\n\n# two', '`one # two`'],
  ['what a terminal obeys', 'red \u001b[31m!', '`red !`'],
])('shows %s as it is written', (_, text, shown) => {
  expect(code(text)).toBe(shown)
})
