import { CST, isScalar, Lexer, parseDocument } from 'yaml'
import type { CollectionTag, ScalarTag, YAMLError } from 'yaml'

import { CONFLICT_MARKER } from './conflict.ts'
import type { Reading } from './reading.ts'
import { hideSecrets } from './secrets.ts'
import type { Source } from './source.ts'
import { table } from './value.ts'
import type { Value } from './value.ts'
import { YamlValues } from './yaml-values.ts'

// No file written by a person comes near this bound; a hostile one costs little time with it.
const MAX_TOKENS = 100_000
const MAX_SYNTAX_ERRORS = 10
/** The lexer's own marks, which stand for nothing in the file. */
const WIDTHLESS = new Set<string>([CST.BOM, CST.DOCUMENT, CST.FLOW_END, CST.SCALAR])

/**
 * Reads YAML 1.2 (and with it JSON) into values with their places: core schema, anchors and merge keys, no custom
 * tags but those that the format has for texts and maps, one document. Throws after reporting when the file is no such
 * thing. An empty file is an empty map.
 */
export function parseYaml(source: Source, reading: Reading, tags: readonly string[] = []): Value {
  refuseTooMuch(source, reading)
  const document = parseDocument(source.text, {
    schema: 'core',
    customTags: tags.flatMap(customTag),
    merge: false,
    // Found below: the library's own search compares every key with every other.
    uniqueKeys: false,
    prettyErrors: false,
    resolveKnownTags: false,
    logLevel: 'error',
  })
  hideSecrets(document, source)
  refuseConflict(source, reading)
  refuseBadSyntax([...document.errors, ...document.warnings], source, tags, reading)
  const root = document.contents
  if (root === null || (isScalar(root) && root.value === null)) {
    return table([], { kind: 'file', ...source.placeAt(0) })
  }
  const value = new YamlValues(source, reading).convert(root)
  reading.throwIfWrong()
  return value
}

function customTag(tag: string): (ScalarTag | CollectionTag)[] {
  return [
    { tag, resolve: (text) => text },
    // A list has no meaning there either, but the reader of the format says so best.
    { tag, collection: 'map', resolve: (map) => map },
    { tag, collection: 'seq', resolve: (list) => list },
  ]
}

function refuseTooMuch(source: Source, reading: Reading): void {
  let tokens = 0
  let offset = 0
  for (const token of new Lexer().lex(source.text)) {
    if (++tokens > MAX_TOKENS) {
      reading.fail(`${source.file} is too long: it has more than ${MAX_TOKENS} YAML tokens`, {
        place: source.placeAt(Math.min(offset, source.text.length)),
      })
    }
    if (!WIDTHLESS.has(token)) offset += token.length
  }
}

/** No line of a map can begin like this, so it is never a text of the config. */
function refuseConflict(source: Source, reading: Reading): void {
  const marker = CONFLICT_MARKER.exec(source.text)
  if (marker === null) return
  reading.fail('a merge conflict is left in this file', {
    place: source.placeAt(marker.index),
    hint: 'Resolve the conflict, commit, and push again.',
  })
}

function refuseBadSyntax(
  problems: readonly YAMLError[],
  source: Source,
  tags: readonly string[],
  reading: Reading,
): void {
  const lines = new Set<number>()
  for (const problem of problems.toSorted((a, b) => a.pos[0] - b.pos[0])) {
    const place = source.placeAt(Math.min(problem.pos[0], source.text.length))
    // One mistake often makes several messages for its line.
    if (lines.has(place.line)) continue
    if (lines.add(place.line).size > MAX_SYNTAX_ERRORS) break
    const { message, hint } = explain(problem, tags)
    reading.error(`${source.file} is not valid YAML: ${message}`, { place, hint })
  }
  reading.throwIfWrong()
}

// The library's messages are kept only where they cannot quote the file, which may hold a pasted secret.
function explain({ code, message }: YAMLError, tags: readonly string[]): { message: string; hint?: string } {
  switch (code) {
    case 'TAB_AS_INDENT':
      return { message: 'a tab is used for indentation', hint: 'Indent with spaces.' }
    case 'RESOURCE_EXHAUSTION':
      return { message: 'it is nested too deeply' }
    case 'TAG_RESOLVE_FAILED':
      return {
        message: 'this tag is not known',
        hint:
          tags.length === 0
            ? 'Custom tags (`!name`) are not allowed. Leave it out.'
            : `Leave it out, or use ${tags.map((tag) => `\`${tag}\``).join(' or ')}.`,
      }
    case 'MULTIPLE_DOCS':
      return {
        message: 'a second document begins here',
        hint: 'Keep one document: leave out `---` in the middle.',
      }
    case 'MULTILINE_IMPLICIT_KEY':
      return { message: 'a key without a colon, or a text over several lines that needs quotes' }
    case 'BLOCK_AS_IMPLICIT_KEY':
      return { message: 'a second `: ` in the line', hint: 'Put a text that contains `: ` in quotes.' }
    case 'BAD_SCALAR_START':
      return { message: 'a text cannot begin with this character', hint: 'Put the text in quotes.' }
    case 'BAD_DQ_ESCAPE':
      return {
        message: 'this escape sequence is not known',
        hint: "Use 'single quotes' for text with backslashes.",
      }
    case 'MISSING_CHAR':
    case 'BAD_INDENT':
      return { message: message.charAt(0).toLowerCase() + message.slice(1).replace(/(['"])quote/, '$1') }
    default:
      return { message: `this is not expected here (${code.toLowerCase().replaceAll('_', ' ')})` }
  }
}
