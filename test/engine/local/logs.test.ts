import { execFileSync, spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { LogStore, type LogStoreOptions, type LogStoreQuery } from '../../../src/engine/local/log-store.ts'
import type { LogLine } from '../../../src/engine/logs.ts'

let folder: string
const stores: LogStore[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gantry-logs-'))
})
afterEach(async () => {
  await Promise.all(stores.splice(0).map((store) => store.close()))
  await rm(folder, { recursive: true })
})

function open(options: LogStoreOptions = {}, at = folder): LogStore {
  const store = new LogStore(at, { now: () => new Date('2030-01-01T00:00:00Z'), ...options })
  stores.push(store)
  return store
}

/** The n-th millisecond. */
function line(n: number, text = `line ${n}`, instance = 'web.1-aaaaaa'): LogLine {
  return { time: new Date(Date.UTC(2026, 0) + n).toISOString(), instance, stream: 'out', text }
}

function query(options: Partial<LogStoreQuery> = {}): LogStoreQuery {
  return {
    component: null,
    lines: 1_000_000,
    follow: false,
    signal: new AbortController().signal,
    ...options,
  }
}

async function texts(store: LogStore, options: Partial<LogStoreQuery> = {}): Promise<string[]> {
  return (await Array.fromAsync(store.read(query(options)))).map((each) => each.text)
}

const numbered = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, i) => `line ${from + i}`)

describe('what is stored', () => {
  it('is a line of time, instance, stream and text in the file of its component, at once', async () => {
    const store = open()
    store.append('web', line(1, 'GET /  200'))
    store.append('task.migrate', { ...line(2, '', 'task.migrate-77ab01'), stream: 'err' })
    expect(await readFile(join(folder, 'web.log'), 'utf8')).toBe(
      '2026-01-01T00:00:00.001Z web.1-aaaaaa out GET /  200\n',
    )
    expect(await readFile(join(folder, 'task.migrate.log'), 'utf8')).toBe(
      '2026-01-01T00:00:00.002Z task.migrate-77ab01 err \n',
    )
  })

  it('comes back as it was, from an earlier server too', async () => {
    const lines = [line(1, '  spaces  é 🚀\t'), line(2, ''), { ...line(3), stream: 'gantry' as const }]
    for (const each of lines) open().append('web', each)
    expect(await Array.fromAsync(open().read(query()))).toEqual(lines)
  })

  it('is one line for each line of a text', async () => {
    const store = open()
    store.append('web', line(1, 'one\ntwo\r\nthree'))
    expect(await texts(store)).toEqual(['one', 'two', 'three'])
  })

  it('outlives a kill of the server', async () => {
    const module = new URL('../../../src/engine/local/log-store.ts', import.meta.url).pathname
    const script = `const { LogStore } = await import(${JSON.stringify(module)})
      const store = new LogStore(${JSON.stringify(folder)})
      for (let n = 0; ; n++) {
        store.append('web', { time: new Date().toISOString(), instance: 'web.1', stream: 'out', text: 'line ' + n })
        if (n === 1000) process.stdout.write('go')
      }`
    const child = spawn(process.execPath, ['--input-type=module', '-e', script])
    const exit = new Promise((resolve) => child.once('exit', resolve))
    await new Promise((resolve) => child.stdout.once('data', resolve))
    child.kill('SIGKILL')
    await exit
    const stored = await texts(open())
    expect(stored.length).toBeGreaterThan(1_000)
    expect(stored).toEqual(numbered(0, stored.length - 1))
  })

  it('goes on with a new line after a crash that left half of one', async () => {
    await writeFile(join(folder, 'web.log'), '2026-01-01T00:00:00.001Z web.1-aaaaaa out whole\n2026-01-')
    const store = open()
    store.append('web', line(2, 'next'))
    expect(await texts(store)).toEqual(['whole', 'next'])
  })

  it('refuses a component that is not one', () => {
    expect(() => open().append('../web', line(1))).toThrow('not the name of a component')
  })

  it('is dropped silently once the store is closed', async () => {
    const store = open()
    await store.close()
    store.append('web', line(1))
    expect(await readdir(folder)).toEqual([])
  })
})

