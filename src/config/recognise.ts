import { posix } from 'node:path'

import { BLUEKING } from './blueking/read.ts'
import type { Format } from './formats.ts'
import { GANTRY_YML } from './gantry-yml/read.ts'
import { GantryYml } from './gantry-yml/schema.ts'
import { APP_JSON, PROCFILE } from './procfile/read.ts'
import type { Source } from './source.ts'
import { STACKTAPE } from './stacktape/read.ts'
import { PLATFORM_SH } from './upsun/platform-sh.ts'
import { UPSUN } from './upsun/read.ts'

/** What a file is taken for, by what stands in it. */
export interface Recognised {
  /** As a person would say it: `a Procfile`. */
  what: string
  /** Null: Gantry does not read such files. */
  format: Format | null
}

interface Kind extends Recognised {
  fits: (file: Glance) => boolean
}

/** What can be told of a file without reading it by the rules of any format. */
interface Glance {
  name: string
  text: string
  /** Without blank lines and comments. */
  lines: readonly string[]
  isJson: boolean
  /** Whether one of these keys is at the top. */
  has: (...keys: readonly string[]) => boolean
}

const OWN_KEYS = Object.keys(GantryYml.shape)
/** Keys of a gantry.yml that no other format has. */
const OWN_ONLY = ['engine', 'from', 'defaults', 'processes', 'tasks']

// The text may be hostile: no pattern goes from one line on to the next with something that repeats.
const KEY = /^(?:"([^"\n]+)"|'([^'\n]+)'|([\w$./-]+))[ \t]*:(?=\s|$)/gm
const NOTHING = /^\s*(?:#|$)/
const PROCFILE_LINE = /^[A-Za-z0-9_-]+:\s*\S/
const TOML_TABLE = /^[ \t]*\[\[?[\w."-]+\]\]?[ \t]*(?:#|\r?$)/m
const TOML_KEY = /^[\w-]+[ \t]*=[ \t]*\S/m
const STACKTAPE_TYPE =
  /\btype["']?:[ \t]*["']?(?:(?:web|private|worker)-service|multi-container-workload|batch-job)\b/
/** `type: "php:8.2"`, of the file or of an item of its list. */
const PLATFORM_TYPE = /^(?:[ \t]+|- +)?type:[ \t]*["']?[\w-]+:\w/m

/** The first that fits is what a file is taken for. */
const KINDS: readonly Kind[] = [
  { what: 'a script', format: null, fits: ({ text }) => text.startsWith('#!') },
  {
    what: 'a Dockerfile',
    format: null,
    fits: ({ lines }) => /^FROM\s/i.test(lines.find((line) => !/^ARG\s/i.test(line)) ?? ''),
  },
  {
    what: 'a fly.toml of Fly.io',
    format: null,
    fits: ({ name, text }) =>
      name === 'fly.toml' || (TOML_KEY.test(text) && /^primary_region[ \t]*=/m.test(text)),
  },
  {
    what: 'a TOML file',
    format: null,
    fits: ({ name, text }) => name.endsWith('.toml') || (TOML_TABLE.test(text) && TOML_KEY.test(text)),
  },
  {
    what: 'an app description of BlueKing',
    format: BLUEKING,
    fits: ({ has }) => has('spec_version', 'specVersion') && has('app', 'module', 'modules'),
  },
  { what: 'a Kubernetes manifest', format: null, fits: ({ has }) => has('apiVersion') && has('kind') },
  {
    what: 'a manifest of Cloud Foundry',
    format: null,
    fits: ({ text, has }) => has('applications') && isListAt('applications', text),
  },
  { what: 'a configuration of Upsun', format: UPSUN, fits: ({ has }) => has('applications') },
  {
    what: 'a stack of Stacktape',
    format: STACKTAPE,
    fits: ({ text, has }) => has('resources') && (has('serviceName') || STACKTAPE_TYPE.test(text)),
  },
  {
    what: 'a render.yaml of Render',
    format: null,
    fits: ({ name, text, has }) =>
      /^render\.ya?ml$/.test(name) || (has('services') && isListAt('services', text)),
  },
  {
    what: 'a Docker Compose file',
    format: null,
    fits: ({ name, text, has }) =>
      /^(?:docker-)?compose\b.*\.ya?ml$/.test(name) ||
      (has('services') && !has(...OWN_ONLY) && /^[ \t]+(?:image|build):/m.test(text)),
  },
  {
    what: 'an app of Platform.sh',
    format: PLATFORM_SH,
    fits: ({ text, has }) =>
      (has('name') || /^- /m.test(text)) && !has(...OWN_ONLY) && PLATFORM_TYPE.test(text),
  },
  {
    what: 'an app.json of Heroku',
    format: APP_JSON,
    fits: ({ name, isJson, has }) =>
      (name === 'app.json' || (isJson && has('formation', 'env', 'buildpacks', 'addons'))) &&
      !has(...OWN_ONLY),
  },
  {
    what: 'a Procfile',
    format: PROCFILE,
    fits: ({ name, lines, has }) =>
      name.startsWith('Procfile') ||
      (!/\.(?:ya?ml|json)$/.test(name) &&
        !has(...OWN_ONLY) &&
        lines.length > 0 &&
        lines.every((line) => PROCFILE_LINE.test(line))),
  },
]

/**
 * What a file is that was named, and whose name says nothing. Only a glance: lines and patterns, as it may be of a
 * format that YAML cannot read.
 *
 * @returns `gantry.yml` for one that has its keys, or none at all; null where nothing tells what it is
 */
export function recognise({ file, text }: Source): Recognised | typeof GANTRY_YML | null {
  const name = posix.basename(file)
  if (name === GANTRY_YML) return GANTRY_YML
  const keys = keysOf(text)
  const lines = text.split('\n').filter((line) => !NOTHING.test(line))
  const isJson = lines[0]?.trimStart().startsWith('{') ?? false
  const has = (...some: readonly string[]): boolean => some.some((each) => keys.has(each))
  const kind = KINDS.find((each) => each.fits({ name, text, lines, isJson, has }))
  if (kind !== undefined) return kind
  // What YAML writes in braces has no keys that a glance finds.
  const tellsNothing = keys.size === 0 && (lines.length === 0 || isJson)
  return tellsNothing || has(...OWN_KEYS) ? GANTRY_YML : null
}

function keysOf(text: string): Set<string> {
  if (!text.trimStart().startsWith('{')) {
    return new Set(
      Array.from(text.matchAll(KEY), ([, double, single, plain]) => (double ?? single ?? plain)!),
    )
  }
  try {
    return new Set(Object.keys(JSON.parse(text) as object))
  } catch {
    return new Set()
  }
}

function isListAt(key: string, text: string): boolean {
  return new RegExp(`^${key}:[^\\S\\n]*(?:#.*)?\\n(?:[^\\S\\n]*(?:#.*)?\\n)*[^\\S\\n]*- `, 'm').test(text)
}
