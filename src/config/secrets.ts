import { isAlias, isMap, isNode, isPair, isScalar, isSeq, visit } from 'yaml'
import type { Document, Node } from 'yaml'

import { looksSecret } from './secret-like.ts'
import type { Source } from './source.ts'

/**
 * What may stand in `secrets`: `gantry` (set by hand), `ssm:NAME` (an SSM parameter) or `secretsmanager:NAME#KEY` (a
 * secret of AWS Secrets Manager, or one key of its JSON).
 */
export const SECRET_REFERENCE =
  /^(?:gantry|ssm:[\w./:-]{1,2048}|secretsmanager:[\w./:+=@!-]{1,2048}(?:#[\w.-]{1,256})?)$/

/** What may stand in `build.secrets`. */
export const BUILD_SECRET_REFERENCE = /^env:[A-Za-z_]\w{0,255}$/

export const VARIABLE_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/

/**
 * Keeps out of all frames what stands under a `secrets` key and is no reference, to the end of its line: somebody may
 * have pasted the secret itself. So it does with values of any other key that look like a secret. Works on the tree of a file that is no valid YAML, too.
 */
export function hideSecrets(document: Document, source: Source): void {
  const anchors = new Map<string, Node>()
  const found: unknown[] = []
  visit(document, (_, node) => {
    if (isNode(node) && !isAlias(node) && node.anchor !== undefined) anchors.set(node.anchor, node)
    if (isScalar(node)) hideIfSecret('', node, source)
    // A variable as other systems write it: `{name: A, value: b}`.
    if (isMap(node)) hideIfSecret(String(node.get('name') ?? node.get('key')), node, source)
    if (!isPair(node) || !isScalar(node.key)) return
    if (node.key.value === 'secrets') found.push(node.value)
    hideIfSecret(String(node.key.value), node.value, source)
  })
  const seen = new Set<unknown>()
  for (let node = found.pop(); node !== undefined; node = found.pop()) {
    if (seen.has(node)) continue
    seen.add(node)
    if (isAlias(node) && anchors.has(node.source)) found.push(anchors.get(node.source))
    else if (isMap(node)) {
      for (const { key, value } of node.items) {
        if (isScalar(key) && key.value === '<<') found.push(...(isSeq(value) ? value.items : [value]))
        else hideEntry(key, value, source)
      }
    } else hideToLineEnd(node, source)
  }
}

/** Hides a value, or the `value` of a map, that looks like a secret; under a name that does, whatever stands there. */
function hideIfSecret(name: string, node: unknown, source: Source): void {
  const value = isMap(node) ? node.get('value', true) : node
  const text = !isScalar(value)
    ? 'a list or map'
    : typeof value.value === 'string'
      ? value.value
      : (value.source ?? '')
  if (looksSecret(name, text)) hideToLineEnd(value, source)
}

function hideEntry(key: unknown, value: unknown, source: Source): void {
  if (!isScalar(key) || !VARIABLE_NAME.test(String(key.value))) hideToLineEnd(key, source)
  const isReference = isScalar(value) && typeof value.value === 'string' && isSecretReference(value.value)
  // From the colon on: what looks like a tag or an anchor may be the secret.
  if (!isReference && isNode(key)) hideToLineEnd(value, source, key.range?.[1])
}

function isSecretReference(text: string): boolean {
  return SECRET_REFERENCE.test(text) || BUILD_SECRET_REFERENCE.test(text)
}

function hideToLineEnd(node: unknown, source: Source, from?: number): void {
  if (!isNode(node) || !node.range) return
  const start =
    from === undefined
      ? node.range[0]
      : from + /^\s*:?[ \t]*/.exec(source.text.slice(from, from + 64))![0].length
  const lineEnd = source.text.indexOf('\n', node.range[1])
  source.hide(start, lineEnd === -1 ? source.text.length : lineEnd)
}
