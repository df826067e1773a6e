/** A variable as Kubernetes replaces it before anything starts, and with two `$` a text that only looks like one. */
export const REFERENCE = /(\$\$?\([A-Z][A-Z0-9_]*\))/
const EACH = new RegExp(REFERENCE, 'g')
/** Where a backslash takes the meaning of what follows. */
const ESCAPED_OR_EACH = new RegExp(`\\\\[^]|${REFERENCE.source}`, 'g')
const QUOTED_OR_REFERENCE = new RegExp(`'[^']*'|"(?:[^"\\\\]|\\\\[^])*"|${ESCAPED_OR_EACH.source}`, 'g')

export function isVariable(reference: string): boolean {
  return !reference.startsWith('$$')
}

/** The variable of a shell that a reference is; for one that only looks like a reference, its text. */
export function inShell(reference: string): string {
  return isVariable(reference) ? `\${${reference.slice(2, -1)}}` : reference.slice(1)
}

/** A line for the shell in which each reference means the same, however it is quoted. */
export function referencesInShell(line: string): string {
  return line.replaceAll(QUOTED_OR_REFERENCE, (token) =>
    token.replaceAll(token.startsWith("'") ? EACH : ESCAPED_OR_EACH, (each) =>
      each.startsWith('\\') ? each : quoteAs(token[0]!, each),
    ),
  )
}

/** @param first what the part of the line begins with that the reference is in: a quote, or `$` */
function quoteAs(first: string, reference: string): string {
  const text = inShell(reference)
  if (isVariable(reference)) return first === "'" ? `'"${text}"'` : text
  if (first === "'") return text
  return first === '"' ? `\\${text}` : `'${text}'`
}
