/** A call that a value of the file consists of: `$Var().ports.web`, `$Format('{}-db', $Stage())`. */
export interface Directive {
  name: string
  arguments: Argument[]
  /** What follows in dots: the property of the result. */
  path: string[]
}

export type Argument = string | number | boolean | Directive

const START = /^\s*\$[A-Za-z]\w*\(/
const TOKEN =
  /\s*(?:\$(?<name>[A-Za-z]\w*)\(|'(?<single>[^']*)'|"(?<double>[^"]*)"|(?<number>-?\d+(?:\.\d+)?)(?![\w.])|(?<word>true|false)\b|(?<close>\)(?<path>(?:\.[\w-]+)*))|(?<comma>,))/y
const MAX_DEPTH = 8

/** Whether a text begins like a directive. */
export function isDirective(text: string): boolean {
  return START.test(text)
}

/** The name of the directive that a text begins with. */
export function directiveName(text: string): string {
  return /\$(\w+)\(/.exec(text)?.[1] ?? ''
}

/** Reads a text that is a directive from its first character to its last one; null for any other. */
export function parseDirective(text: string): Directive | null {
  const open: Directive[] = []
  // What comes next: an argument, an argument or the end of them, a comma or the end of them.
  let next: 'argument' | 'any' | 'comma' = 'argument'
  TOKEN.lastIndex = 0
  for (;;) {
    const found = TOKEN.exec(text)?.groups
    const parent = open.at(-1)
    if (found === undefined || open.length > MAX_DEPTH) return null
    if (found['comma'] !== undefined) {
      if (next !== 'comma') return null
      next = 'argument'
    } else if (found['close'] !== undefined) {
      if (next === 'argument' || parent === undefined) return null
      parent.path = found['path']!.split('.').slice(1)
      open.pop()
      next = 'comma'
      if (open.length === 0) return text.slice(TOKEN.lastIndex).trim() === '' ? parent : null
    } else {
      const argument = argumentOf(found)
      const isCall = typeof argument === 'object'
      if (next === 'comma' || (parent === undefined && !isCall)) return null
      parent?.arguments.push(argument)
      if (isCall) open.push(argument)
      next = isCall ? 'any' : 'comma'
    }
  }
}

/** Its first argument, where that is a plain one. */
export function firstText({ arguments: [first] }: Directive): string {
  return typeof first === 'object' || first === undefined ? '' : String(first)
}

/** Whether an argument calls one of these, itself or in its own arguments. */
export function someCall(argument: Argument, names: ReadonlySet<string>): boolean {
  if (typeof argument !== 'object') return false
  return names.has(argument.name) || argument.arguments.some((each) => someCall(each, names))
}

function argumentOf(found: Readonly<Record<string, string | undefined>>): Argument {
  const { name, single, double, number, word } = found
  if (name !== undefined) return { name, arguments: [], path: [] }
  const text = single ?? double
  if (text !== undefined) return text
  return number === undefined ? word === 'true' : Number(number)
}
