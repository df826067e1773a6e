import { styleText } from 'node:util'

/** Begins a part of the story. */
export function chapter(title: string): void {
  console.log(`\n${styleText(['bold', 'green'], `== ${title}`)}`)
}

/** What the demo has to say about what one just saw. */
export function say(text: string): void {
  console.log(styleText('green', `   ${text}`))
}

/** A command as somebody would type it. */
export function show(words: readonly string[]): void {
  const line = words.map((word) => (/^[\w=:.,/@-]+$/.test(word) ? word : `'${word}'`)).join(' ')
  console.log(styleText('bold', `$ ${line}`))
}

/** Resolves when somebody ends the demo. Until then it stays alive. */
export async function untilEnded(interrupted: AbortSignal): Promise<void> {
  if (interrupted.aborted) return
  const alive = setInterval(() => {}, 60_000)
  const { promise, resolve } = Promise.withResolvers<void>()
  interrupted.addEventListener('abort', () => resolve(), { once: true })
  await promise
  clearInterval(alive)
}

/** Fires when somebody presses Ctrl-C, once; a second time ends at once. */
export function interruption(): AbortSignal {
  const interrupted = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupted.abort())
  return interrupted.signal
}