describe('rotation', () => {
  it('keeps each line whole and in one file, none above the size, and as many files as asked for', async () => {
    const store = open({ maxBytes: 1_000, keep: 3 })
    for (let n = 1; n <= 500; n++) store.append('web', line(n))
    const names = (await readdir(folder)).sort()
    expect(names).toEqual(['web.log', 'web.log.1', 'web.log.2', 'web.log.3'])
    for (const name of names) {
      const content = await readFile(join(folder, name), 'utf8')
      expect(content.length).toBeLessThanOrEqual(1_000)
      expect(content).toMatch(/^(2026\S+ web\.1-aaaaaa out line \d+\n)+$/)
    }
    const stored = await texts(store)
    expect(stored).toEqual(numbered(501 - stored.length, 500))
    expect(stored.length).toBeGreaterThan(50)
  })

  it('keeps a line that is longer than a file', async () => {
    const store = open({ maxBytes: 100 })
    for (const n of [1, 2, 3]) store.append('web', line(n, 'x'.repeat(500)))
    expect(await texts(store)).toHaveLength(3)
  })

  it('goes on where an earlier server stopped', async () => {
    for (let n = 1; n <= 100; n++) open({ maxBytes: 1_000, keep: 9 }).append('web', line(n))
    expect(await texts(open({ maxBytes: 1_000, keep: 9 }))).toEqual(numbered(1, 100))
  })
})

describe('reading', () => {
  it('shows nothing that is older than lines are kept', async () => {
    const store = open({ retention: 10, now: () => new Date(Date.parse(line(0).time) + 20_000) })
    for (const at of [9_000, 11_000, 19_000]) store.append('web', line(at, `at ${at}`))
    expect(await texts(store)).toEqual(['at 11000', 'at 19000'])
    expect(await texts(store, { since: line(0).time })).toEqual(['at 11000', 'at 19000'])
    expect(await texts(store, { since: line(12_000).time })).toEqual(['at 19000'])
    store.setRetention(null)
    expect(await texts(store)).toEqual(['at 9000', 'at 11000', 'at 19000'])
  })

  it('begins a file anew after its share of the time, also one of an earlier server', () => {
    let now = Date.parse(line(0).time)
    const options = { retention: 10, keep: 5, now: () => new Date(now) }
    const store = open(options)
    store.append('web', line(0))
    now += 1_900
    store.append('web', line(1_900))
    expect(readdirSync(folder)).toEqual(['web.log'])
    now += 200
    open(options).append('web', line(2_100))
    expect(readdirSync(folder).sort()).toEqual(['web.log', 'web.log.1'])
  })

  it('deletes the files whose last line is older than lines are kept, at the start and when that is set', async () => {
    const age = async (name: string, seconds: number): Promise<void> => {
      const time = Date.now() / 1_000 - seconds
      await utimes(join(folder, name), time, time)
    }
    for (const name of ['web.log', 'web.log.1', 'worker.log', 'gone.log']) {
      await writeFile(join(folder, name), `${new Date().toISOString()} a out said\n`)
    }
    await age('web.log.1', 100)
    await age('gone.log', 3_000)
    const now = (): Date => new Date()
    open({ retention: 1_000, now })
    expect(readdirSync(folder).sort()).toEqual(['web.log', 'web.log.1', 'worker.log'])
    open({ now }).setRetention(50)
    expect(readdirSync(folder).sort()).toEqual(['web.log', 'worker.log'])
  })

  it('gives the last lines only, over rotated files', async () => {
    const store = open({ maxBytes: 1_000, keep: 50 })
    for (let n = 1; n <= 500; n++) store.append('web', line(n))
    expect(await texts(store, { lines: 300 })).toEqual(numbered(201, 500))
    expect(await texts(store, { lines: 1 })).toEqual(['line 500'])
    expect(await texts(store, { lines: 0 })).toEqual([])
  })

  it('gives lines that lie across the chunks of a big file', async () => {
    const store = open()
    const long = (n: number): string => `${n} ${'é'.repeat((n * 7919) % 16_000)}`
    for (let n = 1; n <= 100; n++) store.append('web', line(n, long(n)))
    expect(await texts(store)).toEqual(Array.from({ length: 100 }, (_, i) => long(i + 1)))
  })

  it('merges components in the order of time', async () => {
    const store = open({ maxBytes: 700 })
    for (let n = 1; n <= 60; n++) store.append(['web', 'worker', 'task.migrate'][n % 3]!, line(n))
    expect(await texts(store)).toEqual(numbered(1, 60))
    expect(await texts(store, { lines: 7 })).toEqual(numbered(54, 60))
    expect(await texts(store, { component: 'worker', lines: 2 })).toEqual(['line 55', 'line 58'])
  })

  it('gives nothing for what does not exist', async () => {
    expect(await texts(open({}, join(folder, 'none')))).toEqual([])
    expect(await texts(open(), { component: 'nobody' })).toEqual([])
    expect(await texts(open(), { component: '../../etc/passwd' })).toEqual([])
  })

  it('does not load what it does not give', async () => {
    await mkdir(folder, { recursive: true })
    const stored = `${line(1).time} web.1-aaaaaa out ${'x'.repeat(1_000)}\n`.repeat(30_000)
    await writeFile(join(folder, 'web.log'), stored)
    const before = process.memoryUsage().arrayBuffers
    const lines = open().read(query({ lines: 10 }))
    await lines.next()
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(5_000_000)
    await lines.return(undefined)
  })

  it('is not disturbed by rotation while it goes on', async () => {
    const store = open({ maxBytes: 10_000, keep: 50 })
    for (let n = 1; n <= 3_000; n++) store.append('web', line(n))
    const reading = texts(store)
    let n = 3_000
    const timer = setInterval(() => store.append('web', line(++n)), 0)
    expect(await reading).toEqual(numbered(1, 3_000))
    clearInterval(timer)
  })
})

