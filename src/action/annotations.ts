import { error, warning, type AnnotationProperties } from '@actions/core'

import type { Diagnostic } from '../app/errors.ts'
import { clean } from '../report/clean.ts'

/**
 * GitHub keeps ten of each kind for a step: https://github.com/actions/toolkit/blob/main/docs/problem-matchers.md#limitations.
 * One error is for how the step ends.
 */
const MOST = { error: 9, warning: 10 }

const LONGEST = 1_000

/** Puts diagnostics at their lines. Those that are too many are in the log and in the summary alone. */
export function annotate(diagnostics: readonly Diagnostic[]): void {
  for (const severity of ['error', 'warning'] as const) {
    const all = diagnostics.filter((each) => each.severity === severity)
    for (const each of all.slice(0, MOST[severity])) {
      const say = severity === 'error' ? error : warning
      say(textOf(each), propertiesOf(each))
    }
  }
}

function textOf({ message, path, hint }: Diagnostic): string {
  const where = path === undefined || message.includes(path) ? '' : ` (${path})`
  return [`${message}${where}`, hint ?? '']
    .map((line) => clean(line, LONGEST))
    .filter((line) => line !== '')
    .join('\n')
}

function propertiesOf({ place }: Diagnostic): AnnotationProperties {
  if (place === undefined) return { title: 'Gantry' }
  const { file, line, column } = place
  return { title: 'Gantry', file: clean(file), startLine: line, startColumn: column }
}
