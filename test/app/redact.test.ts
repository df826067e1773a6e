import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRedactor } from '../../src/app/redact.ts'

const PASSWORD = 'p@ss w/rd+1.x*'
const base64 = (text: string): string => Buffer.from(text).toString('base64')
const base64url = (text: string): string => Buffer.from(text).toString('base64url')

describe('createRedactor', () => {
  it('replaces a value as it is, wherever and however often it stands', () => {
    const redact = createRedactor([PASSWORD])
    expect(redact(`a ${PASSWORD} b ${PASSWORD}`)).toBe('a [secret] b [secret]')
  })

  it('leaves a line without a value as it is', () => {
    expect(createRedactor([PASSWORD])('p@ss wXrd+1yx*')).toBe('p@ss wXrd+1yx*')
    expect(createRedactor([])('anything')).toBe('anything')
  })

  it('leaves values of fewer than eight characters', () => {
    const redact = createRedactor(['1234567', '12345678'])
    expect(redact('1234567 12345678')).toBe('1234567 [secret]')
    expect(createRedactor(['1', ''])('port 1')).toBe('port 1')
  })

  it('does not take white space for a value', () => {
    expect(createRedactor(['            ', '\n\n\n\n\n\n\n\n'])('                indented')).toBe(
      '                indented',
    )
  })

  it.each([
    ['encodeURIComponent', encodeURIComponent(PASSWORD)],
    ['a form', new URLSearchParams({ x: PASSWORD }).toString().slice(2)],
    ['lower-case escapes', encodeURIComponent(PASSWORD).replaceAll(/%../g, (each) => each.toLowerCase())],
    ['an encoder that escapes all but letters and digits', PASSWORD.replaceAll(/\W/g, percent)],
    ['an encoder that leaves the slash', encodeURIComponent(PASSWORD).replaceAll('%2F', '/')],
  ])('replaces a value URL-encoded by %s', (_, encoded) => {
    expect(createRedactor([PASSWORD])(`https://u:${encoded}@h/`)).toBe('https://u:[secret]@h/')
  })

  it('leaves nothing of an encoded value that ends with a percent sign', () => {
    expect(createRedactor(['100 percent%'])('<100%20percent%25>')).toBe('<[secret]>')
  })

  it('replaces a value in a JSON string', () => {
    const value = 'quote " and \\ back'
    const redact = createRedactor([value])
    expect(redact(JSON.stringify({ value }))).toBe('{"value":"[secret]"}')
    expect(createRedactor(['https://u:p@host/'])('"https:\\/\\/u:p@host\\/"')).toBe('"[secret]"')
  })

  it('replaces a value in base64 and base64url, padded or not', () => {
    for (const value of ['12345678', '123456789', '1234567890', 'ÿþ?>~ÿþ?>~']) {
      const redact = createRedactor([value])
      for (const encoded of [base64(value), base64(value).replace(/=+$/, ''), base64url(value)]) {
        expect(redact(`<${encoded}>`)).toBe('<[secret]>')
      }
      expect(redact(`<${encodeURIComponent(base64(value))}>`)).toBe('<[secret]>')
    }
  })

  it('replaces a value inside a longer base64 text at each alignment', () => {
    const redact = createRedactor([PASSWORD])
    for (const before of ['', 'a', 'ab', 'abc', 'user:']) {
      for (const after of ['', 'z', 'yz', 'xyz']) {
        for (const encode of [base64, base64url]) {
          const shown = redact(`Basic ${encode(before + PASSWORD + after)}`)
          expect(shown).toContain('[secret]')
          const left = shown.replace('Basic ', '').split('[secret]')
          expect(left.map((part) => Buffer.from(part, 'base64').toString()).join('')).not.toMatch(
            /ss w|rd\+1/,
          )
          expect(left.join('').length).toBeLessThanOrEqual(base64(before).length + base64(after).length + 4)
        }
      }
    }
  })

  it('replaces the longest value first', () => {
    const redact = createRedactor(['password', 'password-of-the-database', 'password-of'])
    expect(redact('password-of-the-database password-of-it password')).toBe('[secret] [secret]-it [secret]')
  })

  it('replaces a value that is part of another one, alone and inside it', () => {
    const redact = createRedactor(['hunter2hunter2', 'postgres://u:hunter2hunter2@db/x'])
    expect(redact('postgres://u:hunter2hunter2@db/x and hunter2hunter2')).toBe('[secret] and [secret]')
  })

  it('says it once for values that touch', () => {
    expect(createRedactor(['aaaabbbb', 'ccccdddd'])('aaaabbbbccccdddd!')).toBe('[secret]!')
  })

  it('replaces each line of a value of several lines', () => {
    const key = '-----BEGIN KEY-----\r\nMIIEvQIBADANBg\nshort\n\nkqhkiG9w0BAQEF\n-----END KEY-----\n'
    const redact = createRedactor([key])
    expect(redact('MIIEvQIBADANBg')).toBe('[secret]')
    expect(redact('  kqhkiG9w0BAQEF,')).toBe('  [secret],')
    expect(redact('short')).toBe('short')
    expect(redact(JSON.stringify({ key }))).not.toMatch(/MIIE|kqhk|BEGIN|END/)
    const decoded = Buffer.from(redact(base64(key)).replaceAll('[secret]', ''), 'base64').toString('latin1')
    expect(decoded).not.toMatch(/MIIE|kqhk/)
  })

  it('takes a value literally, not as a pattern', () => {
    const hostile = '(a+)+$[^]{9}|.*\\'
    const redact = createRedactor([hostile, '.........', '$&$1$`$$$$'])
    expect(redact('aaaaaaaaaaaaaaaaaaaaaaaaaaaa!')).toBe('aaaaaaaaaaaaaaaaaaaaaaaaaaaa!')
    expect(redact(`x ${hostile} y`)).toBe('x [secret] y')
    expect(redact('a $&$1$`$$$$ b')).toBe('a [secret] b')
  })

  it('hides any value in any of the forms', () => {
    const value = fc
      .string({ unit: 'grapheme', minLength: 8, maxLength: 40 })
      .filter((v) => v.trim().length >= 8)
    fc.assert(
      fc.property(value, fc.string(), fc.string(), (value, before, after) => {
        const redact = createRedactor([value])
        const trimmed = value.trim()
        for (const form of [trimmed, encodeURIComponent(trimmed), base64(trimmed), base64url(trimmed)]) {
          expect(redact(`${before}<${form}>${after}`)).toContain('<[secret]>')
        }
      }),
      { numRuns: 300 },
    )
  })

  it('survives text that is not well formed', () => {
    expect(createRedactor(['\ud800 lonely half'])('nothing')).toBe('nothing')
  })

  it('is fast with many values', () => {
    const redact = createRedactor(Array.from({ length: 100 }, (_, i) => `value-${i}-`.repeat(8)))
    const line = `${'GET /orders/1234 200 12 ms user=value'.repeat(4)} value-77-`
    const start = performance.now()
    for (let i = 0; i < 5_000; i++) redact(line)
    expect(performance.now() - start).toBeLessThan(10_000)
  })
})

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).padStart(2, '0').toUpperCase()}`
}
