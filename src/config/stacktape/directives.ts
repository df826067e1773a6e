import type { Reading } from '../reading.ts'
import { SECRET_REFERENCE } from '../secrets.ts'
import { suggest } from '../suggest.ts'
import { quote } from '../text.ts'
import { child, derived, entriesOf, itemsOf, placeOf, textAt, weigh } from '../value.ts'
import type { Scalar, Value } from '../value.ts'
import { directiveName, firstText, isDirective, parseDirective, someCall } from './directive.ts'
import type { Argument, Directive } from './directive.ts'
import { AT_DEPLOYMENT, CUSTOM, DIRECTIVES, resourceUnknown, secretUnknown, whyUnknown } from './unknown.ts'
import type { Unknown } from './unknown.ts'

/** What directives may put in, in characters: far above what a person writes. */
const MAX_EXPANDED = 1024 * 1024
const MAX_DEPTH = 48

/** What a directive gives: something of the file, something new, or nothing that can be known here. */
type Result = { value: Value } | { plain: string | number | boolean } | { unknown: Unknown }

/** What is known beside the file. */
export interface Surroundings {
  /** The stage. */
  environment: string
  region: string | null
}

/**
 * Puts values in the place of directives. What cannot be known before something runs becomes null, as if nothing had
 * been said, with a reason.
 */
export class Directives {
  readonly #root: Value
  readonly #around: Surroundings
  readonly #reading: Reading
  readonly #custom: ReadonlySet<string>
  readonly #unknown = new Map<Value, Unknown>()
  #spent = 0

  constructor(root: Value, around: Surroundings, reading: Reading) {
    this.#root = root
    this.#around = around
    this.#reading = reading
    this.#custom = new Set(itemsOf(child(root, 'directives')).flatMap((each) => textAt(each, 'name') ?? []))
  }

  /** Why a value of the evaluated file is not known. */
  reasonFor(value: Value): Unknown | undefined {
    return this.#unknown.get(value)
  }

  /** The file with its directives evaluated: a tree of its own, in which no two places share a value. */
  evaluate(): Value {
    this.#refuseAtDeployment(child(this.#root, 'variables'))
    return this.#evaluate(this.#root, 0)
  }

  #evaluate(value: Value, depth: number): Value {
    if (depth > MAX_DEPTH) this.#fail(value, 'A directive here leads to itself')
    if (value.kind === 'list') {
      return { ...value, items: value.items.map((each) => this.#evaluate(each, depth + 1)) }
    }
    if (value.kind === 'table') {
      const entries = [...value.entries].map(([key, each]) => [key, this.#evaluate(each, depth + 1)] as const)
      return { ...value, entries: new Map(entries) }
    }
    const directive = this.#directiveOf(value)
    return directive === null ? { ...value } : this.#put(this.#call(directive, value, depth), value, depth)
  }

  /** What a scalar says, if that is a directive. */
  #directiveOf(value: Value): Directive | null {
    if (value.kind !== 'scalar' || typeof value.value !== 'string' || !isDirective(value.value)) return null
    // Each time it is read: one that is long may be used often.
    this.#spend(value.value.length, value)
    const directive = parseDirective(value.value)
    // A text that only looks like one: `$HOME (…)` of a shell, say.
    if (directive !== null || !DIRECTIVES.includes(directiveName(value.value))) return directive
    return this.#fail(value, 'This directive cannot be read', "Write it like `$Format('{}-db', $Stage())`.")
  }

  #put(result: Result, at: Scalar, depth: number): Value {
    if ('plain' in result) return derived(result.plain, at)
    if ('value' in result) {
      const found = this.#evaluate(result.value, depth + 1)
      const value = placedAt(found, at)
      const reason = this.#unknown.get(found)
      if (reason !== undefined) this.#unknown.set(value, reason)
      return value
    }
    const nothing: Scalar = { ...at, value: null, text: '' }
    this.#unknown.set(nothing, result.unknown)
    return nothing
  }

  #call(directive: Directive, at: Value, depth: number): Result {
    const { name, path } = directive
    switch (name) {
      case 'Stage':
        return { plain: this.#around.environment }
      case 'Region':
        return this.#around.region === null ? this.#unknowable(name, at) : { plain: this.#around.region }
      case 'Var':
        return this.#property(child(this.#root, 'variables'), path, at, depth)
      case 'This':
        return this.#property(this.#root, path, at, depth)
      case 'CliArgs': {
        const fallback = directive.arguments[1]
        return fallback === undefined ? this.#unknowable(name, at) : this.#argument(fallback, at, depth)
      }
      case 'Format':
      case 'CfFormat':
        return this.#format(directive, at, depth)
      case 'Secret':
        // The name ends at the first dot: what follows is a key of its JSON.
        return this.#secret(`secretsmanager:${firstText(directive).replace('.', '#')}`, at)
      case 'SsmParam':
        return this.#secret(`ssm:${firstText(directive)}`, at)
      case 'ResourceParam':
        return this.#resource(firstText(directive), at)
      default:
        return this.#unknowable(name, at)
    }
  }

  #argument(argument: Argument, at: Value, depth: number): Result {
    return typeof argument === 'object' ? this.#call(argument, at, depth + 1) : { plain: argument }
  }

