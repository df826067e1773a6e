import { describe, expect, it } from 'vitest'
import { hostOf, route } from '../../../src/engine/local/proxy/hosts.ts'

const local = { domain: 'localhost' }

describe('route', () => {
  it.each([
    ['shop.localhost', { app: 'shop', process: null }],
    ['shop.localhost:8080', { app: 'shop', process: null }],
    ['SHOP.LocalHost', { app: 'shop', process: null }],
    ['shop.localhost.', { app: 'shop', process: null }],
    ['shop.localhost.:80', { app: 'shop', process: null }],
    ['my-shop-2.localhost', { app: 'my-shop-2', process: null }],
    ['admin--shop.localhost', { app: 'shop', process: 'admin' }],
    ['back-office--my-shop.localhost:1', { app: 'my-shop', process: 'back-office' }],
  ])('reads %s', (host, expected) => {
    expect(route(host, local)).toEqual(expected)
  })

  it.each([
    undefined,
    '',
    'localhost',
    '.localhost',
    '127.0.0.1',
    '[::1]:8080',
    'shop.example.com',
    'shoplocalhost',
    'a.shop.localhost',
    'shop.localhost.evil.com',
    'shop.localhost:80:80',
    'shop.localhost:http',
    'shop.localhost/',
    'user@shop.localhost',
    '-shop.localhost',
    'shop-.localhost',
    '--shop.localhost',
    'web--.localhost',
    'a--b--c.localhost',
    'web---shop.localhost',
    'sh_op.localhost',
    'shöp.localhost',
    'shop .localhost',
    'shop\n.localhost',
    'shop.localhost..',
  ])('takes %j for no app', (host) => {
    expect(route(host, local)).toBeNull()
  })

  it('knows apps under another domain, and under no other', () => {
    expect(route('shop.apps.example.com', { domain: 'Apps.Example.com' })).toEqual({
      app: 'shop',
      process: null,
    })
    expect(route('shop.localhost', { domain: 'apps.example.com' })).toBeNull()
    expect(route('shop.appsXexample.com', { domain: 'apps.example.com' })).toBeNull()
  })

  it('reads what hostOf writes', () => {
    for (const process of [null, 'admin', 'a-b']) {
      expect(route(hostOf('my-shop', process, 'localhost'), local)).toEqual({ app: 'my-shop', process })
    }
  })
})
