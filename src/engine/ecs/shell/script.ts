import { argv, type Command } from '../../../app/command.ts'

/** What is the same in a session and in the container that it is in. */
export interface SessionScript {
  /** Random, so that nothing that a command writes is taken for a mark. */
  mark: string
  command: Command
  /** Null: without a terminal. */
  terminal: string | null
  /** Whether the container ends with the command. */
  ends: boolean
}

// Marks are application program commands (ECMA-48, 8.3.2), which terminals pass over.
export function beginMark(mark: string): string {
  return `\x1b_gantry:${mark}\x1b\\`
}

/** What comes in front of the exit code, and behind it. */
export function endMark(mark: string): [string, string] {
  return [`\x1b_gantry:${mark}:`, '\x1b\\']
}

/**
 * What is run in the container, in one word for each word as POSIX shells and Session Manager read it. It says when the
 * command begins and with which code it has ended, as Session Manager tells neither.
 */
export function sessionCommand({ mark, command, terminal, ends }: SessionScript): string {
  const words = argv(command).map(quoted).join(' ')
  const steps = [
    terminal === null ? 'stty raw -echo 2>/dev/null' : `export TERM=${quoted(terminal)}`,
    // Ctrl-C is for the command, which has it from the terminal as well.
    'trap : INT QUIT',
    // A session that is cut off hangs up. The trap has its turn when the command has ended of it as well.
    ...(ends ? [`trap ${quoted(`${leave(mark, '129')}; exit 129`)} HUP TERM`] : []),
    `printf '\\033_gantry:${mark}\\033\\\\'`,
    terminal === null ? `${words} </dev/null` : words,
    'code=$?',
    // First: what comes behind the mark may be cut off.
    ...(ends ? [leave(mark, '"$code"')] : []),
    `printf '\\033_gantry:${mark}:%s\\033\\\\' "$code"`,
    'exit "$code"',
  ]
  return `/bin/sh -c ${quoted(steps.join('; '))}`
}

/** What a container does in which nothing runs but a session: it waits, and ends with its code. */
export function waitingEntry(mark: string): string[] {
  const file = exitFile(mark)
  return ['/bin/sh', '-c', `until [ -f ${file} ]; do sleep 1; done; exit "$(cat ${file})"`]
}

function leave(mark: string, code: string): string {
  const file = exitFile(mark)
  return `echo ${code} >${file}.new && mv ${file}.new ${file}`
}

/** In the container, whatever this machine calls its temporary folder. */
export function exitFile(mark: string): string {
  return `/tmp/.gantry-exit-${mark}`
}

/** Nothing is special between single quotes: POSIX.1-2024 XCU 2.2.2. */
function quoted(word: string): string {
  return `'${word.replaceAll("'", String.raw`'\''`)}'`
}
