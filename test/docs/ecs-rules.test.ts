import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const ROOT = `${import.meta.dirname}/../..`
const rows = readFileSync(`${ROOT}/docs/development/ecs-rules.md`, 'utf8')
  .split('\n')
  .flatMap((line) => {
    const [, file, title] = /\| `([\w/-]+)`: (ecs\.md .+) \|$/.exec(line) ?? []
    return file === undefined || title === undefined ? [] : [{ file, title }]
  })

it('the list of rules is read', () => expect(rows.length).toBeGreaterThan(45))

it.each(rows)('$file has a test: $title', ({ file, title }) => {
  expect(readFileSync(`${ROOT}/test/engine/ecs/${file}.test.ts`, 'utf8')).toContain(`'${title}'`)
})
