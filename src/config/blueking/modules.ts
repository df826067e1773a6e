import { chooseModule } from '../module.ts'
import type { Reading } from '../reading.ts'
import { quote } from '../text.ts'
import { child, entriesOf, itemsOf, placeOf, textAt } from '../value.ts'
import type { Table, Value } from '../value.ts'

import { YES } from './rules.ts'

const ALONE = 'default'

/** The module to deploy. The others are deployed each by itself, as in BlueKing. */
export function selectModule(root: Table, file: string, asked: string | null, reading: Reading): Table {
  const several = child(root, 'modules')
  const modules = several === undefined ? theOnly(root) : namesOf(several, reading)
  if (modules.size === 0) {
    return reading.fail(`${file} has neither "module" nor "modules"`, {
      place: placeOf(root),
      hint: 'Write `module:`, with its language and its processes.',
    })
  }
  if (several !== undefined) {
    checkDefault(modules, several, reading)
    const alone = child(root, 'module')
    if (alone !== undefined)
      reading.keys.change(alone, 'unsupported', '"modules" is there too', 'Leave out one of them.')
  }
  reading.throwIfWrong()
  const place = (several ?? root).key ?? placeOf(root)
  const name = chooseModule({ file, what: 'module', names: [...modules.keys()], place }, asked, reading)
  for (const [other, module] of modules) {
    if (other !== name) reading.keys.change(module, 'honoured', 'another module, which is deployed by itself')
  }
  const code = textAt(child(root, 'app'), 'bk_app_code') ?? textAt(child(root, 'app'), 'bkAppCode')
  const parts = [code, name === ALONE ? undefined : name].filter((each) => each !== undefined)
  if (parts.length > 0) reading.called = { name: parts.join('-'), place: undefined }
  return modules.get(name)!
}

function theOnly(root: Table): Map<string, Table> {
  const module = child(root, 'module')
  return new Map(module?.kind === 'table' ? [[textAt(module, 'name') ?? ALONE, module]] : [])
}

function namesOf(several: Value, reading: Reading): Map<string, Table> {
  const found = new Map<string, Table>()
  const all =
    several.kind === 'list'
      ? itemsOf(several).map((each) => [textAt(each, 'name'), each] as const)
      : entriesOf(several)
  for (const [name, module] of all) {
    if (module.kind !== 'table') continue
    if (name === undefined) reading.error('A module of a list must have a name', { place: placeOf(module) })
    else if (found.has(name)) {
      reading.error(`The module ${quote(name)} is here for the second time`, { place: placeOf(module) })
    } else found.set(name, module)
  }
  return found
}

function checkDefault(modules: ReadonlyMap<string, Table>, several: Value, reading: Reading): void {
  const defaults = [...modules.values()].filter((each) =>
    ['is_default', 'isDefault'].some((key) => YES.test(textAt(each, key) ?? '')),
  )
  if (defaults.length === 1) return
  reading.error(`One of the modules must be the default one; found ${defaults.length}`, {
    place: several.key ?? placeOf(several),
    hint: 'Write `is_default: true` (version 3: `isDefault: true`) into one of them.',
  })
}
