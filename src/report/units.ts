const UNITS = [
  ['d', 86_400],
  ['h', 3_600],
  ['min', 60],
  ['s', 1],
] as const

/** How long something took, roughly: `0.8 s`, `34 s`, `1 min 30 s`. What a config says is shown as it writes it. */
export function showElapsed(seconds: number): string {
  if (seconds < 10) return `${Number(seconds.toFixed(1))} s`
  let left = Math.round(seconds)
  const parts: string[] = []
  for (const [name, size] of UNITS) {
    const count = Math.floor(left / size)
    left -= count * size
    if (count > 0) parts.push(`${count} ${name}`)
  }
  return parts.join(' ')
}

/** Bytes, roughly: `640 B`, `1.2 MB`. */
export function showBytes(bytes: number): string {
  const steps = ['B', 'KB', 'MB', 'GB', 'TB']
  const step = Math.min(steps.length - 1, Math.max(0, Math.floor(Math.log2(Math.max(1, bytes)) / 10)))
  return `${Number((bytes / 1_024 ** step).toFixed(1))} ${steps[step]}`
}

/** `1 instance`, `3 instances`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
