import type { z } from 'zod'

import type { Place } from '../../app/errors.ts'
import type { Value } from '../value.ts'

/**
 * What becomes of a key of another system: `honoured` means that what it asks for is what happens, `approximated` that
 * something near it happens, `unsupported` that nothing does. The latter two become warnings.
 */
export type Fate = 'honoured' | 'approximated' | 'unsupported'

/** What Gantry does with one key of a format, said once: for the check, the report and the page in `docs/formats`. */
export interface KeyRule {
  fate: Fate
  /** What becomes of it, in what it differs, or why nothing does: completes a sentence after a colon. */
  text: string
  /** What to do about it: a sentence. */
  hint?: string
  /** The rows of the capability table that it is about: `BK-12`. */
  rows?: string
  /**
   * What a value there must be, by the rules of the source system; its messages complete "must be …". On a map or list
   * it is what may stand there instead of one, such as null.
   */
  value?: z.ZodType
  /** What the key itself must be, where the pattern ends with `*`. */
  name?: z.ZodType
  /** The map that it belongs in must have it. */
  required?: true
  /** The keys below it, where several places share them. */
  section?: Section
  /** The keys below it, where they depend on one of them: on `type`, say. */
  variants?: { by: string; sections: Readonly<Record<string, Section>> }
}

/** Keys that belong together, and the title that a page gives them. */
export interface Section {
  title: string
  /**
   * By pattern: names with dots between them, `*` for any name, `[]` for each item of a list:
   * `processes.*.probes`, `env_variables[].key`. A rule without anything below it covers all that stands there.
   */
  keys: Readonly<Record<string, KeyRule>>
}

/** All keys that a format has. */
export interface Catalogue {
  /** Whose format it is, as people call it. */
  system: string
  /** What the source system makes of a key that it does not know. */
  unknown: 'error' | 'warning'
  root: Section
}

/** Why a value of a file counts as not said, and what to do about it; undefined for one that is known. */
export type Unknowable = (value: Value) => { text: string; hint: string } | undefined

/** One key that was met in a file. */
export interface KeyUse {
  system: string
  /** As it stands in the file: `modules.default.processes.web.plan`. */
  path: string
  fate: Fate
  text: string
  hint?: string
  rows?: string
  /** A variable that has no value before somebody sets it. */
  awaits?: AwaitedVariable
  place: Place
}

export interface AwaitedVariable {
  name: string
  secret: boolean
}

type Details = Omit<KeyRule, 'fate' | 'text'>

export function honoured(text: string, details: Details = {}): KeyRule {
  return { fate: 'honoured', text, ...details }
}

export function approximated(text: string, details: Details = {}): KeyRule {
  return { fate: 'approximated', text, ...details }
}

/** Without saying what to do instead, nothing may be left out. */
export function unsupported(text: string, hint: string, details: Details = {}): KeyRule {
  return { fate: 'unsupported', text, hint, ...details }
}

/** For keys that tell people about an app: nothing that runs depends on them, so there is nothing to lose. */
export function descriptive(details: Details = {}): KeyRule {
  return honoured('tells people about the app; nothing that runs depends on it', details)
}
