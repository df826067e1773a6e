import { markdownTable } from 'markdown-table'

import type { Catalogue, Fate, KeyRule, Section } from '../../config/catalogue/catalogue.ts'
import type { FormatPage } from '../../config/catalogue/pages.ts'

const FATES: Readonly<Record<Fate, string>> = {
  honoured: 'honoured',
  approximated: 'approximated',
  unsupported: 'not supported',
}
const UNKNOWN = {
  error:
    'A key that stands in none of these tables is an error, as in the system itself; what is below a key that is not supported is not looked at.',
  warning: 'A key that stands in none of these tables is reported in a warning, and does nothing.',
}

/** The page of a format, as Markdown. */
export function renderPage({ title, notes, catalogues }: FormatPage): string {
  const parts = [
    `# ${title}`,
    '<!-- Made by scripts/generate-formats.ts from the catalogue of keys: change that, and run it. -->',
    ...notes,
    'What becomes of each key of your own file, `gantry config --report` shows with its line. `*` is any name, `[]` each item of a list; a key covers what is below it, where that is not named.',
    ...catalogues.flatMap(renderCatalogue),
  ]
  return `${parts.join('\n\n')}\n`
}

function renderCatalogue({ root, unknown }: Catalogue): string[] {
  return [`## ${root.title}`, tableOf(root), ...sectionsBelow(root).flatMap(renderSection), UNKNOWN[unknown]]
}

function renderSection(section: Section): string[] {
  return [`### ${section.title}`, tableOf(section)]
}

/** Each section that the keys lead to, once. */
function sectionsBelow(root: Section): Section[] {
  const found = new Set<Section>()
  const search = (section: Section): void => {
    for (const rule of Object.values(section.keys)) {
      for (const below of [rule.section ?? [], Object.values(rule.variants?.sections ?? {})].flat()) {
        if (found.has(below)) continue
        found.add(below)
        search(below)
      }
    }
  }
  search(root)
  return [...found]
}

function tableOf({ keys }: Section): string {
  return markdownTable(
    [
      ['key', 'fate', 'what becomes of it', 'rows'],
      ...Object.entries(keys).map(([key, rule]) => [
        `\`${key}\``,
        FATES[rule.fate],
        explain(rule),
        rule.rows ?? '',
      ]),
    ],
    { alignDelimiters: false },
  )
}

function explain({ text, hint, section, variants }: KeyRule): string {
  const parts = [text]
  if (hint !== undefined) parts.push(hint)
  if (section !== undefined) parts.push(`See "${section.title}" below.`)
  if (variants !== undefined) {
    const kinds = Map.groupBy(Object.keys(variants.sections), (kind) => variants.sections[kind]!)
    const titles = [...kinds].map(
      ([{ title }, names]) => `${names.map((name) => `\`${name}\``).join(', ')}: "${title}"`,
    )
    parts.push(`By \`${variants.by}\`: ${titles.join('; ')}, below.`)
  }
  return parts
    .map((part, index) => (index < parts.length - 1 && !part.endsWith('.') ? `${part}.` : part))
    .join(' ')
}
