import type { z } from 'zod'

import type { Note } from '../gantry-yml/write.ts'
import type { ProcessSettings, TaskSettings } from '../gantry-yml/settings.ts'
import { foldName, MAX_NAME } from '../names.ts'
import type { Repository } from './repository.ts'

export type ProposedProcess = z.input<typeof ProcessSettings>
export type ProposedTask = z.input<typeof TaskSettings>

/** What the files of one language let one guess. */
export interface Proposal {
  /** How the local engine makes the tree ready to run. */
  build?: string
  /** What makes programs find what that has installed. Where a Dockerfile installs it, it is not needed. */
  buildEnv?: Record<string, string>
  env?: Record<string, string>
  /** Variables whose values somebody has to set. */
  secrets?: readonly string[]
  processes: Record<string, ProposedProcess>
  tasks: Record<string, ProposedTask>
  /** What was guessed, and from where. */
  guesses: Note[]
}

/** Knows what repositories of one language look like. */
export interface Proposer {
  /** As people call it. */
  language: string
  /** The file by which it is recognised, for people. */
  marker: string
  /** Which files it has to look into, by their paths. */
  wants: RegExp
  /** Null: there is nothing of this language. */
  propose(repository: Repository): Proposal | null
}

/** Collects what is proposed, each with where it comes from. */
export class Draft implements Proposal {
  readonly processes: Record<string, ProposedProcess> = {}
  readonly tasks: Record<string, ProposedTask> = {}
  readonly guesses: Note[] = []
  env: Record<string, string> = {}
  buildEnv: Record<string, string> = {}
  secrets: string[] = []
  build?: string

  /** Adds a process, by the name that comes nearest to the one that a program has. */
  process(program: string, settings: ProposedProcess, guess: string): void {
    const name = this.#freeName(foldName(program) ?? 'program')
    this.processes[name] = settings
    this.guess(['processes', name], guess)
  }

  task(name: string, settings: ProposedTask, guess: string): void {
    this.tasks[name] = settings
    this.guess(['tasks', name], guess)
  }

  /** A task that brings the data to where the new version needs it. */
  migration(command: string, from: string | undefined, name = 'migrate'): void {
    const guess = `From ${from}. It runs before a deployment touches any process.`
    this.task(name, { command, run: 'pre_deploy' }, guess)
  }

  /** Commands of the build, one after the other. */
  builds(commands: readonly string[], guess: string): void {
    if (commands.length === 0) return
    this.build = commands.join(' && ')
    this.guess(['build', 'command'], guess)
  }

  guess(path: readonly string[], text: string): void {
    this.guesses.push({ path, text })
  }

  #freeName(name: string): string {
    let free = name
    for (let number = 2; Object.hasOwn(this.processes, free); number++)
      free = `${name.slice(0, MAX_NAME - 4)}-${number}`
    return free
  }
}
