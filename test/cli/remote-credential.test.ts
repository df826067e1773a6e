import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { beforeEach, describe, expect, test, vi } from 'vitest'

import { askCredential, credentialEnvironment } from '../../src/cli/remote-credential.ts'
import { findToken } from '../../src/cli/remote-token.ts'
import { Checkout } from './checkout.ts'
import { temporaryFolder } from './gantry.ts'

const SERVER = {
  url: 'https://gantry.example.com',
  name: 'https://gantry.example.com (GANTRY_SERVER)',
  app: 'shop',
  user: null,
  token: null,
}

let folder: string
let store: string

/** A checkout whose git keeps passwords in a file, and a person who types a token when git asks. */
beforeEach(async () => {
  folder = await temporaryFolder()
  store = join(folder, '.git', 'credentials')
  new Checkout(folder).git('config', 'credential.helper', `store --file=${store}`)
  const person = join(folder, 'person')
  await writeFile(person, '#!/bin/sh\ncase "$1" in User*) echo ada;; *) echo gantry_typed;; esac\n', {
    mode: 0o755,
  })
  for (const [name, value] of Object.entries({ HOME: folder, GIT_CONFIG_NOSYSTEM: '1', GIT_ASKPASS: person }))
    vi.stubEnv(name, value)
  vi.stubEnv('GANTRY_TOKEN', undefined)
  return () => vi.unstubAllEnvs()
})

describe('a token that git asks for', () => {
  test('is kept by its helper when the server has accepted it, and found there the next time', async () => {
    const search = { folder, ask: true }
    const found = await findToken(SERVER, search)
    expect(found).toMatchObject({ token: 'gantry_typed', source: "git's credential helper" })
    expect(existsSync(store)).toBe(false)
    await found.judge!(true)
    expect(await readFile(store, 'utf8')).toBe('https://ada:gantry_typed@gantry.example.com\n')
    expect(await findToken(SERVER, { folder, ask: false })).toMatchObject({ token: 'gantry_typed' })
  })

  test('is not asked for where nobody is there', async () => {
    await expect(findToken(SERVER, { folder, ask: false })).rejects.toThrow(`no token for ${SERVER.name}`)
  })

  test('is not kept when the server refuses it', async () => {
    const found = await findToken(SERVER, { folder, ask: true })
    await found.judge!(false)
    expect(existsSync(store)).toBe(false)
  })
})

test('what the environment or the remote says comes before git', async () => {
  const remote = { ...SERVER, token: 'gantry_remote' }
  expect(await findToken(remote, { folder, ask: true })).toMatchObject({
    token: 'gantry_remote',
    judge: null,
  })
  vi.stubEnv('GANTRY_TOKEN', ' gantry_named\n')
  expect(await findToken(remote, { folder, ask: true })).toMatchObject({ token: 'gantry_named', judge: null })
})

test('a name with a line break says nothing of its own to git', async () => {
  const user = 'ada\nhost=elsewhere.example.com'
  expect(await askCredential({ ...SERVER, user }, { folder, ask: true })).toBeNull()
})

test('helpers have the environment of their user, without the token of Gantry', () => {
  const env = { HOME: '/home/ada', DISPLAY: ':0', GANTRY_TOKEN: 'gantry_x' }
  expect(credentialEnvironment(env, true)).toEqual({ HOME: '/home/ada', DISPLAY: ':0' })
  expect(credentialEnvironment(env, false)).toMatchObject({ GIT_TERMINAL_PROMPT: '0', GIT_ASKPASS: '' })
})
