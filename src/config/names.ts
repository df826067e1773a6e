/** Names of apps, environments, processes and tasks. */
export const NAME = /^[a-z0-9]+(?:-[a-z0-9]+)*$/
export const MAX_NAME = 63
export const NAME_RULE = `lower-case letters, digits and single hyphens between them, at most ${MAX_NAME}`

export function isName(text: string): boolean {
  return text.length <= MAX_NAME && NAME.test(text)
}

/** The nearest name to a text, or null when nothing is left of it. */
export function foldName(text: string): string | null {
  const folded = text
    .slice(0, 256)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/^-/, '')
    .slice(0, MAX_NAME)
    .replace(/-$/, '')
  return folded === '' ? null : folded
}
