import { describe, expect, test } from 'vitest'

import { UserError } from '../../src/app/errors.ts'
import { namedServer } from '../../src/cli/remote.ts'
import { checkClear, isSameHere, parseRemoteUrl, parseServerUrl } from '../../src/cli/remote-url.ts'
import { compareVersions } from '../../src/cli/remote-version.ts'

const REMOTE = 'http://any:t@127.0.0.1:7070/shop.git'

describe('the server that is meant', () => {
  const GANTRY_SERVER = 'https://by-variable.example.com'
  const GANTRY_HOME = '/by-variable'
  /** As commander reads it: a variable stands for an option that is not given. */
  const named = (
    options: { server?: string; home?: string },
    env: Record<string, string> = {},
    remote: string | null = REMOTE,
  ) => {
    const { GANTRY_SERVER: server, GANTRY_HOME: home } = env
    const found = namedServer({ server, home, ...options }, env, remote)
    return found && [found.why, found.kind === 'home' ? found.home : found.url]
  }

  test.each([
    ['an option', { server: 'https://a.example' }, { GANTRY_SERVER, GANTRY_HOME }, '--server'],
    ['an option for a home', { home: '/a' }, { GANTRY_SERVER, GANTRY_HOME }, '--home'],
    ['GANTRY_SERVER', {}, { GANTRY_SERVER, GANTRY_HOME }, 'GANTRY_SERVER'],
    ['GANTRY_HOME', {}, { GANTRY_HOME }, 'GANTRY_HOME'],
    ['the git remote', {}, {}, 'the git remote gantry'],
  ])('is that of %s before all that follows', (_, options, env, why) => {
    expect(named(options, env)?.[0]).toBe(why)
  })

  test('is not said by anything that is empty, nor by a remote that is not reached by HTTP', () => {
    expect(named({}, { GANTRY_SERVER: '', GANTRY_HOME: '' }, null)).toBeNull()
    expect(named({}, {}, 'git@example.com:shop.git')).toBeNull()
    expect(named({}, {}, '/srv/shop.git')).toBeNull()
  })

  test('cannot be two', () => {
    expect(() => named({ server: 'https://a.example', home: '/a' })).toThrow('name a server each')
  })
})

describe('the address of a git remote', () => {
  test.each([
    [REMOTE, { url: 'http://127.0.0.1:7070', app: 'shop', user: 'any', token: 't' }],
    ['https://git.example.com/shop.git/', { url: 'https://git.example.com', app: 'shop', token: null }],
    ['https://example.com/gantry/shop.git', { url: 'https://example.com/gantry', app: 'shop' }],
    ['https://me:a%40b@[::1]:7070/shop.git', { url: 'https://[::1]:7070', token: 'a@b' }],
    ['https://50%:100%@example.com/shop.git', { url: 'https://example.com', user: '50%', token: '100%' }],
    ['HTTPS://Example.com:443/shop.git', { url: 'https://example.com' }],
  ])('%s is read', (text, url) => {
    expect(parseRemoteUrl(text)).toMatchObject(url)
  })

  test.each([
    'https://example.com/team/Shop.git',
    'https://example.com/shop',
    'https://exa mple/shop.git',
    '',
  ])('%j is none of a server', (text) => expect(parseRemoteUrl(text)).toBeNull())
})

describe('the address of a server', () => {
  test('may have a path, a slash at its end, and the app that a remote would have', () => {
    expect(parseServerUrl('https://example.com/', 'it').url).toBe('https://example.com')
    expect(parseServerUrl(' https://example.com/gantry/ ', 'it').url).toBe('https://example.com/gantry')
    expect(parseServerUrl('https://example.com/shop.git', 'it')).toMatchObject({
      url: 'https://example.com',
      app: 'shop',
    })
  })

  test.each(['gantry.example.com', 'ssh://example.com', 'https://example.com/?a', 'localhost:7070', '!'])(
    '%s is none, and says how to write one',
    (text) => expect(() => parseServerUrl(text, 'GANTRY_SERVER')).toThrow('GANTRY_SERVER is not the address'),
  )

  test('has no token in it, and does not show the one that it has', () => {
    const parse = () => parseServerUrl('https://any:opensesame@example.com', 'GANTRY_SERVER')
    expect(parse).toThrow(UserError)
    expect(parse).not.toThrow(/opensesame/)
  })

  test('without TLS is refused where others could listen, unless that is allowed', () => {
    expect(() => checkClear('http://example.com', false)).toThrow('in the clear')
    expect(() => checkClear('http://127.0.0.1.example.com', false)).toThrow('in the clear')
    for (const url of ['https://example.com', 'http://127.0.0.2:7070', 'http://[::1]:1', 'http://localhost'])
      expect(() => checkClear(url, false)).not.toThrow()
    expect(() => checkClear('http://example.com', true)).not.toThrow()
  })

  test('means the same server of this machine by any of its names', () => {
    expect(isSameHere('http://localhost:7070', 'http://127.0.0.1:7070')).toBe(true)
    expect(isSameHere('http://localhost:7070', 'http://127.0.0.1:7071')).toBe(false)
    expect(isSameHere('http://example.com:7070', 'http://example.com:7070')).toBe(false)
  })
})

test.each([
  ['0.2.0', '0.2.9', null],
  ['0.2.0', '0.1.4', 'older than this one (0.2.0): bring the server up to date'],
  ['0.2.0', '1.0.0', 'newer than this one (0.2.0): bring this command line up to date'],
  ['0.2.0', '', null],
])('to %s a server of version %j is %s', (own, theirs, said) => {
  if (said === null) expect(compareVersions(own, theirs)).toBeNull()
  else expect(compareVersions(own, theirs)).toContain(said)
})
