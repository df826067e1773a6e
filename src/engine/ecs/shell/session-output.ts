import { beginMark, endMark } from './script.ts'

/** Bytes that are kept of what is said in front of the command. */
const MOST_BEFORE = 16 * 1024

/** An exit code, and some room for what it is not. */
const LONGEST_CODE = 8

/**
 * What a command writes, out of all that a session says: what the plugin and the marks say is left out. Pure but for what
 * it remembers.
 */
export class SessionOutput {
  readonly #begin: Buffer
  readonly #end: [Buffer, Buffer]
  #state: 'before' | 'within' | 'behind' = 'before'
  #rest: Buffer = Buffer.alloc(0)
  /** The exit code of the command; null: it has not said it. */
  code: number | null = null

  constructor(mark: string) {
    this.#begin = Buffer.from(beginMark(mark))
    const [front, back] = endMark(mark)
    this.#end = [Buffer.from(front), Buffer.from(back)]
  }

  /** What was said where no command has begun: why, as a rule. */
  get said(): string {
    return this.#state === 'before' ? this.#rest.toString('utf8') : ''
  }

  /** What of it is the command's. The end of it is kept back where it may be the beginning of a mark. */
  push(bytes: Uint8Array): Buffer {
    if (this.#state === 'behind') return Buffer.alloc(0)
    this.#rest = Buffer.concat([this.#rest, bytes])
    if (this.#state === 'before' && !this.#begun()) return Buffer.alloc(0)
    return this.#within()
  }

  /** What was kept back when nothing more comes. */
  flush(): Buffer {
    return this.#state === 'within' ? this.#take(this.#rest.length) : Buffer.alloc(0)
  }

  #begun(): boolean {
    const at = this.#rest.indexOf(this.#begin)
    if (at === -1) {
      this.#rest = this.#rest.subarray(-MOST_BEFORE)
      return false
    }
    this.#take(at + this.#begin.length)
    this.#state = 'within'
    return true
  }

  #within(): Buffer {
    const [front, back] = this.#end
    const at = this.#rest.indexOf(front)
    if (at === -1) return this.#take(this.#rest.length - partOf(this.#rest, front))
    const from = at + front.length
    const to = this.#rest.indexOf(back, from)
    if (to === -1 && this.#rest.length - from < LONGEST_CODE) return this.#take(at)
    const text = this.#rest.subarray(from, to).toString('latin1')
    if (/^\d{1,3}$/.test(text)) this.code = Number(text)
    this.#state = 'behind'
    return this.#take(at)
  }

  #take(length: number): Buffer {
    const taken = this.#rest.subarray(0, length)
    this.#rest = this.#rest.subarray(length)
    return taken
  }
}

/** How many bytes at the end of a text are the beginning of another one. */
function partOf(text: Buffer, other: Buffer): number {
  for (let length = Math.min(other.length - 1, text.length); length > 0; length -= 1) {
    if (text.subarray(text.length - length).equals(other.subarray(0, length))) return length
  }
  return 0
}
