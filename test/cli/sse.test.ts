import { expect, test } from 'vitest'

import { serverEvents, type ServerEvent } from '../../src/cli/sse.ts'

async function events(...chunks: string[]): Promise<ServerEvent[]> {
  return Array.fromAsync(
    serverEvents(
      (async function* () {
        yield* chunks
      })(),
    ),
  )
}

async function read(...chunks: string[]): Promise<string[]> {
  return (await events(...chunks)).map(({ data }) => data)
}

test('gives the data of each event, wherever the chunks are cut', async () => {
  const whole = 'data: {"a":1}\n\n:\n\ndata: {"b":2}\n\n'
  expect(await read(whole)).toEqual(['{"a":1}', '{"b":2}'])
  expect(await read(...whole.split(''))).toEqual(['{"a":1}', '{"b":2}'])
})

test('joins the lines of one event and passes other fields over', async () => {
  expect(await read('event: log\r\nid: 7\r\ndata: one\r\ndata:two\r\n\r\n')).toEqual(['one\ntwo'])
})

test('gives the id that was the last one', async () => {
  expect(await events('data: a\n\nid: 7\ndata: b\n\ndata: c\n\n')).toEqual([
    { id: '', data: 'a' },
    { id: '7', data: 'b' },
    { id: '7', data: 'c' },
  ])
})

test('drops an event that the end cuts off', async () => {
  expect(await read('data: whole\n\ndata: half\n')).toEqual(['whole'])
})

test('takes a line separator inside of the data for what it is', async () => {
  expect(await read('data: "a\u2028b"\n\n')).toEqual(['"a\u2028b"'])
})
