import { posix } from 'node:path'

import { child, derivedList, given, placeOf, textAt } from '../value.ts'
import type { Value } from '../value.ts'
import { honourFalse, refuseUnknown, tablesOf, warnTwice, wordsOf } from './context.ts'
import type { StackContext, Target } from './context.ts'
import { PLURAL_IMAGE } from './packaging-keys.ts'
import { fromRoot } from './paths.ts'

const IMAGE = 'The image'
const NAME_COMMAND = 'Name its `command` in gantry.yml.'

/** What runs a file, by its ending. */
const RUNNERS: Readonly<Record<string, string>> = {
  '.js': 'node',
  '.mjs': 'node',
  '.cjs': 'node',
  '.ts': 'node',
  '.mts': 'node',
  '.cts': 'node',
  '.py': 'python',
}

/** The program and the file that it runs; null where the ending does not tell the program. */
export function runnerOf(file: string): [program: string, file: string] | null {
  const program = RUNNERS[posix.extname(file)]
  return program === undefined ? null : [program, file]
}

/**
 * Adds image or build and command of a container. Gives whether its image is pinned.
 *
 * @param packaging or, where that cannot be known, what it would stand in
 */
export function addPackaging(path: Target, packaging: Value | undefined, context: StackContext): boolean {
  const properties = given(packaging, 'properties')
  switch (textAt(packaging, 'type')) {
    case 'stacktape-image-buildpack':
      addEntryFile(path, given(properties, 'entryfilePath'), context)
      honourFalse([given(properties, 'requiresGlibcBinaries')], context)
      return false
    case 'external-buildpack':
    case 'nixpacks':
      addFolder(path, given(properties, 'sourceDirectoryPath'), context)
      addLine(path, properties, context)
      return false
    case 'custom-dockerfile':
      addDockerfile(path, properties, context)
      return false
    case undefined:
      refuseUnknown(IMAGE, [path, 'image', 'build'], packaging, context)
      return true
    default:
      addImage(path, packaging!, properties, context)
      return true
  }
}

function addEntryFile(path: Target, file: Value | undefined, context: StackContext): void {
  const found = file === undefined ? null : fromRoot(file, context)
  if (file === undefined || found?.kind !== 'scalar') return
  const words = runnerOf(found.text)
  if (words !== null) context.draft.set([...path, 'command'], derivedList(words, file))
  else context.reading.keys.change(file, 'unsupported', 'what runs this file is not known', NAME_COMMAND)
}

function addFolder(path: Target, folder: Value | undefined, context: StackContext): void {
  const found = folder === undefined ? null : fromRoot(folder, context)
  if (found !== null) context.draft.set([...path, 'build', 'context'], found)
}

function addLine(path: Target, properties: Value | undefined, context: StackContext): void {
  const line = given(properties, 'startCmd')
  if (line !== undefined) context.draft.set([...path, 'command'], line)
  else addCommand(path, properties, context)
}

function addDockerfile(path: Target, properties: Value | undefined, context: StackContext): void {
  const { draft } = context
  addFolder(path, given(properties, 'buildContextPath'), context)
  const dockerfile = given(properties, 'dockerfilePath')
  if (dockerfile !== undefined) draft.set([...path, 'build', 'dockerfile'], dockerfile)
  const named = new Set<string>()
  for (const item of tablesOf(given(properties, 'buildArgs'))) {
    const name = given(item, 'argName')
    const value = given(item, 'value')
    if (name?.kind !== 'scalar' || value === undefined) continue
    if (named.has(name.text)) warnTwice(name, context)
    named.add(name.text)
    draft.set([...path, 'build', 'args', name.text], { ...value, key: placeOf(item)! })
  }
  addCommand(path, properties, context)
}

function addImage(
  path: Target,
  packaging: Value,
  properties: Value | undefined,
  context: StackContext,
): void {
  const { draft, reading } = context
  const type = child(packaging, 'type')!
  if (textAt(packaging, 'type') === PLURAL_IMAGE) {
    reading.warn('The schema of Stacktape writes "prebuilt-image"', {
      place: placeOf(type),
      hint: 'Leave out the s at the end.',
    })
  }
  const image = given(properties, 'image')
  if (image !== undefined) draft.set([...path, 'image'], image)
  else refuseUnknown(IMAGE, [path, 'image', 'build'], properties ?? packaging, context)
  addCommand(path, properties, context)
}

/** The entry point and the words that it gets. */
function addCommand(path: Target, properties: Value | undefined, { draft }: StackContext): void {
  for (const [key, field] of [
    ['entryPoint', 'entry_point'],
    ['command', 'command'],
  ] as const) {
    const list = given(properties, key)
    const words = wordsOf(list)
    if (list !== undefined && words !== null && words.length > 0) {
      draft.set([...path, field], derivedList(words, list))
    }
  }
}
