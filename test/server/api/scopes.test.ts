import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { ROUTES } from '../../../src/server/api/routes.ts'
import type { Needs } from '../../../src/server/api/route.ts'
import { SCOPES, type Scope } from '../../../src/server/tokens.ts'
import { World } from '../../e2e/world.ts'
import { call, makeToken, type Answer } from './call.ts'

const SUFFICIENT: Record<Needs, readonly Scope[]> = {
  read: ['read', 'push', 'operate', 'admin'],
  operate: ['operate', 'admin'],
  admin: ['admin'],
}

let world: World
/** By scope, and by what they are good for. */
let tokens: Record<'ours' | 'others' | 'all', Record<Scope, string>>
let revoked: string

beforeAll(async () => {
  world = await World.create()
  await world.createApp('shop')
  await world.createApp('other')
  const forApp = async (app: string | null): Promise<Record<Scope, string>> => {
    const made = SCOPES.map(async (scope) => [scope, (await makeToken(world, { app, scope })).token] as const)
    return Object.fromEntries(await Promise.all(made)) as Record<Scope, string>
  }
  tokens = { ours: await forApp('shop'), others: await forApp('other'), all: await forApp(null) }
  const gone = await makeToken(world, { scope: 'admin' })
  await world.api('DELETE', `/tokens/${gone.id}`)
  revoked = gone.token
})
afterAll(() => world[Symbol.asyncDispose]())

describe.each(ROUTES.map((route, index) => ({ ...route, from: `127.0.1.${index + 1}` })))(
  '$id',
  ({ method, path, needs, from }) => {
    const isOfApp = path.startsWith('/apps/{app}')

    /** No operation takes this field: who may ask for it is told so, and nothing happens. */
    const ask = (token: string | null, app = 'shop'): Promise<Answer> =>
      call(world, {
        method: method.toUpperCase(),
        path: path.replace('{app}', app).replaceAll(/\{\w+\}/g, '1'),
        token,
        body: { nonsense: true },
        from,
      })

    test('wants a token that is valid', async () => {
      for (const token of [null, `gantry_000000000000_${'x'.repeat(43)}`, 'wrong', revoked]) {
        const { status, body, headers } = await ask(token)
        expect(status).toBe(401)
        expect(body).toEqual({ error: { message: expect.any(String), hint: expect.any(String) } })
        expect(headers['www-authenticate']).toBe('Basic realm="gantry"')
      }
    })

    test.each(SCOPES)('%s', async (scope) => {
      const isSufficient = SUFFICIENT[needs].includes(scope)
      const ofApp = await ask(tokens.ours[scope])
      // What concerns no app is for those who may do it with all.
      const mayOwn = isSufficient && (isOfApp || needs === 'read')
      expect(ofApp.status, ofApp.text).toBe(mayOwn ? 400 : 403)
      if (mayOwn) expect(ofApp.text).toContain('nonsense: there is no such field')
      expect((await ask(tokens.all[scope])).status).toBe(isSufficient ? 400 : 403)
    })

    if (!isOfApp) return

    test.each(SCOPES)('of another app, %s, is not told which apps there are', async (scope) => {
      const [there, nowhere] = await Promise.all([
        ask(tokens.others[scope], 'shop'),
        ask(tokens.others[scope], 'nowhere'),
      ])
      expect([there.status, nowhere.status]).toEqual([403, 403])
      expect(nowhere.text.replaceAll('nowhere', 'shop')).toBe(there.text)
    })

    test('is told to who may use all apps', async () => {
      const { status, body } = await ask(tokens.all.admin, 'nowhere')
      expect(status).toBe(404)
      expect(body).toMatchObject({ error: { message: 'there is no app "nowhere"' } })
    })
  },
)

test('a list of apps has those that the token is good for', async () => {
  const names = async (token: string): Promise<string[]> =>
    ((await call(world, { path: '/apps', token })).body as { name: string }[]).map(({ name }) => name)
  expect(await names(tokens.ours.push)).toEqual(['shop'])
  expect(await names(tokens.all.read)).toEqual(['other', 'shop'])
})
