import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LineSplitter, LONGEST_LINE } from '../../../src/engine/local/line-splitter.ts'

function split(...chunks: (string | Uint8Array)[]): string[] {
  const lines: string[] = []
  const splitter = new LineSplitter((line) => lines.push(line))
  for (const chunk of chunks) splitter.write(typeof chunk === 'string' ? Buffer.from(chunk) : chunk)
  splitter.end()
  return lines
}

describe('LineSplitter', () => {
  it('makes lines of chunks, whatever the chunks cut apart', () => {
    expect(split('one\ntw', 'o\n', '\nfour\n')).toEqual(['one', 'two', '', 'four'])
  })

  it('delivers a line as soon as its newline is there', () => {
    const lines: string[] = []
    const splitter = new LineSplitter((line) => lines.push(line))
    splitter.write(Buffer.from('one\ntwo'))
    expect(lines).toEqual(['one'])
  })

  it('delivers a last line without a newline at the end, and nothing after a newline', () => {
    expect(split('one\ntwo')).toEqual(['one', 'two'])
    expect(split('one\n')).toEqual(['one'])
    expect(split('')).toEqual([])
  })

  it('keeps characters whole that chunks cut apart', () => {
    const bytes = Buffer.from('größe 🚀 日本\n')
    expect(split(...Array.from(bytes, (byte) => Uint8Array.of(byte)))).toEqual(['größe 🚀 日本'])
  })

  it('replaces invalid bytes', () => {
    expect(split(Uint8Array.of(0x61, 0xff, 0x62, 0x0a, 0xc3))).toEqual(['a\ufffdb', '\ufffd'])
  })

  it('takes CRLF for one line end, also when a chunk ends between the two', () => {
    expect(split('one\r\ntwo\r', '\nthree\r\n')).toEqual(['one', 'two', 'three'])
  })

  it('keeps the last state of a line that rewrites itself', () => {
    expect(split('10%\r50%\r100%\ndone\n')).toEqual(['100%', 'done'])
    expect(split('10%\r', '50%\r', '100%\r', '\n')).toEqual(['100%'])
    expect(split('10%\r50%')).toEqual(['50%'])
  })

  it('takes no longer for returns without end', () => {
    expect(split('\r'.repeat(1_000_000), 'x\n')).toEqual(['x'])
  })

  it('cuts a line that is too long, without cutting a character', () => {
    const text = `a${'€'.repeat(10_000)}b`
    const lines = split(text, '\nnext\n')
    expect(lines.pop()).toBe('next')
    expect(lines.join('')).toBe(text)
    expect(lines).toHaveLength(2)
    expect(lines.every((line) => Buffer.byteLength(line) <= LONGEST_LINE)).toBe(true)
  })

  it('delivers an endless line piece by piece, and exactly the longest line in one', () => {
    const longest = 'x'.repeat(LONGEST_LINE)
    expect(split(longest, '\n')).toEqual([longest])
    const lines: string[] = []
    const splitter = new LineSplitter((line) => lines.push(line))
    for (let i = 0; i < 20; i++) splitter.write(Buffer.from('x'.repeat(1_000)))
    expect(lines).toEqual([longest])
  })

  it('keeps colours and tabs, and removes all else that steers a terminal', () => {
    expect(split('\u001b[1;31mred\u001b[0m\tand \u001b[38:5:200mpink\u001b[m\n')).toEqual([
      '\u001b[1;31mred\u001b[0m\tand \u001b[38:5:200mpink\u001b[m',
    ])
    expect(split('a\u0000b\u0007c\u0008d\u007fe\u009bf\n')).toEqual(['abcdef'])
    expect(split('\u001b[2J\u001b[10;10Hhere\u001b[?25l\u001bc\u001b(B.\n')).toEqual(['here.'])
    expect(
      split('\u001b]0;title\u0007a\u001b]8;;http://x\u001b\\link\u001b]8;;\u001b\\\u001bPdata\u001b\\b\n'),
    ).toEqual(['alinkb'])
  })

  it('does not let a sequence without an end hide what comes after it', () => {
    expect(split('\u001b]0;all of this\n\u001bPand this\nlast\u001b[\u001b')).toEqual([
      '0;all of this',
      'and this',
      'last',
    ])
  })

  it('gives the same lines for every way to chunk', () => {
    const output = fc.array(fc.constantFrom('a', 'é', '🚀', '\n', '\r', '\r\n', '\t', '\u001b[1m'), {
      maxLength: 40,
    })
    fc.assert(
      fc.property(output, fc.array(fc.nat(), { maxLength: 8 }), (parts, cuts) => {
        const bytes = Buffer.from(parts.join(''))
        const places = [
          0,
          ...cuts.map((each) => each % (bytes.length + 1)).sort((a, b) => a - b),
          bytes.length,
        ]
        const chunks = places.slice(1).map((place, i) => bytes.subarray(places[i], place))
        expect(split(...chunks)).toEqual(split(bytes))
      }),
      { numRuns: 1_000 },
    )
  })
})
