import fc from 'fast-check'
import { expect, test } from 'vitest'

import { ByteReader } from '../../../src/git/byte-reader.ts'
import { FLUSH, packet, readPacket } from '../../../src/server/git/pkt-line.ts'
import { encodeAnswers, readPush } from '../../../src/server/git/proc-receive.ts'

const ZERO = '0'.repeat(40)
const A = 'a'.repeat(40)

/** A reader of these bytes, in pieces of this size. */
function reader(bytes: Buffer, size = bytes.length): ByteReader {
  return new ByteReader(
    (async function* () {
      for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
    })(),
  )
}

function command(ref: string, rawRef = Buffer.from(ref)) {
  return { ref, rawRef, from: ZERO, to: A }
}

test('packets survive being cut anywhere', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ maxLength: 30 })),
      fc.integer({ min: 1, max: 9 }),
      async (texts, size) => {
        const source = reader(Buffer.concat([...texts.map((text) => packet(`${text}\n`)), FLUSH]), size)
        for (const text of texts) expect((await readPacket(source))?.toString()).toBe(text)
        expect(await readPacket(source)).toBeNull()
      },
    ),
  )
})

test.each(['0001', '0003', 'zzzz', '-001', '+005', '00', '0010short'])('%j is no packet', async (text) => {
  await expect(readPacket(reader(Buffer.from(text)))).rejects.toThrow()
})

test('what does not fit into a packet is not sent', () => {
  expect(packet('x'.repeat(65_516)).subarray(0, 4).toString()).toBe('fff0')
  expect(() => packet('x'.repeat(65_517))).toThrow()
})

test('a push is read as git sends it', async () => {
  const sent: Buffer[] = []
  const bytes = Buffer.concat([
    packet('version=1\0push-options atomic\n'),
    FLUSH,
    packet(`${ZERO} ${A} refs/heads/main\n`),
    packet(`${A} ${ZERO} refs/heads/with space`),
    FLUSH,
    packet('async'),
    packet('a\nb'),
    FLUSH,
  ])
  const push = await readPush(reader(bytes, 7), (answer) => sent.push(answer))
  expect(push).toMatchObject({
    atomic: true,
    options: ['async', 'a\nb'],
    commands: [
      { ref: 'refs/heads/main', from: ZERO, to: A },
      { ref: 'refs/heads/with space', from: A, to: ZERO },
    ],
  })
  expect(Buffer.concat(sent).toString()).toBe('001aversion=1\0push-options0000')
})

test('a push without options has no section of them', async () => {
  const bytes = Buffer.concat([packet('version=1\n'), FLUSH, packet(`${ZERO} ${A} refs/heads/main\n`), FLUSH])
  expect(await readPush(reader(bytes), () => {})).toMatchObject({ atomic: false, options: [] })
})

test.each([
  ['another version', [packet('version=2\n'), FLUSH]],
  ['no greeting', [FLUSH]],
  ['a command without names', [packet('version=1\n'), FLUSH, packet('main'), FLUSH]],
  ['short names', [packet('version=1\n'), FLUSH, packet('a b refs/heads/main'), FLUSH]],
  ['no ref', [packet('version=1\n'), FLUSH, packet(`${ZERO} ${A} `), FLUSH]],
  ['an early end', [packet('version=1\n'), FLUSH, packet(`${ZERO} ${A} refs/heads/main\n`)]],
])('%s is an error', async (_, packets) => {
  await expect(readPush(reader(Buffer.concat(packets)), () => {})).rejects.toThrow()
})

test('more commands than a push can have are an error', async () => {
  const line = packet(`${ZERO} ${A} refs/tags/${'x'.repeat(60_000)}`)
  const bytes = Buffer.concat([
    packet('version=1\n'),
    FLUSH,
    ...Array.from({ length: 80 }, () => line),
    FLUSH,
  ])
  await expect(readPush(reader(bytes), () => {})).rejects.toThrow(/more refs and push options/)
})

test('answers are one line each, in the order of the commands', () => {
  const answers = new Map([
    ['refs/heads/main', { ok: true as const, newOid: ZERO, instead: 'refs/gantry/deployments/7' }],
    ['refs/heads/x', { ok: false as const, reason: 'first\nok refs/heads/x\u0000\u001b[31m' }],
    ['refs/heads/empty', { ok: false as const, reason: '\n' }],
  ])
  const commands = [
    command('refs/heads/x'),
    command('refs/heads/main'),
    command('refs/heads/empty'),
    command('refs/y'),
  ]
  const text = encodeAnswers(commands, answers).toString()
  expect(
    text
      .replaceAll(/[0-9a-f]{4}(?=ng |ok |option )|0000$/g, '\n')
      .trim()
      .split('\n'),
  ).toEqual([
    'ng refs/heads/x first ok refs/heads/x [31m',
    'ok refs/heads/main',
    'option refname refs/gantry/deployments/7',
    `option new-oid ${ZERO}`,
    'ng refs/heads/empty refused',
    'ng refs/y the server gave no answer',
  ])
})
