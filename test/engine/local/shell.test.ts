import { expect, it } from 'vitest'

import type { Shell, ShellRequest, TerminalRequest } from '../../../src/engine/shell.ts'
import { taskSpec } from '../specs.ts'
import { Shop } from './shop.ts'

const TERMINAL: TerminalRequest = { columns: 80, rows: 24, type: 'vt100' }
const io = () => ({ signal: new AbortController().signal, notice: () => {} })

async function textOf(shell: Shell): Promise<string> {
  const said = await Array.fromAsync(shell.output)
  return Buffer.concat(said.map(({ bytes }) => bytes)).toString()
}

const run = (shop: Shop, command: string, more: Parameters<typeof taskSpec>[3] = {}): ShellRequest => ({
  kind: 'run',
  terminal: TERMINAL,
  task: { spec: taskSpec('job', command, shop.image, more), initiated_by: 'test', deployment: null },
})

it('a terminal belongs to the app, is of the kind that was asked for, and is the controlling one', async () => {
  await using shop = await Shop.open()
  const command = 'stat -c %u "$(tty)"; echo "$TERM"; id -u; echo controls >/dev/tty'
  const text = await textOf(await shop.engine.openShell(shop.app, run(shop, command), io()))
  const [owner, type, user, controls] = text.trim().split('\r\n')
  expect({ owner, type, controls }).toEqual({ owner: user, type: 'vt100', controls: 'controls' })
})

it('an open terminal is in no other program: what is started beside it does not have it', async () => {
  await using shop = await Shop.open()
  const shell = await shop.engine.openShell(shop.app, run(shop, 'sleep 600'), io())
  const task = await shop.task('for each in /proc/self/fd/*; do readlink "$each"; done')
  const open = await Array.fromAsync(task.logs)
  expect(open.filter((each) => /ptmx|pts/.test(each))).toEqual([])
  await shell.stop('enough')
})

it('all that was written before the end is read, however late', async () => {
  await using shop = await Shop.open()
  const shell = await shop.engine.openShell(shop.app, run(shop, 'seq 1 20000'), io())
  expect(await shell.result).toMatchObject({ exit_code: 0, reason: null })
  const lines = (await textOf(shell)).trim().split('\r\n')
  expect([lines.length, lines.at(-1)]).toEqual([20_000, '20000'])
})

it('it is a task: its time is limited, and it is stopped with all others', async () => {
  await using shop = await Shop.open()
  const late = await shop.engine.openShell(shop.app, run(shop, 'exec bash', { max_hours: 0.0001 }), io())
  expect(await late.result).toMatchObject({ exit_code: null, reason: 'time limit of 0.0001 h' })
  const shell = await shop.engine.openShell(shop.app, run(shop, 'exec bash'), io())
  await shop.engine.removeApp(shop.app)
  expect(await shell.result).toMatchObject({ exit_code: null, reason: 'the app was deleted' })
  expect(shop.children()).toEqual([])
})

it('one that nobody waits for any more does not begin', async () => {
  await using shop = await Shop.open()
  const opening = shop.engine.openShell(shop.app, run(shop, 'sleep 600'), {
    signal: AbortSignal.abort(),
    notice: () => {},
  })
  await expect(opening).rejects.toThrow('nobody waits')
  expect(shop.children()).toEqual([])
})

it('a command that does not read what is typed lets it wait, and ends all the same', async () => {
  await using shop = await Shop.open()
  const request = { ...run(shop, 'sleep 600'), terminal: null }
  const shell = await shop.engine.openShell(shop.app, request, io())
  let taken = 0
  const typing = (async () => {
    for (; taken < 100; taken += 1) await shell.write(Buffer.alloc(64 * 1024))
  })()
  await expect.poll(() => taken).toBeGreaterThan(0)
  await shell.stop('enough')
  await typing
  expect(await shell.result).toMatchObject({ exit_code: null, reason: 'enough' })
})
