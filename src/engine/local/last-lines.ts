/** The end of an output: as much as one wants to read of something that failed. */
export class LastLines {
  static readonly MOST = 20
  #lines: string[] = []

  push(line: string): void {
    this.#lines.push(line)
    if (this.#lines.length > LastLines.MOST) this.#lines.shift()
  }

  clear(): void {
    this.#lines = []
  }

  list(): string[] {
    return [...this.#lines]
  }
}
