const NAME =
  /(?:^|_)(?:PASS|PASSWD|PASSWORD|PASSPHRASE|PWD|SECRET|SECRETS|TOKEN|CREDENTIAL|CREDENTIALS|(?:API|ACCESS|PRIVATE|SECRET|SIGNING|ENCRYPTION|AUTH|LICENSE)_?KEY)(?:_|$)/i

/** The variable of Upsun that holds many, and how: base64 keeps nobody from reading them. */
export const PACKED = 'PLATFORM_VARIABLES'
export const PACKED_HOW = 'as JSON in base64'

/** No variable is longer. */
const LONGEST = 32_768

// Each repetition has an end: a file may hold a megabyte of text that almost matches.
const VALUES = [
  // An address with a password in it.
  /:\/\/[^\s/?#@:]{0,256}:[^\s/?#@]{1,512}@/,
  /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----/,
  // Access keys of AWS, tokens of GitHub, GitLab, npm, Slack and Stripe, and JSON Web Tokens, by how they begin.
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/,
  /\bgh[pousr]_[A-Za-z0-9]{20}|\bgithub_pat_\w{20}|\bglpat-[\w-]{20}|\bnpm_[A-Za-z0-9]{20}/,
  /\bxox[abeoprs]-[\w-]{10}|\b[sr]k_live_[A-Za-z0-9]{10}/,
  /\beyJ[\w-]{10,300}\.eyJ[\w-]{10}/,
]

/**
 * Whether a variable looks like a secret, by its name or by its value. Other systems keep secrets among plain
 * variables, so this is what decides whether a value may be shown.
 */
export function looksSecret(name: string, value: string): boolean {
  if (value === '') return false
  if (name === PACKED) return unpacked(value)?.some(([own, each]) => looksSecret(own, each)) ?? true
  const words = name.slice(0, 256).replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
  const text = value.slice(0, LONGEST)
  return NAME.test(words) || VALUES.some((pattern) => pattern.test(text))
}

/** The variables that it holds; null where it holds none. */
function unpacked(value: string): [name: string, value: string][] | null {
  try {
    const all: unknown = JSON.parse(Buffer.from(value, 'base64').toString())
    return Object.entries(all as object).map(([name, each]: [string, unknown]) => [
      name.replace(/^[^:]*:/, ''),
      typeof each === 'string' ? each : JSON.stringify(each),
    ])
  } catch {
    return null
  }
}

/** The value of a variable, as it may be shown. */
export function shownVariable(name: string, value: string): string {
  return looksSecret(name, value) ? '[secret]' : value
}
