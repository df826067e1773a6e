import { Cron } from 'croner'
import { z } from 'zod'

import { DURATION, parseDuration, showDuration } from '../../app/duration.ts'
import { messageOf } from '../../app/errors.ts'
import { CPU, CPU_RULE, MEMORY, MEMORY_RULE, parseCpu, parseMemory } from '../../app/size.ts'
import { MAX_NAME, NAME, NAME_RULE } from '../names.ts'
import { BUILD_SECRET_REFERENCE, SECRET_REFERENCE, VARIABLE_NAME } from '../secrets.ts'
import { printable } from '../text.ts'

// The message of each type completes the sentence "processes.web.port must be …".

// The kernel takes no argument or variable longer than 128 KiB, and a character has up to three bytes.
const MAX_TEXT = 32_768
const NUL_RULE = `a text without NUL of at most ${MAX_TEXT} characters`

/** A key that may be left out; then it is null in the app. */
export function orNull<Schema extends z.ZodType>(schema: Schema) {
  return schema.optional().transform((value) => value ?? null)
}

export const Name = z
  .string({ error: NAME_RULE })
  .max(MAX_NAME, { error: NAME_RULE })
  .regex(NAME, { error: NAME_RULE })

export const ArgumentName = z
  .string()
  .max(256, { error: 'at most 256 characters long' })
  .regex(VARIABLE_NAME, { error: 'letters, digits and underscores, not beginning with a digit' })

export const VariableName = ArgumentName.regex(/^(?!PORT$)/, {
  error: 'another one, because the engine gives PORT to every instance',
}).regex(/^(?!GANTRY_)/, { error: 'another one, because names that begin with GANTRY_ belong to Gantry' })

const Text = z
  .string({ error: 'a text' })
  .max(MAX_TEXT, { error: NUL_RULE })
  .regex(/^[^\0]*$/, { error: NUL_RULE })

const LongText = Text.regex(/\S/, { error: 'a text that is not empty' })

/** The value of a variable, or a word of a command. */
export const PlainValue = z
  .union([Text, z.number(), z.boolean()], { error: 'a text, a number, true or false' })
  .transform(String)

export const SecretReference = z.string({ error: 'a reference to a secret' }).regex(SECRET_REFERENCE, {
  error: 'a reference: `gantry`, `ssm:NAME` or `secretsmanager:NAME#KEY`',
})

const SECRET_ID_RULE = 'letters, digits, `_`, `-` and `.`, 64 at most, beginning with a letter or a digit'
/** It becomes the name of a file, and a part of an option that commas divide. */
export const BuildSecretId = z.string().regex(/^[A-Za-z0-9][\w.-]{0,63}$/, { error: SECRET_ID_RULE })

const BUILD_SECRET_RULE = 'a reference to a variable of the machine that builds: `env:NAME`'
export const BuildSecretReference = z
  .string({ error: BUILD_SECRET_RULE })
  .regex(BUILD_SECRET_REFERENCE, { error: BUILD_SECRET_RULE })

const COMMAND_RULE = 'a line for the shell, or a list of a program and its arguments'
export const Command = z
  .union(
    [
      LongText.describe(
        'A line for the shell. One simple command gets `exec` in front, so that signals reach it.',
      ),
      z
        .array(PlainValue, { error: COMMAND_RULE })
        .min(1, { error: COMMAND_RULE })
        .refine((words) => words[0] !== '', { error: COMMAND_RULE })
        .describe('A program and its arguments, run as they are.'),
    ],
    { error: COMMAND_RULE },
  )
  .meta({ id: 'command', description: 'A text is a line for the shell; a list is run as it is.' })

export const Cpu = z
  .union(
    [
      z.number().gt(0, { error: CPU_RULE }).max(192, { error: CPU_RULE }),
      z.string().regex(CPU, { error: CPU_RULE }),
    ],
    {
      error: CPU_RULE,
    },
  )
  .transform((value, context) => parseCpu(value) ?? refuse(context, CPU_RULE))

export const Memory = z
  .union(
    [
      z.number().gt(0, { error: MEMORY_RULE }).max(256, { error: MEMORY_RULE }),
      z.string().regex(MEMORY, { error: MEMORY_RULE }),
    ],
    { error: MEMORY_RULE },
  )
  .transform((value, context) => parseMemory(value) ?? refuse(context, MEMORY_RULE))

