import { showDuration } from '../app/duration.ts'

const STEPS = [86_400, 3_600, 60, 1]

/** The time since then in its largest unit, as people ask for it: `3d`, `12m`, `0s`. */
export function age(since: string, now: number = Date.now()): string {
  const seconds = Math.max(0, Math.floor((now - Date.parse(since)) / 1_000))
  const step = STEPS.find((each) => seconds >= each) ?? 1
  return showDuration(seconds - (seconds % step))
}
