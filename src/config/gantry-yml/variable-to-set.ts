/** A variable that the written file refers to, and that somebody has to give its value. */
export interface VariableToSet {
  name: string
  secret: boolean
  /** Null: it reaches all of them. */
  process: string | null
  environment: string
}

/** The command that does it. The value is asked for. */
export function setCommand({ name, secret, process, environment }: VariableToSet): string {
  return [
    `gantry env set ${name}`,
    ...(secret ? ['--secret'] : []),
    ...(process === null ? [] : ['--process', process]),
    ...(environment === 'default' ? [] : ['--environment', environment]),
  ].join(' ')
}
