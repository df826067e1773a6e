import { Document, Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml'
import type { Node } from 'yaml'

/** A config as data, in the order in which it is written. */
export type Plain = string | number | boolean | readonly Plain[] | PlainMap
export type PlainMap = ReadonlyMap<string, Plain>

/** What is written above a key, by the key's path: lines without `#`, each on one line. */
export type Comments = ReadonlyMap<string, readonly string[]>

export function pathKey(path: readonly string[]): string {
  return path.join('\0')
}

/** Maps and lists up to this length stand on one line. */
const INLINE_LENGTH = 76
/** Sections that begin after a blank line. */
const SECTIONS = new Set(['processes', 'tasks', 'environments'])
// What an editor would obey or hide: control characters, overrides of the direction, halves of characters.
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu

/** The text of a gantry.yml: a header, and the config with its comments. */
export function writeYaml(tree: PlainMap, comments: Comments, header: readonly string[]): string {
  const document = new Document()
  document.contents = mapNode(tree, [], comments) as typeof document.contents
  document.commentBefore = header.map(commentLine).join('\n')
  const text = document.toString({
    lineWidth: 0,
    flowCollectionPadding: false,
  })
  // They stand in double quotes only, where YAML knows them by their number.
  return text.replaceAll(INVISIBLE, (character) => (character === '\n' ? character : escaped(character)))
}

/** A comment never goes on in another line, whatever it quotes. */
function commentLine(line: string): string {
  return line === '' ? '' : ` ${line.replaceAll(INVISIBLE, '\uFFFD')}`
}

function escaped(character: string): string {
  const code = character.codePointAt(0)!
  return code > 0xff_ff
    ? `\\U${code.toString(16).padStart(8, '0')}`
    : `\\u${code.toString(16).padStart(4, '0')}`
}

function mapNode(map: PlainMap, path: readonly string[], comments: Comments): YAMLMap {
  const node = new YAMLMap()
  node.flow = map.size === 0 || isInline(map, path, comments)
  for (const [name, value] of map) {
    const own = [...path, name]
    const key = textNode(name)
    const lines = comments.get(pathKey(own)) ?? []
    if (lines.length > 0) key.commentBefore = lines.map(commentLine).join('\n')
    if (path.length === 0 && SECTIONS.has(name) && node.items.length > 0) key.spaceBefore = true
    node.items.push(new Pair<unknown>(key, valueNode(value, own, comments)))
  }
  return node
}

function valueNode(value: Plain, path: readonly string[], comments: Comments): Node {
  if (isMap(value)) return mapNode(value, path, comments)
  if (isList(value)) return listNode(value, path, comments)
  return typeof value === 'string' ? textNode(value) : new Scalar(value)
}

function listNode(list: readonly Plain[], path: readonly string[], comments: Comments): YAMLSeq {
  const node = new YAMLSeq()
  node.flow = list.length === 0 || lengthOf(list) <= INLINE_LENGTH
  for (const each of list) node.items.push(valueNode(each, path, comments))
  return node
}

function textNode(text: string): Scalar<string> {
  const node = new Scalar(text)
  const lines = text.replaceAll('\n', '')
  if (lines.search(INVISIBLE) !== -1) node.type = Scalar.QUOTE_DOUBLE
  return node
}

/** Processes, tasks and environments have a line for each key; other small maps stand on one line. */
function isInline(map: PlainMap, path: readonly string[], comments: Comments): boolean {
  const [kind, ...below] = path[0] === 'environments' ? path.slice(2) : path
  if (kind === undefined || (path.length === 1 && kind === 'environments')) return false
  if ((kind === 'processes' || kind === 'tasks') && below.length < 2) return false
  const prefix = pathKey([...path, ''])
  if ([...comments.keys()].some((each) => each.startsWith(prefix))) return false
  return lengthOf(map) <= INLINE_LENGTH
}

/** About as long as it is on one line; without end where it holds a text of several lines. */
function lengthOf(value: Plain): number {
  if (isMap(value)) return [...value].reduce((sum, [name, each]) => sum + name.length + 4 + lengthOf(each), 2)
  if (isList(value)) return value.reduce<number>((sum, each) => sum + 2 + lengthOf(each), 2)
  const text = String(value)
  return text.includes('\n') ? Number.POSITIVE_INFINITY : text.length
}

export function isMap(value: Plain | undefined): value is PlainMap {
  return value instanceof Map
}

function isList(value: Plain): value is readonly Plain[] {
  return Array.isArray(value)
}
