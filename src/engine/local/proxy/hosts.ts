/** What a request's host means: an app, and one of its processes; null: the one that stands for the app. */
export interface HostRoute {
  app: string
  process: string | null
}

const NAME = '[a-z0-9]+(?:-[a-z0-9]+)*'
const LABEL = new RegExp(`^(?:(${NAME})--)?(${NAME})$`)

/**
 * Reads `<app>.<domain>` and `<process>--<app>.<domain>` from a Host header. Names have no double hyphen, so there is
 * one way to read a label. Null for every other host.
 */
export function route(host: string | undefined, { domain }: { domain: string }): HostRoute | null {
  const name = host?.toLowerCase().replace(/:\d*$/, '').replace(/\.$/, '')
  const suffix = `.${domain.toLowerCase()}`
  if (name === undefined || !name.endsWith(suffix)) return null
  const [, process, app] = LABEL.exec(name.slice(0, -suffix.length)) ?? []
  return app === undefined ? null : { app, process: process ?? null }
}

/** The host of an app, or of one of its processes. */
export function hostOf(app: string, process: string | null, domain: string): string {
  return process === null ? `${app}.${domain}` : `${process}--${app}.${domain}`
}