  #property(from: Value | undefined, path: readonly string[], at: Value, depth: number): Result {
    if (depth > MAX_DEPTH) this.#fail(at, 'A directive here leads to itself')
    let value = from
    for (const key of path) {
      const directive = value === undefined ? null : this.#directiveOf(value)
      if (directive !== null)
        value = this.#put(this.#call(directive, value!, depth + 1), value as Scalar, depth + 1)
      const unknown = value === undefined ? undefined : this.#unknown.get(value)
      if (unknown !== undefined) return { unknown }
      const next: Value | undefined = value?.kind === 'list' ? value.items[Number(key)] : child(value, key)
      if (next === undefined) {
        const meant = suggest(
          key,
          entriesOf(value).map(([name]) => name),
        )
        return this.#fail(
          at,
          `There is no ${quote(key)} where this directive looks for it`,
          didYouMean(meant),
        )
      }
      value = next
    }
    if (value === undefined) return this.#fail(at, 'The file has no variables')
    this.#spend(weigh(value), at)
    return { value }
  }

  /** Fills the gaps of a text; it is unknown where one of the values is. */
  #format(directive: Directive, at: Value, depth: number): Result {
    const { name } = directive
    const values = directive.arguments.slice(1)
    const gaps = firstText(directive).split('{}')
    if (gaps.length - 1 !== values.length) {
      const found = `${gaps.length - 1} {} and ${values.length} values`
      return this.#fail(at, `$${name}() needs a value for each {}; found ${found}`)
    }
    let text = gaps[0]!
    for (const [index, each] of values.entries()) {
      if (name === 'Format' && someCall(each, AT_DEPLOYMENT)) {
        const hint = 'Use $CfFormat(), which can.'
        return this.#fail(at, '$Format() cannot take a value that only a deployment knows', hint)
      }
      const result = this.#argument(each, at, depth)
      const value = this.#scalar(result, at, depth)
      if (typeof value !== 'string') return { unknown: this.#mixed(value) }
      text += value + gaps[index + 1]!
      this.#spend(text.length, at)
    }
    return { plain: text }
  }

  /** A part of a text cannot be a secret of its own. */
  #mixed({ reference, text, hint }: Unknown): Unknown {
    return reference === undefined
      ? { text, hint }
      : {
          text: 'a secret cannot be a part of a text',
          hint: 'Give the secret as a variable, and put the text together in the code.',
        }
  }

  #scalar(result: Result, at: Value, depth: number): string | Unknown {
    if ('unknown' in result) return result.unknown
    if ('plain' in result) return String(result.plain)
    const value = this.#evaluate(result.value, depth + 1)
    const unknown = this.#unknown.get(value)
    if (unknown !== undefined) return unknown
    return value.kind === 'scalar' ? value.text : this.#fail(at, 'A list or map cannot be a part of a text')
  }

  #secret(reference: string, at: Value): Result {
    if (SECRET_REFERENCE.test(reference)) return { unknown: secretUnknown(reference) }
    return this.#fail(at, 'This directive names no secret', "Write it like `$Secret('name.key')`.")
  }

  #resource(name: string, at: Value): Result {
    const resources = child(this.#root, 'resources')
    if (child(resources, name) !== undefined) return { unknown: resourceUnknown(name) }
    const names = entriesOf(resources).map(([each]) => each)
    return this.#fail(at, `There is no resource ${quote(name)}`, didYouMean(suggest(name, names)))
  }

  #unknowable(name: string, at: Value): Result {
    const unknown = this.#custom.has(name) ? CUSTOM : whyUnknown(name)
    if (unknown !== undefined) return { unknown }
    const all = [...DIRECTIVES, ...this.#custom]
    return this.#fail(at, `There is no directive ${quote(`$${name}()`)}`, didYouMean(suggest(name, all)))
  }

  #refuseAtDeployment(value: Value | undefined): void {
    const below = value?.kind === 'table' ? value.entries.values() : itemsOf(value)
    for (const each of below) this.#refuseAtDeployment(each)
    const directive = value === undefined ? null : this.#directiveOf(value)
    if (directive === null || !someCall(directive, AT_DEPLOYMENT)) return
    this.#reading.error(`$${directive.name}() cannot stand in variables: only a deployment knows it`, {
      place: placeOf(value!),
      hint: 'Write it where it is used, in resources or scripts.',
    })
  }

  #spend(cost: number, at: Value): void {
    this.#spent += cost
    if (this.#spent > MAX_EXPANDED) this.#fail(at, 'The directives of this file expand to too much')
  }

  #fail(at: Value, message: string, hint?: string): never {
    return this.#reading.fail(message, { place: placeOf(at), hint })
  }
}

/** A value of another place as if it stood here. What is in a map or list stays where it is written. */
function placedAt(found: Value, { origin, key }: Scalar): Value {
  const { key: _, ...value } = found
  return { ...value, ...(value.kind === 'scalar' && { origin }), ...(key && { key }) }
}

function didYouMean(meant: string | null): string | undefined {
  return meant === null ? undefined : `Did you mean ${quote(meant)}?`
}
