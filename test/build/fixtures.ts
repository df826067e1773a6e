import type { App, Build, Process, Task } from '../../src/app/app.ts'
import type { TreeEntry } from '../../src/git/tree.ts'
import { BUILD } from '../app/fixtures.ts'

export function build(settings: Partial<Build> = {}): Build {
  return { ...BUILD, ...settings }
}

export function file(path: string, settings: Partial<TreeEntry> = {}): TreeEntry {
  return { mode: '100644', oid: 'a'.repeat(40), size: 10, path, ...settings }
}

type Part = Pick<Process, 'name'> & Partial<Pick<Process, 'image' | 'build' | 'containers'>>

/** An app of which only names, images and builds matter here. */
export function app(processes: readonly Part[], tasks: readonly Part[] = []): App {
  const component = (part: Part) => ({ image: null, build: build(), containers: {}, ...part })
  return {
    processes: processes.map(component) as Process[],
    tasks: tasks.map(component) as unknown as Task[],
  } as App
}
