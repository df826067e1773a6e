import type { SecretReference } from '../../../app/app.ts'

/** A reference as it is in the config, taken apart. */
export type ParsedReference =
  | { kind: 'gantry' }
  | { kind: 'ssm'; name: string }
  | { kind: 'secretsmanager'; id: string; key: string | null }
  /** No reference of a config: what ECS takes the value from, in a definition that other hands made. */
  | { kind: 'other'; valueFrom: string }

/**
 * ARN of a secret with its name, then perhaps a key of its JSON, a version stage and a version id, which may be empty:
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html
 */
const SECRET =
  /^(?<arn>arn:[^:]+:secretsmanager:[^:]*:[^:]*:secret:(?<name>[^:]+))(?::(?<key>[^:]*):(?<stage>[^:]*):(?<version>[^:]*))?$/
/** What Secrets Manager puts behind the name of a secret in its ARN. */
const SUFFIX = /-[A-Za-z0-9]{6}$/

export function parseReference(reference: SecretReference): ParsedReference {
  if (reference === 'gantry') return { kind: 'gantry' }
  const [, service, id, key] = /^(ssm|secretsmanager):([^#]+)(?:#(.+))?$/.exec(reference) ?? []
  if (service === 'ssm') return { kind: 'ssm', name: id! }
  if (service === 'secretsmanager') return { kind: 'secretsmanager', id: id!, key: key ?? null }
  return { kind: 'other', valueFrom: reference }
}

/** What ECS takes the value of a secret from; the empty parts at the end are needed where there is a key. */
export function secretValueFrom(arn: string, key: string | null): string {
  return key === null ? arn : `${arn}:${key}::`
}

/** Whether a reference leads to where ECS takes the value from. */
export function leadsTo(reference: SecretReference, name: string, valueFrom: string): boolean {
  const parsed = parseReference(reference)
  if (parsed.kind === 'gantry') return versionOf(name, valueFrom) !== null
  if (parsed.kind === 'other') return valueFrom === parsed.valueFrom
  if (parsed.kind === 'ssm') {
    return valueFrom === parsed.name || valueFrom.endsWith(`:parameter/${parsed.name.replace(/^\//, '')}`)
  }
  const { arn = '', name: full = '', key = '', stage = '', version = '' } = partsOf(valueFrom)
  const ids = [arn, arn.replace(SUFFIX, ''), full.replace(SUFFIX, '')]
  return ids.includes(parsed.id) && key === (parsed.key ?? '') && stage === '' && version === ''
}

/** Which version of a variable that was set by hand ECS takes the value from; null: it is no such variable. */
export function versionOf(name: string, valueFrom: string): number | null {
  const [, found, version] = /\/gantry\/[^/]+\/[^/]+\/env\/([^/]+)\/(\d+)$/.exec(valueFrom) ?? []
  return found === name ? Number(version) : null
}

/** The reference to where ECS takes a value from, with ARNs as they are: a name might mean another account's. */
export function referenceOf(valueFrom: string): SecretReference {
  const { arn, key = '', stage = '', version = '' } = partsOf(valueFrom)
  if (arn === undefined) return valueFrom.includes(':secretsmanager:') ? valueFrom : `ssm:${valueFrom}`
  if (stage !== '' || version !== '') return valueFrom
  return `secretsmanager:${arn}${key === '' ? '' : `#${key}`}`
}

function partsOf(valueFrom: string): Partial<Record<string, string>> {
  return SECRET.exec(valueFrom)?.groups ?? {}
}