/** Seconds between two bounds. */
export function duration(least: number, most: number) {
  const rule = `a duration from ${showDuration(least)} to ${showDuration(most)}: seconds, or a text such as "30s", "15m", "1h" or "7d"`
  return z
    .union(
      [
        z.number().min(least, { error: rule }).max(most, { error: rule }),
        z.string().regex(DURATION, { error: rule }),
      ],
      { error: rule },
    )
    .transform((value, context) => {
      const seconds = parseDuration(value)
      return seconds !== null && seconds >= least && seconds <= most ? seconds : refuse(context, rule)
    })
}

export function wholeNumber(least: number, most: number) {
  const error = `a whole number from ${least} to ${most}`
  return z.int({ error }).min(least, { error }).max(most, { error }).overwrite(positiveZero)
}

export function number(least: number, most: number) {
  const error = `a number from ${least} to ${most}`
  return z.number({ error }).min(least, { error }).max(most, { error }).overwrite(positiveZero)
}

/** 0 for -0, which YAML and JSON can say and which differs from what comes back from an engine. */
function positiveZero(value: number): number {
  return value + 0
}

export const YesOrNo = z.boolean({ error: 'true or false' })

export function oneOf<const Values extends readonly [string, ...string[]]>(values: Values) {
  return z.enum(values, { error: `one of ${values.join(', ')}` })
}

/** A name or ARN that somebody else gave. */
export const PlainName = z
  .string({ error: 'a text' })
  .regex(/^[\w./:+=@-]{1,2048}$/, { error: 'a name or ARN without blanks' })

const PATH_RULE = 'a path inside of the repository, from its root, without `..`'
export const RepositoryPath = z
  .string({ error: PATH_RULE })
  .regex(/^(?![/\\])(?!(?:.*[/\\])?\.\.(?:[/\\]|$))[^\p{Cc}]{1,1024}$/u, { error: PATH_RULE })
  .transform(
    (path) =>
      path
        .split('/')
        .filter((part) => part !== '' && part !== '.')
        .join('/') || '.',
  )

const PATTERN_RULE = 'a pattern as in .dockerignore'
const Pattern = z.string({ error: PATTERN_RULE }).regex(/^[^\p{Cc}]{1,1024}$/u, { error: PATTERN_RULE })
export const Patterns = z.array(Pattern, { error: 'a list of patterns as in .dockerignore' })

const IMAGE_RULE = 'an image reference such as ghcr.io/acme/relay:1.4'
export const ImageReference = z
  .string({ error: IMAGE_RULE })
  .regex(/^[\w][\w./:@-]{0,511}$/, { error: IMAGE_RULE })

export const UrlPath = z
  .string({ error: 'a path that begins with /' })
  .regex(/^\/[^\s\p{Cc}]{0,1023}$/u, { error: 'a path that begins with /, without blanks' })

const CRON_RULE = 'a cron expression of 5 fields (minute, hour, day, month, weekday) or 6 (second first)'
export const Schedule = z
  .string({ error: CRON_RULE })
  .max(256, { error: CRON_RULE })
  .transform((expression, context) => {
    const fields = expression.trim().split(/\s+/)
    if (fields.length !== 5 && fields.length !== 6) return refuse(context, CRON_RULE)
    try {
      new Cron(fields.join(' '), { mode: '5-or-6-parts', paused: true }).stop()
    } catch (error) {
      const problem = messageOf(error)
        .replace(/^CronPattern: /, '')
        .slice(0, 80)
      return refuse(context, `${CRON_RULE} (${printable(problem)})`)
    }
    return neverComes(fields)
      ? refuse(context, 'a day that comes: no month that it names has it')
      : fields.join(' ')
  })

const DAYS_OF_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** The 31st of February. Plain numbers only: to ask croner takes milliseconds for each, and a file has thousands. */
function neverComes(fields: readonly string[]): boolean {
  const [days, months, weekday] = fields.slice(-3) as [string, string, string]
  if (weekday !== '*' || !/^[\d,]+$/.test(days) || !/^[\d,]+$/.test(months)) return false
  const earliest = Math.min(...days.split(',').map(Number))
  return months.split(',').every((month) => earliest > DAYS_OF_MONTH[Number(month) - 1]!)
}

export const TimeZone = z.string({ error: 'the name of a time zone' }).refine(isTimeZone, {
  error: 'the name of a time zone, such as Europe/Berlin or UTC',
  params: { allowed: Intl.supportedValuesOf('timeZone') },
})

function isTimeZone(name: string): boolean {
  // Offsets such as +02:00 are known to Node, but no scheduler takes them.
  if (!/^[A-Za-z][\w+/-]{0,63}$/.test(name)) return false
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) instanceof Intl.DateTimeFormat
  } catch {
    return false
  }
}

function refuse(context: z.RefinementCtx, message: string): never {
  context.addIssue({ code: 'custom', message })
  return z.NEVER
}
