import type { z } from 'zod'

import type { Place } from '../../app/errors.ts'
import { expectedBy, meantBy } from '../issues.ts'
import type { Reading } from '../reading.ts'
import { suggest } from '../suggest.ts'
import { describeValue, quote, showPath } from '../text.ts'
import { child, nearest, placeOf, toPlain } from '../value.ts'
import type { List, Path, Table, Value } from '../value.ts'
import { honoured } from './catalogue.ts'
import type { Catalogue, KeyRule, Unknowable } from './catalogue.ts'
import { hasContent, shapeOf } from './shape.ts'
import type { Shape } from './shape.ts'

/**
 * Goes through all keys of a file: notes what becomes of each, and reports those that its own system would refuse. Ends
 * the reading when there are such; what comes after may rely on the rules of the catalogue, but for values that cannot be
 * known.
 */
export function checkKeys(
  root: Value,
  catalogue: Catalogue,
  reading: Reading,
  unknowable: Unknowable = () => undefined,
): Table {
  new KeyCheck(catalogue, reading, unknowable).checkContent(
    root,
    { names: new Map(), rule: wholeFile(catalogue) },
    [],
  )
  reading.throwIfWrong()
  return root as Table
}

function wholeFile({ root }: Catalogue): KeyRule {
  return { fate: 'honoured', text: root.title, section: root }
}

class KeyCheck {
  readonly #catalogue: Catalogue
  readonly #reading: Reading
  readonly #unknowable: Unknowable

  constructor(catalogue: Catalogue, reading: Reading, unknowable: Unknowable) {
    this.#catalogue = catalogue
    this.#reading = reading
    this.#unknowable = unknowable
  }

