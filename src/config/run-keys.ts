import { ConfigError, type Diagnostic } from '../app/errors.ts'
import { Variables } from './gantry-yml/parts.ts'
import { Cpu, ImageReference, Memory, PlainName } from './gantry-yml/scalars.ts'
import { TaskSettings } from './gantry-yml/settings.ts'
import { suggest } from './suggest.ts'
import { quote } from './text.ts'

/** What somebody may say of a command that runs once, in the units of the model. */
export interface RunSettings {
  memory?: number
  cpu?: number
  /** A tag of the app's own images. */
  docker_tag?: string
  /** Another image. */
  image?: string
  max_hours?: number
  /** Variables of this run alone. */
  env: Record<string, string>
}

/** The rules and units are those of a task in the config. */
const SCHEMAS = {
  memory: Memory,
  cpu: Cpu,
  docker_tag: PlainName,
  image: ImageReference,
  max_hours: TaskSettings.shape.max_hours,
} as const

const VARIABLE = 'env.'

/**
 * Reads `key=value` words about a command that runs once; a variable is `env.LOG_LEVEL=debug`.
 *
 * @throws ConfigError with all that is wrong
 */
export function readRunSettings(words: Readonly<Record<string, string>>): RunSettings {
  const problems: Diagnostic[] = []
  const settings: Record<string, unknown> = {}
  const env: Record<string, string> = {}
  const refuse = (path: string, message: string, hint?: string): void =>
    void problems.push({ severity: 'error', path, message, ...(hint !== undefined && { hint }) })
  for (const [key, text] of Object.entries(words)) {
    if (key.startsWith(VARIABLE)) {
      const name = key.slice(VARIABLE.length)
      const { error } = Variables.safeParse({ [name]: text })
      if (error === undefined) env[name] = text
      else refuse(key, `${key} cannot be set: ${ruleOf(error)}`)
    } else if (!isKey(key)) {
      const meant = suggest(key, Object.keys(SCHEMAS))
      const all = [...Object.keys(SCHEMAS), 'env.NAME'].join(', ')
      refuse(
        key,
        `${quote(key)} is not a key of a run`,
        meant === null ? `there are ${all}` : `did you mean ${quote(meant)}?`,
      )
    } else {
      const { data, error } = SCHEMAS[key].safeParse(key === 'max_hours' ? Number(text || NaN) : text)
      if (error === undefined) settings[key] = data
      else refuse(key, `${key} must be ${error.issues[0]?.message ?? ''}; found ${quote(text)}`)
    }
  }
  if (Object.hasOwn(words, 'docker_tag') && Object.hasOwn(words, 'image')) {
    refuse('docker_tag', 'docker_tag and image both say what to run', 'leave one of them out')
  }
  if (problems.length > 0) throw new ConfigError(problems)
  return { ...settings, env }
}

function isKey(key: string): key is keyof typeof SCHEMAS {
  return Object.hasOwn(SCHEMAS, key)
}

/** A name that is wrong has its rule inside of the issue. */
function ruleOf({
  issues: [issue],
}: {
  issues: readonly { message: string; code?: string | undefined }[]
}): string {
  const inner =
    issue !== undefined && 'issues' in issue ? (issue.issues as { message: string }[])[0] : undefined
  return inner === undefined
    ? `its value must be ${issue?.message ?? ''}`
    : `its name must be ${inner.message}`
}
