import { z } from 'zod'

import { approximated, honoured, unsupported } from '../catalogue/catalogue.ts'
import type { KeyRule, Section } from '../catalogue/catalogue.ts'
import { oneOf } from '../gantry-yml/scalars.ts'
import { Count, namesProgram, Nothing, PortOrName, PROGRAM_FIRST, Seconds, Text, UrlPath } from './rules.ts'

/** How a version of the format spells a key: `initial_delay_seconds` or `initialDelaySeconds`. */
export type Spelling = (key: string) => string

export const snake: Spelling = (key) => key
export const camel: Spelling = (key) =>
  key.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())

const WORD_RULE = 'a text of at most 48 characters'
const ExecWord = z.union([z.string().max(48, { error: WORD_RULE }), z.number()], { error: WORD_RULE })
const EXEC_RULE = 'a list of 1 to 12 texts'
const ExecCommand = z
  .array(ExecWord, { error: EXEC_RULE })
  .min(1, { error: EXEC_RULE })
  .max(12, { error: EXEC_RULE })
  .refine(namesProgram, PROGRAM_FIRST)

/** The keys of a probe: the same in both versions, but for how they are spelled. */
function probeSection(spelling: Spelling): Section {
  const keys: Record<string, KeyRule> = {
    exec: honoured('a check by a command', { value: Nothing }),
    'exec.command': honoured('the command of the check', { value: ExecCommand, required: true }),
    http_get: honoured('a check of a path', { value: Nothing }),
    'http_get.path': honoured('the path of the check, with `/` in front', { value: UrlPath }),
    'http_get.port': honoured('the check goes to the port of the process', {
      value: PortOrName,
      required: true,
    }),
    'http_get.host': unsupported('the check goes to the instance itself', 'Leave it out.'),
    'http_get.http_headers': unsupported(
      'the check sends no headers of its own',
      'Let the path answer without them, or check with a command (`health_check.command`).',
    ),
    'http_get.scheme': honoured('the check speaks HTTP', {
      value: oneOf(['HTTP', 'HTTPS', 'http', 'https']),
    }),
    tcp_socket: honoured('a check of the port', { value: Nothing }),
    'tcp_socket.port': honoured('the check goes to the port of the process', {
      value: PortOrName,
      required: true,
    }),
    'tcp_socket.host': unsupported('the check goes to the instance itself', 'Leave it out.', { value: Text }),
    initial_delay_seconds: honoured('`start_period`: failures before it is over do not count', {
      value: Seconds,
    }),
    timeout_seconds: honoured('`timeout`; 1 s where there is none, as in BlueKing', {
      value: Count,
    }),
    period_seconds: honoured('`interval`', { value: Count }),
    success_threshold: honoured('one success makes an instance healthy', { value: Count }),
    failure_threshold: honoured('`retries`', { value: Count }),
  }
  return {
    title: 'A probe',
    keys: Object.fromEntries(Object.entries(keys).map(([key, rule]) => [spelling(key), rule])),
  }
}

/** The probes of a process. */
export function probesRules(prefix: string, spelling: Spelling): Record<string, KeyRule> {
  const section = probeSection(spelling)
  return {
    [prefix]: honoured('`health_check` and `readiness`', { value: Nothing }),
    [`${prefix}.readiness`]: honoured('`readiness`', { value: Nothing, section }),
    [`${prefix}.liveness`]: honoured('`health_check`', { value: Nothing, section }),
    [`${prefix}.startup`]: approximated(
      'the time that it allows becomes `start_period` of the other checks; alone, it becomes the health check, and goes on after the start',
      { value: Nothing, section, hint: 'Set `start_period` in gantry.yml for another time.' },
    ),
  }
}
