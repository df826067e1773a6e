import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { beginMark, endMark, sessionCommand } from '../../../src/engine/ecs/shell/script.ts'
import { SessionOutput } from '../../../src/engine/ecs/shell/session-output.ts'

const MARK = '0123456789abcdef'
const END = endMark(MARK)

/** What comes out of a session whose bytes come in pieces of these lengths. */
function through(bytes: Buffer, lengths: readonly number[]): { text: Buffer; output: SessionOutput } {
  const output = new SessionOutput(MARK)
  const said: Buffer[] = []
  let rest = bytes
  for (const length of [...lengths, bytes.length]) {
    said.push(output.push(rest.subarray(0, length)))
    rest = rest.subarray(length)
  }
  return { text: Buffer.concat([...said, output.flush()]), output }
}

describe('what a session says', () => {
  it('is that of the command alone, byte for byte, however it comes in pieces', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 200 }),
        fc.array(fc.nat({ max: 20 }), { maxLength: 40 }),
        fc.nat({ max: 255 }),
        (bytes, lengths, code) => {
          const own = Buffer.from(bytes)
          const all = Buffer.concat([
            Buffer.from(`\nStarting session with SessionId: x\r\n${beginMark(MARK)}`),
            own,
            Buffer.from(`${END[0]}${code}${END[1]}\n\nExiting session\n`),
          ])
          const { text, output } = through(all, lengths)
          expect(text.equals(own)).toBe(true)
          expect(output.code).toBe(code)
        },
      ),
    )
  })

  it('has no code where it was cut off, and loses nothing of the command', () => {
    const { text, output } = through(Buffer.from(`${beginMark(MARK)}half a mark ${END[0].slice(0, 5)}`), [])
    expect(text.toString()).toBe(`half a mark ${END[0].slice(0, 5)}`)
    expect(output.code).toBeNull()
    expect(output.said).toBe('')
  })

  it('tells why where the command never began', () => {
    const { text, output } = through(Buffer.from('Cannot perform start session: EOF\n'), [3, 4])
    expect(text.length).toBe(0)
    expect(output.said).toBe('Cannot perform start session: EOF\n')
  })

  it('takes no mark of another session for its own', () => {
    const foreign = endMark('fedcba9876543210')
    const { text, output } = through(Buffer.from(`${beginMark(MARK)}${foreign[0]}0${foreign[1]}`), [])
    expect(text.toString()).toBe(`${foreign[0]}0${foreign[1]}`)
    expect(output.code).toBeNull()
  })
})

it('what is run in a container is one line, whatever is in the command', () => {
  const line = sessionCommand({ mark: MARK, command: `echo 'a b' "$X"`, terminal: 'vt100', ends: true })
  expect(line).not.toContain('\n')
  expect(line.startsWith("/bin/sh -c '")).toBe(true)
})
