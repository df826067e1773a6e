import { describe, expect, test } from 'vitest'

import { looksSecret } from '../../src/config/secret-like.ts'
import { configJson, renderConfig, renderDiagnostics } from '../../src/report/config.ts'
import { keysJson, renderKeys } from '../../src/report/config-keys.ts'
import { showChange } from '../../src/report/values.ts'
import { problemsOf, read } from './files.ts'

describe('a variable looks like a secret', () => {
  test.each(['DB_PASSWORD', 'SECRET_KEY', 'api_token', 'AWS_SECRET_ACCESS_KEY', 'apiKey', 'PRIVATE_KEY'])(
    'by its name: %s',
    (name) => expect(looksSecret(name, 'x')).toBe(true),
  )

  test.each([
    'postgres://shop:hunter2@db/shop',
    'AKIAIOSFODNN7EXAMPLE',
    '-----BEGIN RSA PRIVATE KEY-----',
    `ghp_${'a'.repeat(36)}`,
    `eyJ${'a'.repeat(20)}.eyJ${'b'.repeat(20)}.c`,
  ])('by its value: %s', (value) => expect(looksSecret('A', value)).toBe(true))

  test.each([
    ['LOG_LEVEL', 'info'],
    ['DATABASE_URL', 'postgres://db/shop'],
    ['KEYBOARD', 'de'],
    ['TOKENS_PER_DAY', '5'],
    ['MONKEY', 'x'],
    ['SECRET_KEY', ''],
  ])('and %s=%s does not', (name, value) => expect(looksSecret(name, value)).toBe(false))

  test('and PLATFORM_VARIABLES does as one of those that it holds [UP-24]', () => {
    const packed = (all: unknown) => Buffer.from(JSON.stringify(all)).toString('base64')
    const looks = (value: string) => looksSecret('PLATFORM_VARIABLES', value)
    expect(looks(packed({ 'app:debug': 1, 'd8config:mode': { a: 'b' } }))).toBe(false)
    expect(looks(packed({ 'app:debug': 1, 'app:API_TOKEN': 'x' }))).toBe(true)
    expect(looks(packed({ 'app:dsn': { url: 'postgres://shop:hunter2@db/shop' } }))).toBe(true)
    expect(looks('no base64 of any JSON')).toBe(true)
  })

  test('is found out at once in a megabyte', () => {
    const started = performance.now()
    for (const part of ['eyJ-', '://a', 'a:', 'BEGIN ', 'xoxb-', '_KEY_'])
      looksSecret(part.repeat(200_000), part.repeat(200_000))
    expect(performance.now() - started).toBeLessThan(10_000)
  })
})

describe('what looks like a secret is in no output', () => {
  const SECRET = 'hunter2hunter2'
  const broken = 'replicas: 9'
  const files = (line: string) => ({
    'app_desc.yaml': `spec_version: 2
module:
  language: Python
  env_variables:
    - {key: API_TOKEN, value: ${SECRET}}
    - {key: DATABASE_URL, value: "postgres://shop:${SECRET}@db/shop"}
    - key: SMTP_PASSWORD
      value: ${SECRET}
      unknown: 1
  processes: {web: {command: serve, ${line}}}
`,
    'gantry.yml': `env: {OTHER_SECRET: ${SECRET}}\n`,
  })

  test('of an app that is right', async () => {
    const resolved = await read(files('replicas: 1'))
    expect(resolved.app.env).toMatchObject({ API_TOKEN: SECRET, OTHER_SECRET: SECRET })
    const shown = [
      renderConfig(resolved, { all: true }),
      renderDiagnostics(resolved.warnings),
      renderKeys(resolved),
      JSON.stringify([configJson(resolved), keysJson(resolved)]),
    ].join('\n')
    expect(shown).toContain('[secret]')
    expect(shown).not.toContain(SECRET)
  })

  test('of one that is wrong', async () => {
    const problems = await problemsOf(files(broken))
    expect(problems.filter((each) => each.severity === 'error')).toHaveLength(1)
    expect(JSON.stringify(problems)).not.toContain(SECRET)
    const listed = {
      ...files(broken),
      'app_desc.yaml': files(broken)['app_desc.yaml'].replace(`value: ${SECRET}}`, `value: [${SECRET}]}`),
    }
    expect(JSON.stringify(await problemsOf(listed))).not.toContain(SECRET)
  })

  test('of a plan', () => {
    const change = { field: 'env.API_TOKEN', from: SECRET, to: `${SECRET}!`, owner: 'config' as const }
    expect(showChange(change)).toBe('env.API_TOKEN [secret] → [secret]')
  })
})
