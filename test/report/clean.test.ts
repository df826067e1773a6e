import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { clean, cleanLog } from '../../src/report/clean.ts'

const ESC = '\u{1b}'

describe('clean', () => {
  test('leaves plain text as it is, in any language', () => {
    expect(clean('gunicorn -b 0.0.0.0:$PORT – Größe 日本 🚀')).toBe(
      'gunicorn -b 0.0.0.0:$PORT – Größe 日本 🚀',
    )
  })

  test('removes what a terminal would obey', () => {
    expect(clean(`a${ESC}[31mred${ESC}[0m`)).toBe('ared')
    expect(clean(`${ESC}]0;title\u{7}x${ESC}[2J${ESC}[1Gy`)).toBe('xy')
    expect(clean(`${ESC}]8;;https://evil.example${ESC}\\link${ESC}]8;;${ESC}\\`)).toBe('link')
    expect(clean('a\u{9b}2Jb\u{8}\u{7f}\u{0}c')).toBe('abc')
  })

  test('removes what makes text look like another one', () => {
    expect(clean('user\u{202e}gpj.exe\u{2066}\u{200b}\u{feff}')).toBe('usergpj.exe')
  })

  test('puts everything on one line of bounded length', () => {
    expect(clean('a\r\n  b\tc\u{2028}d')).toBe('a b c d')
    expect(clean('x'.repeat(50), 10)).toBe(`${'x'.repeat(9)}…`)
  })

  test('leaves nothing but printable characters, whatever comes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
        expect(clean(`${a}${ESC}[${b}`)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u)
      }),
    )
  })
})

describe('cleanLog', () => {
  test('keeps colours, and ends them with the line', () => {
    expect(cleanLog(`${ESC}[1;31mfailed`, true)).toBe(`${ESC}[1;31mfailed${ESC}[0m`)
  })

  test('keeps no colours where none are wanted', () => {
    expect(cleanLog(`${ESC}[1;31mfailed${ESC}[0m`, false)).toBe('failed')
  })

  test('removes every other escape', () => {
    expect(cleanLog(`${ESC}[2K${ESC}[1Ga${ESC}]0;t\u{7}b${ESC}cd`, true)).toBe('abd')
  })

  test('keeps indentation, and of a line that was overwritten the last state', () => {
    expect(cleanLog('  at main.js:1\r', true)).toBe('  at main.js:1')
    expect(cleanLog('10 %\r55 %\r100 %', true)).toBe('100 %')
  })

  test('caps the length', () => {
    expect(cleanLog('x'.repeat(100_000), true)).toHaveLength(4_000)
  })
})
