import { expect, it } from 'vitest'

import type { Start } from '../../../src/app/command.ts'
import { Shop } from './shop.ts'

/** What an instance of a process writes that is started with these. */
async function said(start: Partial<Start>): Promise<string[]> {
  await using shop = await Shop.open()
  const state = shop.state('web', 'exec sleep 600', start)
  expect(await shop.roll(null, state)).toMatchObject({ outcome: 'steady' })
  await expect.poll(() => shop.lines('web')).not.toEqual([])
  return shop.lines('web')
}

it('an entry point gets the words of the command as its arguments, as in a container', async () => {
  const entry_point = ['/bin/sh', '-c', 'echo "$0 $*"; exec sleep 600', 'entry']
  expect(await said({ entry_point, command: ['a', 'b c'] })).toEqual(['entry a b c'])
  expect(await said({ entry_point, command: 'echo "$HOME"' })).toEqual(['entry /bin/sh -c exec echo "$HOME"'])
  expect(await said({ entry_point, command: null })).toEqual(['entry '])
})

it('pre_start runs in each new instance before its command, which sees what it made', async () => {
  await using shop = await Shop.open()
  const start = {
    pre_start: 'echo "preparing $GANTRY_PROCESS" && echo ready >"$TMPDIR/made-$PPID"',
    command: 'cat "$TMPDIR/made-$$"; exec sleep 600',
    demand_count: 2,
  }
  await shop.roll(null, shop.state('web', '', start))
  const lines = async () => (await shop.lines('web')).toSorted()
  await expect.poll(lines).toEqual(['preparing web', 'preparing web', 'ready', 'ready'])
})

it('an instance whose pre_start fails has failed, and its command does not run', async () => {
  await using shop = await Shop.open()
  const state = shop.state('web', 'echo ran; exec sleep 600', { pre_start: 'echo no database; exit 4' })
  const verdict = await shop.roll(null, state)
  expect(verdict).toMatchObject({ outcome: 'failed', exit_code: 4, log: ['no database'] })
  expect(await shop.lines('web')).not.toContain('ran')
})

it('a task has its entry point and its pre_start too', async () => {
  await using shop = await Shop.open()
  const handle = await shop.task('echo done', {
    entry_point: ['/bin/sh', '-c', 'echo entry; exec "$@"', 'x'],
    pre_start: ['echo', 'first'],
  })
  expect(await Array.fromAsync(handle.logs)).toEqual(['first', 'entry', 'done'])
  expect(await handle.result).toMatchObject({ exit_code: 0 })
})
