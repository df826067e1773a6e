import { z } from 'zod'

import { approximated, honoured, unsupported } from '../catalogue/catalogue.ts'
import type { KeyRule, Section } from '../catalogue/catalogue.ts'
import { oneOf, wholeNumber } from '../gantry-yml/scalars.ts'
import { Count, Nothing, Port, Seconds, Text, UrlPath } from './rules.ts'

/** How a version of the format spells a key: `initial_delay_seconds` or `initialDelaySeconds`. */
export type Spelling = (key: string) => string

export const snake: Spelling = (key) => key
export const camel: Spelling = (key) =>
  key.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())

const ExecWord = z.string({ error: 'a text' }).max(48, { error: 'a text of at most 48 characters' })
const ExecCommand = z
  .array(ExecWord, { error: 'a list of texts' })
  .max(12, { error: 'a list of at most 12 texts' })

/** The keys of a probe: the same in both versions, but for how they are spelled. */
function probeSection(spelling: Spelling): Section {
  const keys: Record<string, KeyRule> = {
    exec: honoured('`health_check.command`', { value: Nothing }),
    'exec.command': honoured('the command of the check', { value: ExecCommand, required: true }),
    http_get: honoured('`health_check.path`', { value: Nothing }),
    'http_get.path': honoured('the path of the check; `/` where there is none', { value: UrlPath }),
    'http_get.port': honoured('the check goes to the port of the process', { value: Port, required: true }),
    'http_get.host': unsupported('the check goes to the instance itself', 'Leave it out.'),
    'http_get.http_headers': unsupported(
      'the check sends no headers of its own',
      'Let the path answer without them, or check with a command (`health_check.command`).',
    ),
    'http_get.scheme': honoured('the check speaks HTTP', {
      value: oneOf(['HTTP', 'HTTPS', 'http', 'https']),
    }),
    tcp_socket: honoured('`health_check.tcp`', { value: Nothing }),
    'tcp_socket.port': honoured('the check goes to the port of the process', { value: Port, required: true }),
    'tcp_socket.host': unsupported('the check goes to the instance itself', 'Leave it out.', { value: Text }),
    initial_delay_seconds: honoured('`health_check.start_period`: failures before it is over do not count', {
      value: Seconds,
    }),
    timeout_seconds: honoured('`health_check.timeout`; 1 s where there is none, as in BlueKing', {
      value: Count,
    }),
    period_seconds: honoured('`health_check.interval`', { value: Count }),
    success_threshold: honoured('one success makes an instance healthy', { value: wholeNumber(1, 100) }),
    failure_threshold: honoured('`health_check.retries`', { value: Count }),
  }
  return {
    title: 'A probe',
    keys: Object.fromEntries(Object.entries(keys).map(([key, rule]) => [spelling(key), rule])),
  }
}

/** The probes of a process. Gantry has one check, so one of them becomes it. */
export function probesRules(prefix: string, spelling: Spelling): Record<string, KeyRule> {
  const section = probeSection(spelling)
  return {
    [prefix]: honoured('the health check: that of the readiness probe, else of the liveness probe', {
      value: Nothing,
    }),
    [`${prefix}.readiness`]: honoured('`health_check`', { value: Nothing, section }),
    [`${prefix}.liveness`]: honoured('`health_check`, where there is no readiness probe', {
      value: Nothing,
      section,
    }),
    [`${prefix}.startup`]: approximated('the time that it allows becomes `health_check.start_period`', {
      value: Nothing,
      section,
    }),
  }
}
