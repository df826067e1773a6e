import type { App, Build } from '../app/app.ts'
import { UserError, type Diagnostic } from '../app/errors.ts'
import { imageUsers } from '../app/image-users.ts'

/** The variables of the machine that builds, as far as a door lets a config name them. */
export type BuildEnvironment = Readonly<Record<string, string | undefined>>

const SCHEME = 'env:'

/**
 * The values of a build's secrets by their ids.
 *
 * @throws UserError for a variable that is not set. Empty counts as not set: that is what a GitHub workflow gives for a
 *   secret that does not exist.
 */
export function secretValues(build: Build, environment: BuildEnvironment): Record<string, string> {
  return Object.fromEntries(
    Object.entries(build.secrets).map(([id, reference]) => {
      const name = reference.slice(SCHEME.length)
      const value = environment[name]
      if (value !== undefined && value !== '') return [id, value]
      throw new UserError(`the build secret ${id} is in the variable ${name}, which is not set here`, {
        hint: `set ${name} where the image is built: in your shell, or under \`env\` of the workflow's step`,
      })
    }),
  )
}

/** An error for each build that names a variable, for a door that lets the config name none. */
export function refusedSecrets(app: App): Diagnostic[] {
  const components = imageUsers(app).filter(({ image }) => image === null)
  return components.flatMap(({ path, build }) =>
    Object.keys(build.secrets).map((id) => ({
      severity: 'error',
      path: `${path}.build.secrets.${id}`,
      message: `the build secret ${id} asks for a variable of this server, and what is pushed does not choose what a server gives away`,
      hint: 'deploy with `gantry deploy` or the GitHub Action, where the variables are your own',
    })),
  )
}
