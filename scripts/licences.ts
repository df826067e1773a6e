import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

import type { Plugin } from 'rolldown'

interface Licensed {
  /** `yaml 2.9.1 (ISC)` */
  title: string
  text: string
}

const RULE = `\n${'-'.repeat(80)}\n\n`

/** Writes the licences of all packages that got into the bundle into a file beside it; each text once. */
export function licences(fileName: string): Plugin {
  return {
    name: 'licences',
    async generateBundle(_options, bundle) {
      const modules = Object.values(bundle).flatMap((each) => (each.type === 'chunk' ? each.moduleIds : []))
      const folders = [...new Set(modules.flatMap((id) => packageFolder(id) ?? []))]
      const source = render(await Promise.all(folders.map(licenceIn)))
      this.emitFile({ type: 'asset', fileName, source })
    },
  }
}

/** `…/node_modules/@smithy/core` of a module in it; null for one of our own. */
function packageFolder(id: string): string | null {
  return /^(?:\0[^/]*)?(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(id)?.[1] ?? null
}

async function licenceIn(folder: string): Promise<Licensed> {
  const file = await readFile(join(folder, 'package.json'), 'utf8')
  const { name, version, license } = JSON.parse(file) as { name: string; version: string; license?: string }
  const names = (await readdir(folder)).filter((each) =>
    /^(?:licen[cs]e|copying|notice)(?:[.-]|$)/i.test(each),
  )
  const texts = await Promise.all(names.toSorted().map((each) => readFile(join(folder, each), 'utf8')))
  if (license === undefined && texts.length === 0) throw new Error(`${name} has no licence`)
  const text = texts.map((each) => `${each.replaceAll('\r\n', '\n').trim()}\n`).join('\n')
  return { title: `${name} ${version} (${license ?? 'see below'})`, text }
}

function render(all: readonly Licensed[]): string {
  const byText = Map.groupBy(all, ({ text }) => text)
  const parts = [...byText].map(([text, packages]) => {
    const titles = [...new Set(packages.map(({ title }) => title))].toSorted()
    return `${titles.join('\n')}\n\n${text}`
  })
  return parts.toSorted().join(RULE)
}