describe('following', () => {
  it('goes on from the last lines without gap or repetition, while lines come and files rotate', async () => {
    const store = open({ maxBytes: 2_000, keep: 100 })
    let n = 0
    const write = (): void => {
      for (let i = 0; i < 20; i++) store.append('web', line(++n))
    }
    for (let i = 0; i < 50; i++) write()
    const timer = setInterval(write, 0)
    const stop = new AbortController()
    const seen: string[] = []
    for await (const each of store.read(query({ lines: 100, follow: true, signal: stop.signal }))) {
      seen.push(each.text)
      if (seen.length === 2_000) stop.abort()
    }
    clearInterval(timer)
    expect(seen).toEqual(numbered(901, 2_900))
  })

  it('gives only the component that was asked for', async () => {
    const store = open()
    const lines = store.read(query({ component: 'web', follow: true }))
    const first = lines.next()
    store.append('worker', line(1))
    store.append('web', line(2))
    expect((await first).value?.text).toBe('line 2')
    await lines.return(undefined)
  })

  it('ends when the signal fires, also while it waits', async () => {
    const store = open()
    store.append('web', line(1))
    const stop = new AbortController()
    const lines = store.read(query({ follow: true, signal: stop.signal }))
    await lines.next()
    const next = lines.next()
    stop.abort()
    expect((await next).done).toBe(true)
    expect(await texts(store, { follow: true, signal: stop.signal })).toEqual([])
  })

  it('ends when the store is closed, after what was waiting', async () => {
    const store = open()
    const reading = texts(store, { follow: true })
    store.append('web', line(1))
    await store.close()
    expect(await reading).toEqual(['line 1'])
    expect(await texts(store, { follow: true })).toEqual(['line 1'])
  })

  it('tells a reader that is too slow how much it missed, and goes on', async () => {
    const store = open()
    const lines = store.read(query({ follow: true, lines: 0 }))
    const first = lines.next()
    for (let n = 1; n <= 3_000; n++) store.append('web', line(n, `${n} ${'x'.repeat(1_000)}`))
    const numbers = [Number((await first).value!.text.split(' ')[0])]
    let note: LogLine | undefined
    while (note === undefined) {
      const { value } = await lines.next()
      if (value!.stream === 'gantry') note = value!
      else numbers.push(Number(value!.text.split(' ')[0]))
    }
    expect(numbers).toEqual(Array.from({ length: numbers.length }, (_, i) => i + 1))
    expect(numbers.length).toBeLessThan(1_100)
    expect(note.text).toBe(
      `${3_000 - numbers.length} lines skipped: this reader is too slow; the log has them`,
    )
    store.append('web', line(3_001, 'after'))
    expect((await lines.next()).value!.text).toBe('after')
    await lines.return(undefined)
  })
})

