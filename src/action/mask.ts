import { setSecret } from '@actions/core'

/** What AWS tools take from the environment. A step before this one that set them has mostly done the same. */
const SECRETS = ['AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN']

/** Lets the runner take secrets out of all that is written from now on. */
export function maskSecrets(environment: NodeJS.ProcessEnv): void {
  for (const name of SECRETS) {
    const value = environment[name]
    if (value) setSecret(value)
  }
}
