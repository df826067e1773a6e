import type { Diagnostic } from '../app/errors.ts'
import { clean, cleanLog } from '../report/clean.ts'
import { isObject } from './answer-body.ts'

/** Characters of a sentence about a config, which may list what there is. */
const LONGEST_SENTENCE = 2_000

/** What a refusal says. */
export interface ErrorBody {
  message?: string
  hint?: string
  /** With an error at least. */
  diagnostics?: Diagnostic[]
}

/** Null: not in the words of Gantry's API. What has another type than there is left out. */
export function parseError(content: string): ErrorBody | null {
  const error = errorIn(content)
  if (!isObject(error)) return null
  const { message, hint, diagnostics } = error
  return {
    ...(typeof message === 'string' && { message }),
    ...(typeof hint === 'string' && { hint }),
    ...(areDiagnostics(diagnostics) && { diagnostics: diagnostics.map(cleaned) }),
  }
}

/** They are printed as they are where they are our own; these come from elsewhere. */
function cleaned({ message, path, hint, frame, place, severity }: Diagnostic): Diagnostic {
  return {
    severity,
    message: clean(message, LONGEST_SENTENCE),
    ...(path !== undefined && { path: clean(path) }),
    ...(hint !== undefined && { hint: clean(hint, LONGEST_SENTENCE) }),
    ...(place !== undefined && { place: { ...place, file: clean(place.file) } }),
    ...(frame !== undefined && {
      frame: frame
        .split('\n')
        .map((line) => cleanLog(line, false))
        .join('\n'),
    }),
  }
}

function errorIn(content: string): unknown {
  try {
    return (JSON.parse(content) as { error?: unknown } | null)?.error
  } catch {
    return null
  }
}

function areDiagnostics(value: unknown): value is Diagnostic[] {
  return (
    Array.isArray(value) &&
    value.every((each) => isObject(each) && isDiagnostic(each)) &&
    value.some(({ severity }: Diagnostic) => severity === 'error')
  )
}

function isDiagnostic({ severity, message, path, hint, frame, place }: Record<string, unknown>): boolean {
  const isText = (text: unknown): boolean => text === undefined || typeof text === 'string'
  return (
    (severity === 'error' || severity === 'warning') &&
    typeof message === 'string' &&
    [path, hint, frame].every(isText) &&
    (place === undefined || (isObject(place) && isPlace(place)))
  )
}

function isPlace({ file, line, column }: Record<string, unknown>): boolean {
  return typeof file === 'string' && Number.isInteger(line) && Number.isInteger(column)
}
