import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { AppId } from '../../src/app/app.ts'
import type { Command } from '../../src/app/command.ts'
import type { TaskSpec } from '../../src/app/spec.ts'
import type { Engine } from '../../src/engine/engine.ts'
import type { Shell, ShellIo, ShellRequest } from '../../src/engine/shell.ts'

/** What an engine brings along whose shells are tested. Its instances have a POSIX shell. */
export interface ShellSubject {
  engine: Engine
  app: AppId
  /** A process with an instance that is up. */
  process: string
  task(command: Command): TaskSpec
  dispose(): Promise<void>
}

const TERMINAL = { columns: 81, rows: 25, type: 'vt100' }
const waiting = (signal = new AbortController().signal): ShellIo => ({ signal, notice: () => {} })

/** Reads all that a shell says. */
function listen({ output }: Shell): { text: () => string; ended: Promise<void> } {
  let text = ''
  const ended = (async () => {
    for await (const { bytes } of output) text += Buffer.from(bytes).toString()
  })()
  return { text: () => text, ended }
}

/** What the shells of every engine must do. */
export function shellContract(name: string, setUp: () => Promise<ShellSubject>): void {
  describe(`the contract of shells: ${name}`, () => {
    let subject: ShellSubject
    beforeAll(async () => void (subject = await setUp()))
    afterAll(() => subject.dispose())

    const fresh = (command: Command): ShellRequest => ({
      kind: 'run',
      terminal: TERMINAL,
      task: { spec: subject.task(command), initiated_by: 'somebody', deployment: null },
    })
    const beside = (command: Command | null, instance: string | null = null): ShellRequest => ({
      kind: 'exec',
      terminal: TERMINAL,
      process: subject.process,
      instance,
      command,
    })
    const open = (request: ShellRequest): Promise<Shell> =>
      subject.engine.openShell(subject.app, request, waiting())
    const requests = [
      ['in a fresh instance', fresh],
      ['in one that runs', beside],
    ] as const

    it.each(requests)(
      '%s, a command has the terminal that was asked for, and its exit code',
      async (_, of) => {
        const shell = await open(of('stty size; echo "$TERM"; exit 3'))
        const heard = listen(shell)
        await heard.ended
        expect(heard.text()).toBe('25 81\r\nvt100\r\n')
        expect(await shell.result).toMatchObject({ exit_code: 3, reason: null })
      },
    )

    it.each(requests)(
      '%s, what is typed reaches the command, and so does a change of size',
      async (_, of) => {
        const shell = await open(of('stty -echo; while read -r word; do echo "<$word>"; stty size; done'))
        const heard = listen(shell)
        shell.resize({ columns: 60, rows: 20 })
        await expect
          .poll(async () => {
            await shell.write(Buffer.from('hello\r'))
            return heard.text()
          })
          .toContain('<hello>\r\n20 60\r\n')
        await shell.write(Buffer.from('\x04'))
        await heard.ended
        expect(await shell.result).toMatchObject({ exit_code: 0, reason: null })
      },
    )

    it.each(requests)('%s, one that is stopped says why, and is gone', async (_, of) => {
      const shell = await open(of('echo begun; sleep 600'))
      const heard = listen(shell)
      await expect.poll(heard.text).toContain('begun')
      await shell.stop('enough')
      expect(await shell.result).toMatchObject({ exit_code: null, reason: 'enough' })
      await heard.ended
    })

    it('one in a fresh instance is a task, with who asked for it', async () => {
      const shell = await open(fresh('exit 4'))
      await listen(shell).ended
      await shell.result
      const { engine, app } = subject
      expect(await engine.taskRuns.find(app, shell.id)).toMatchObject({
        command: 'exit 4',
        initiated_by: 'somebody',
        status: 'failed',
        exit_code: 4,
      })
    })

    it('one in an instance has the name of that, which is the one that was asked for', async () => {
      const { processes } = await subject.engine.observe(subject.app, { instances: true })
      const { id } = processes.find(({ spec }) => spec.name === subject.process)!.instances[0]!
      const shell = await open(beside('true', id))
      await listen(shell).ended
      expect(shell.id).toBe(id)
      await expect(open(beside('true', 'web-nobody'))).rejects.toMatchObject({ hint: `there is ${id}` })
      await expect(open({ ...beside('true'), process: 'nobody' } as ShellRequest)).rejects.toMatchObject({
        message: expect.stringContaining('has no process "nobody"'),
        hint: `there are: ${subject.process}`,
      })
    })

    it('without a command there is a shell to type into', async () => {
      const shell = await open(beside(null))
      const heard = listen(shell)
      await shell.write(Buffer.from('echo "$0 $((6 * 7))"; exit\r'))
      await heard.ended
      expect(heard.text()).toMatch(/(?:ba)?sh 42\r\n/)
    })

    it('one that nobody waits for any more does not begin', async () => {
      const { engine, app } = subject
      const before = await engine.taskRuns.list(app, 100)
      const opening = engine.openShell(app, fresh('sleep 600'), waiting(AbortSignal.abort()))
      await expect(opening).rejects.toThrow('nobody waits')
      const runs = await engine.taskRuns.list(app, 100)
      expect(runs.filter(({ status }) => status === 'running' || status === 'starting')).toEqual([])
      expect(runs.length).toBeLessThanOrEqual(before.length + 1)
    })
  })
}
