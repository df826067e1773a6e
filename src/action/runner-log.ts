import { endGroup, startGroup } from '@actions/core'

import { clean } from '../report/clean.ts'

/**
 * The log of the step. The runner takes lines that begin with `::`, spaces aside, and `##[` anywhere, for commands to itself:
 * https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs. What a repository or a process has
 * written must not become one.
 */
export class RunnerLog {
  #group: string | null = null

  line(text: string): void {
    process.stdout.write(`${harmless(text)}\n`)
  }

  /** Lines that follow are folded below a title, until the next one; null: they are not. */
  group(title: string | null): void {
    if (title === this.#group) return
    if (this.#group !== null) endGroup()
    this.#group = title
    if (title !== null) startGroup(clean(title))
  }
}

/** The line, with a space in what the runner would obey. */
export function harmless(line: string): string {
  return line
    .replaceAll(/[\r\n]+/g, ' ')
    .replace(/^(\s*):(?=:)/, '$1: ')
    .replaceAll('##[', '## [')
}
