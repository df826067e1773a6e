import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { text } from 'node:stream/consumers'

import { CancelledError, UserError } from '../app/errors.ts'

/** Asks on the terminal. The question goes to stderr: stdout holds results only. */
export function ask(question: string): Promise<string> {
  return readAnswer(question, process.stderr)
}

/** Asks whether to go on. Rejects when that is not said, or nobody is there to say it. */
export async function confirm(): Promise<void> {
  if (!process.stdin.isTTY) throw new UserError('nobody is there to say yes', { hint: 'say so with --yes' })
  const answer = await ask('       Go on? [y/N] ')
  if (!/^y(?:es)?$/i.test(answer.trim())) throw new UserError('nothing was done')
}

/** Asks for something that must not be seen while it is typed. */
export async function askHidden(question: string): Promise<string> {
  process.stderr.write(question)
  try {
    return await readAnswer('', new Writable({ write: (_chunk, _encoding, done) => done() }))
  } finally {
    process.stderr.write('\n')
  }
}

/** All of standard input, without the newline that ends it. */
export async function readStdin(): Promise<string> {
  return (await text(process.stdin)).replace(/\r?\n$/, '')
}

async function readAnswer(question: string, output: NodeJS.WritableStream): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output, terminal: true })
  try {
    return await new Promise((resolve, reject) => {
      terminal.once('SIGINT', () => terminal.close())
      terminal.once('close', () => reject(new CancelledError('nothing was answered, and nothing was done')))
      terminal.question(question, resolve)
    })
  } finally {
    terminal.close()
  }
}
