/** One thing that was looked at before anything is written, and how it was found. */
export interface Check {
  /** `cluster prod`, `target group of web`. */
  subject: string
  /** `skipped`: nobody looked, because something that is needed for it is missing. */
  status: 'ok' | 'failed' | 'skipped'
  /** What was found, or why nobody looked. */
  found: string
  /** What to do about it. */
  hint: string | null
}

export function ok(subject: string, found: string): Check {
  return { subject, status: 'ok', found, hint: null }
}

export function failed(subject: string, found: string, hint: string | null): Check {
  return { subject, status: 'failed', found, hint }
}

export function skipped(subject: string, found: string, hint: string | null): Check {
  return { subject, status: 'skipped', found, hint }
}