  #check(value: Value, shape: Shape, path: Path): void {
    const { rule } = shape
    const unknown = this.#unknowable(value) ?? this.#unknownKind(value, rule)
    if (unknown !== undefined) {
      this.#note(value, { ...rule, fate: 'unsupported', ...unknown }, path)
      return
    }
    if (rule !== undefined) this.#note(value, isNothing(value) ? ASKS_FOR_NOTHING : rule, path)
    // Nothing that stands below it has a meaning for Gantry.
    if (rule?.fate !== 'unsupported') this.checkContent(value, shape, path)
  }

  /** Where it cannot be known which keys may stand in a map, nothing can be said of any of them. */
  #unknownKind(value: Value, rule: KeyRule | undefined): ReturnType<Unknowable> {
    const by = rule?.variants && child(value, rule.variants.by)
    const unknown = by && this.#unknowable(by)
    return unknown && { ...unknown, text: `its ${rule.variants!.by} cannot be known here: ${unknown.text}` }
  }

  checkContent(value: Value, shape: Shape, path: Path): void {
    const { rule } = shape
    if (!hasContent(shape)) {
      if (rule?.value !== undefined) this.#checkValue(value, rule.value, path)
      return
    }
    const below = this.#contentOf(value, shape, path)
    if (below === null) return
    if (below.item !== undefined && value.kind === 'list') this.#checkItems(value, below.item, path)
    else if (below.item === undefined && value.kind === 'table') this.#checkTable(value, below, path)
    else this.#checkInstead(value, rule?.value, below.item === undefined ? 'a map' : 'a list', path)
  }

  /** What stands there in place of a map or list. */
  #checkInstead(value: Value, rule: z.ZodType | undefined, content: string, path: Path): void {
    const issue = rule?.safeParse(toPlain(value)).error?.issues[0]
    if (rule === undefined) this.#refuse(value, path, content)
    else if (issue !== undefined) this.#refuse(value, path, `${expectedBy(issue)}, or ${content}`)
  }

  /** What may stand in a map or list; null when that was refused. */
  #contentOf(value: Value, shape: Shape, path: Path): Shape | null {
    const { section, variants } = shape.rule ?? {}
    if (variants === undefined || value.kind !== 'table')
      return section === undefined ? shape : shapeOf(section)
    const by = child(value, variants.by)
    const kinds = Object.keys(variants.sections)
    if (by === undefined) {
      this.#reportMissing(variants.by, value, path, `It is one of ${kinds.join(', ')}.`)
      return null
    }
    const kind = by.kind === 'scalar' ? by.text : ''
    if (Object.hasOwn(variants.sections, kind)) return shapeOf(variants.sections[kind]!)
    const meant = suggest(kind, kinds)
    this.#refuse(
      by,
      [...path, variants.by],
      `one of ${kinds.join(', ')}`,
      meant === null ? undefined : `Did you mean ${quote(meant)}?`,
    )
    return null
  }

  #checkItems({ items }: List, shape: Shape, path: Path): void {
    for (const [index, item] of items.entries()) this.#check(item, shape, [...path, index])
  }

  #checkTable(value: Table, shape: Shape, path: Path): void {
    for (const [key, entry] of value.entries) {
      const known = shape.names.get(key) ?? shape.any
      if (known === undefined) this.#reportUnknown(key, entry, [...shape.names.keys()], path)
      else {
        if (shape.names.get(key) === undefined) this.#checkName(key, entry, known.rule?.name, path)
        this.#check(entry, known, [...path, key])
      }
    }
    for (const [key, { rule }] of shape.names) {
      if (rule?.required === true && !value.entries.has(key)) this.#reportMissing(key, value, path)
    }
  }

  #reportMissing(key: string, owner: Table, path: Path, hint?: string): void {
    const missing = showPath([...path, key])
    this.#reading.error(`${missing} is missing`, { path: missing, place: placeOfKey(owner), hint })
  }

  #note(value: Value, { fate, text, hint, rows }: KeyRule, path: Path): void {
    this.#reading.keys.add(value, {
      system: this.#catalogue.system,
      path: showPath(path),
      fate,
      text,
      ...(hint !== undefined && { hint }),
      ...(rows !== undefined && { rows }),
      place: placeOfKey(value),
    })
  }

  #reportUnknown(key: string, value: Value, known: readonly string[], path: Path): void {
    const { system, unknown } = this.#catalogue
    const meant = suggest(key, known)
    const hint =
      meant !== null
        ? `Did you mean ${quote(meant)}?`
        : known.length > 0
          ? `Known are ${known.join(', ')}.`
          : 'Leave it out.'
    if (unknown === 'warning') {
      this.#note(value, { fate: 'unsupported', text: `${system} has no such key`, hint }, [...path, key])
      return
    }
    const where = path.length === 0 ? 'of this file' : `of ${showPath(path)}`
    const shown = showPath([...path, key])
    this.#reading.error(`${quote(key)} is not a key ${where}`, {
      path: shown,
      place: placeOfKey(value),
      hint,
    })
  }

  #checkName(key: string, value: Value, rule: z.ZodType | undefined, path: Path): void {
    const issue = rule?.safeParse(key).error?.issues[0]
    if (issue === undefined) return
    this.#reading.error(`${quote(key)} is not allowed as a name; it must be ${issue.message}`, {
      path: showPath([...path, key]),
      place: placeOfKey(value),
    })
  }

  #checkValue(value: Value, rule: z.ZodType, path: Path): void {
    const issue = rule.safeParse(toPlain(value)).error?.issues[0]
    if (issue === undefined) return
    // In a list, the item that is wrong.
    const within = issue.path as Path
    const wrong = nearest(value, within)
    const meant = meantBy(issue, wrong)
    const hint = meant === null ? undefined : `Did you mean ${quote(meant)}?`
    this.#refuse(wrong, [...path, ...within], expectedBy(issue), hint)
  }

  #refuse(value: Value, path: Path, expected: string, hint?: string): void {
    const shown = path.length === 0 ? 'the file' : showPath(path)
    const found = this.#reading.hides(placeOf(value)) ? '' : `; found ${describeValue(value)}`
    this.#reading.error(`${shown} must be ${expected}${found}`, {
      path: path.length === 0 ? undefined : shown,
      place: placeOf(value),
      hint,
    })
  }
}

/** What becomes of a key that asks for nothing: there is nothing to lose. */
const ASKS_FOR_NOTHING = honoured('nothing is asked for')

function isNothing(value: Value): boolean {
  if (value.kind === 'scalar') return value.value === null || value.value === ''
  return value.kind === 'list' ? value.items.length === 0 : value.entries.size === 0
}

/** Where a key stands; of a list's item, where that begins. Values of a file always have a place. */
function placeOfKey(value: Value): Place {
  return value.key ?? placeOf(value)!
}
