import { describe, expect, test } from 'vitest'

import { pushEnvironment, readPorcelain } from '../../src/cli/push.ts'
import { appOfUrl } from '../../src/cli/user-git.ts'

describe('readPorcelain', () => {
  const output = (line: string) => `To http://localhost:7070/hello.git\n${line}\nDone\n`
  const ref = '3f9c2a7:refs/heads/main'

  test.each([
    ['*', '[new branch]', 0, 'pushed'],
    [' ', '1111111..2222222', 0, 'pushed'],
    ['+', '1111111...2222222 (forced update)', 0, 'pushed'],
    ['=', '[up to date]', 0, 'up to date'],
    ['!', '[rejected] (non-fast-forward)', 1, 'rejected'],
    ['!', '[remote rejected] (deployment #3 failed)', 1, 'refused'],
  ])('%s %s is %s', (flag, summary, code, status) => {
    expect(readPorcelain(output(`${flag}\t${ref}\t${summary}`), code)).toEqual({ status, summary })
  })

  test('a push that never came to a ref has failed', () => {
    expect(readPorcelain('', 128)).toEqual({ status: 'failed', summary: '' })
  })

  test('a push that was killed after its line has failed', () => {
    expect(readPorcelain(output(` \t${ref}\t1..2`), null).status).toBe('failed')
  })
})

describe('pushEnvironment', () => {
  test('git and its hooks do not get what is meant for Gantry alone', () => {
    const env = pushEnvironment({ HOME: '/home/ada', GANTRY_TOKEN: 'gantry_x' }, HERE)
    expect(env).toMatchObject({ HOME: '/home/ada' })
    expect(JSON.stringify(env)).not.toContain('gantry_x')
  })

  const URL = 'http://127.0.0.1:7070'
  const HERE = { url: URL, token: 't', isHere: true }

  function settingsIn(env: Readonly<Record<string, string | undefined>>): [string, string][] {
    return Array.from({ length: Number(env['GIT_CONFIG_COUNT']) }, (_, index) => [
      env[`GIT_CONFIG_KEY_${index}`]!,
      env[`GIT_CONFIG_VALUE_${index}`]!,
    ])
  }

  test('sends the token to this server alone', () => {
    const settings = settingsIn(pushEnvironment({}, { ...HERE, token: 'gantry_secret' }))
    expect(settings.filter(([, value]) => value.includes('gantry_secret'))).toEqual([
      [`http.${URL}/.extraHeader`, 'Authorization: Bearer gantry_secret'],
    ])
  })

  test('keeps what the user hands over in the same way, and comes after it', () => {
    const env = { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'core.pager', GIT_CONFIG_VALUE_0: 'less' }
    const settings = settingsIn(pushEnvironment(env, HERE))
    expect(settings[0]).toEqual(['core.pager', 'less'])
    expect(settings.length).toBeGreaterThan(1)
    expect(settings.every(([key, value]) => key !== undefined && value !== undefined)).toBe(true)
  })

  test('lets nobody be asked for a password', () => {
    expect(pushEnvironment({ GIT_ASKPASS: '/bin/ask' }, HERE)).toMatchObject({
      GIT_ASKPASS: '',
      GIT_TERMINAL_PROMPT: '0',
    })
  })
})

test.each([
  ['http://any:token@localhost:7070/hello.git\n', 'hello'],
  ['https://git.example.com/my-app-2.git/', 'my-app-2'],
  ['http://localhost:7070/hello', null],
  ['git@example.com:team/Hello.git', null],
  ['', null],
])('the app of the remote %j is %j', (url, app) => {
  expect(appOfUrl(url)).toBe(app)
})
