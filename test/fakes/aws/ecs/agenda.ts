interface Entry {
  at: number
  /** Of entries of one moment, the one that was made first goes first. */
  order: number
  run: () => void
}

/** What is going to happen, in the order of time: a binary heap. */
export class Agenda {
  readonly #heap: Entry[] = []
  #made = 0

  /** Milliseconds since the epoch of what comes next; infinite when there is nothing. */
  get next(): number {
    return this.#heap[0]?.at ?? Infinity
  }

  add(at: number, run: () => void): void {
    const heap = this.#heap
    let index = heap.push({ at, order: this.#made++, run }) - 1
    while (index > 0) {
      const parent = (index - 1) >> 1
      if (!this.#swap(index, parent)) break
      index = parent
    }
  }

  take(): (() => void) | null {
    const heap = this.#heap
    const first = heap[0]
    const last = heap.pop()
    if (first === undefined || last === undefined) return null
    if (heap.length > 0) {
      heap[0] = last
      this.#sink()
    }
    return first.run
  }

  #sink(): void {
    let index = 0
    for (;;) {
      const left = 2 * index + 1
      const right = left + 1
      const child = this.#isBefore(right, left) ? right : left
      if (!this.#swap(child, index)) return
      index = child
    }
  }

  #swap(child: number, parent: number): boolean {
    if (!this.#isBefore(child, parent)) return false
    const heap = this.#heap
    ;[heap[child], heap[parent]] = [heap[parent]!, heap[child]!]
    return true
  }

  #isBefore(left: number, right: number): boolean {
    const one = this.#heap[left]
    const other = this.#heap[right]
    if (one === undefined || other === undefined) return one !== undefined
    return one.at < other.at || (one.at === other.at && one.order < other.order)
  }
}
