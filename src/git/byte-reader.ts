const NEWLINE = 0x0a

/** Reads lines and counted bytes from a stream of chunks. Throws where the stream ends in the middle of something. */
export class ByteReader {
  readonly #chunks: AsyncIterator<Buffer>
  #buffer: Buffer = Buffer.alloc(0)

  constructor(source: AsyncIterable<Buffer>) {
    this.#chunks = source[Symbol.asyncIterator]()
  }

  /** The next line without its end, or null where the stream ends. Throws when it is longer than the limit, in bytes. */
  async line(limit: number): Promise<string | null> {
    const line = await this.until(NEWLINE, limit)
    return line === null ? null : line.toString()
  }

  /** Everything up to the next such byte, which is read and left out; null where the stream ends. */
  async until(byte: number, limit: number): Promise<Buffer | null> {
    let end: number
    let searched = 0
    while ((end = this.#buffer.indexOf(byte, searched)) === -1) {
      searched = this.#buffer.length
      if (searched > limit) throw new Error(`more than ${limit} bytes where an end was expected`)
      if (await this.#fill()) continue
      if (searched === 0) return null
      throw new Error('the stream ended too early')
    }
    if (end > limit) throw new Error(`more than ${limit} bytes where an end was expected`)
    const found = this.#buffer.subarray(0, end)
    this.#buffer = this.#buffer.subarray(end + 1)
    return found
  }

  /** Exactly so many bytes. */
  async bytes(count: number): Promise<Buffer> {
    while (this.#buffer.length < count) await this.#need()
    return this.#take(count)
  }

  /** Exactly so many bytes in pieces, for what must not be in memory at once. */
  async *pieces(count: number): AsyncGenerator<Buffer> {
    for (let left = count; left > 0;) {
      if (this.#buffer.length === 0) await this.#need()
      const piece = this.#take(Math.min(left, this.#buffer.length))
      left -= piece.length
      yield piece
    }
  }

  #take(count: number): Buffer {
    const taken = this.#buffer.subarray(0, count)
    this.#buffer = this.#buffer.subarray(count)
    return taken
  }

  async #need(): Promise<void> {
    if (!(await this.#fill())) throw new Error('the stream ended too early')
  }

  async #fill(): Promise<boolean> {
    const next = await this.#chunks.next()
    if (next.done) return false
    this.#buffer = this.#buffer.length === 0 ? next.value : Buffer.concat([this.#buffer, next.value])
    return true
  }
}