describe('a disk that is full', () => {
  it('loses lines, not the server, and says how many as soon as it can write again', async () => {
    await symlink('/dev/full', join(folder, 'web.log'))
    const store = open()
    for (const n of [1, 2, 3]) store.append('web', line(n))
    await rm(join(folder, 'web.log'))
    store.append('web', line(4))
    store.append('web', line(5))
    const stored = await Array.fromAsync(store.read(query()))
    expect(stored.map((each) => [each.stream, each.text])).toEqual([
      ['gantry', expect.stringMatching(/^3 lines could not be stored: ENOSPC: no space left on device/)],
      ['out', 'line 4'],
      ['out', 'line 5'],
    ])
  })

  it('still gives all lines to those who follow', async () => {
    await symlink('/dev/full', join(folder, 'web.log'))
    const store = open()
    const lines = store.read(query({ follow: true }))
    const first = lines.next()
    store.append('web', line(1))
    expect((await first).value?.text).toBe('line 1')
    await lines.return(undefined)
  })

  const canMount = mountsTmpfs()
  it.skipIf(!canMount)('leaves no half of a line on a real small disk', async () => {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder])
    try {
      const store = open({ keep: 1 })
      // 16 KiB lines cross pages: the last that fits is written in part.
      for (let n = 1; n <= 10; n++) store.append('web', line(n, `${n}-${'x'.repeat(15_000)}`))
      const file = join(folder, 'web.log')
      const content = await readFile(file, 'utf8')
      expect(content.endsWith('x\n')).toBe(true)
      const fit = content.split('\n').length - 1
      execFileSync('mount', ['-o', 'remount,size=1m', folder])
      store.append('web', line(11, 'after'))
      const stored = await texts(store)
      expect(stored.slice(fit)).toEqual([
        expect.stringMatching(`^${10 - fit} lines could not be stored: ENOSPC`),
        'after',
      ])
    } finally {
      await Promise.all(stores.splice(0).map((store) => store.close()))
      execFileSync('umount', [folder])
    }
  })

  it('survives a folder that cannot be made, and writes once it can', async () => {
    const file = join(folder, 'blocked')
    await writeFile(file, '')
    const store = open({}, file)
    store.append('web', line(1))
    await rm(file)
    store.append('web', line(2))
    expect(await texts(store)).toEqual([expect.stringMatching('^1 line could not be stored'), 'line 2'])
  })

  it('goes on after somebody cut the file', async () => {
    const store = open()
    store.append('web', line(1))
    await writeFile(join(folder, 'web.log'), '')
    store.append('web', line(2))
    expect(await texts(store)).toEqual(['line 2'])
  })
})

function mountsTmpfs(): boolean {
  if (process.getuid?.() !== 0) return false
  const at = execFileSync('mktemp', ['-d'], { encoding: 'utf8' }).trim()
  try {
    execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', at], { stdio: 'ignore' })
    execFileSync('umount', [at])
    return true
  } catch {
    return false
  } finally {
    execFileSync('rmdir', [at])
  }
}
