import { expect, it } from 'vitest'

import { argv } from '../../src/app/command.ts'
import type { BuiltImage } from '../../src/app/image.ts'
import type { ContainerSpec, ProcessSpec, ProcessState } from '../../src/app/spec.ts'
import type { Verdict } from '../../src/engine/rollout.ts'
import { aContainer } from '../app/fixtures.ts'
import type { Subject } from './contract.ts'
import { stateOf } from './specs.ts'

export interface InstanceSubject {
  subject: Subject
  image: BuiltImage
  spec: (process: string, more?: Partial<ProcessSpec>) => ProcessSpec
  roll: (before: ProcessState | null, after: ProcessState) => Promise<Verdict>
  running: (process: string) => Promise<{ state: ProcessState | null; ids: string[] }>
}

/** What every engine must do with what an instance has beside the process itself. */
export function instanceContract(of: () => InstanceSubject): void {
  const container = (fields: Partial<ContainerSpec>): ContainerSpec => {
    const { build: _build, ...rest } = aContainer()
    return { ...rest, image: of().image, ...fields }
  }
  const written = async (component: string): Promise<string[]> => {
    const { engine, app } = of().subject
    const query = { process: component, follow: false, lines: 50, signal: new AbortController().signal }
    return (await Array.fromAsync(engine.logs(app, query))).map((line) => line.text)
  }

  it('starts a process after what it waits for, whose output has a name of its own [SW-12]', async () => {
    const { subject, spec, roll, running } = of()
    const seed = container({ command: subject.programs.prints('seeded', 0), essential: false })
    const proxy = container({ command: subject.programs.staysUp, depends_on: { main: 'started' } })
    const containers = { seed, proxy }
    const state = stateOf(spec('beside', { containers, depends_on: { seed: 'succeeded' } }))
    expect(await roll(null, state)).toMatchObject({ outcome: 'steady', runs: 'after' })
    const now = await running('beside')
    expect(now.state).toEqual(state)
    expect(now.ids).toHaveLength(1)
    expect(await written('beside/seed')).toContain('seeded')
    expect(await subject.engine.logNames(subject.app)).toContain('beside/seed')
  })

  it('fails a rollout by a container that the process waits for, with its exit code and output', async () => {
    const { subject, spec, roll, running } = of()
    const before = stateOf(spec('waits'))
    await roll(null, before)
    const seed = container({ command: subject.programs.prints('no such table', 4), essential: false })
    const after = stateOf(spec('waits', { containers: { seed }, depends_on: { seed: 'succeeded' } }))
    const verdict = await roll(before, after)
    expect(verdict).toMatchObject({ outcome: 'failed', runs: 'before', exit_code: 4 })
    expect(verdict.reason).toContain('seed')
    expect(verdict.log.join('\n')).toContain('no such table')
    expect((await running('waits')).state).toEqual(before)
  })

  it('replaces the instances when a container or a mount changes', async ({ skip }) => {
    const { subject, spec, roll, running } = of()
    if (!subject.mounts) skip('mounts cannot be made on this machine')
    const proxy = container({ command: subject.programs.staysUp })
    const mounts = { 'var/cache': { source: 'instance', source_path: 'var/cache' } } as const
    let last: ProcessState | null = null
    const seen: string[] = []
    for (const more of [{}, { containers: { proxy } }, { containers: { proxy }, mounts }]) {
      const next = stateOf(spec('changes', more))
      expect(await roll(last, next)).toMatchObject({ outcome: 'steady' })
      const now = await running('changes')
      expect(now.state).toEqual(next)
      expect(seen).not.toContain(now.ids[0])
      seen.push(now.ids[0]!)
      last = next
    }
  })

  it('starts the words of an entry point, and those of the command after them', async () => {
    const { subject, spec, roll, running } = of()
    const [program, ...words] = argv(subject.programs.staysUp)
    const more = { entry_point: [program!], command: words.length === 0 ? null : words }
    const state = stateOf(spec('words', more))
    expect(await roll(null, state)).toMatchObject({ outcome: 'steady' })
    expect((await running('words')).state).toEqual(state)
  })
}
