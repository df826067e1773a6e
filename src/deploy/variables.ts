import type { AppId } from '../app/app.ts'
import { NotFoundError, UserError } from '../app/errors.ts'
import type { Engine, NewVariable } from '../engine/engine.ts'

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/
const LONGEST_NAME = 200
const LONGEST_VALUE = 64 * 1024

/**
 * Sets a variable by hand.
 *
 * @throws UserError for what cannot be a variable. It never holds the value.
 */
export async function setVariable(engine: Engine, app: AppId, variable: NewVariable): Promise<void> {
  const { name, value } = variable
  checkName(name)
  if (value.includes('\0')) throw new UserError(`${name}: NUL cannot be in a variable`)
  if (value.length > LONGEST_VALUE) {
    throw new UserError(`${name}: a value has ${LONGEST_VALUE} characters at most`, {
      hint: 'put what is larger into a file of the image, or where the app can fetch it',
    })
  }
  await engine.setVariable(app, variable)
}

/** @throws NotFoundError when it is not set */
export async function unsetVariable(
  engine: Engine,
  app: AppId,
  name: string,
  process: string | null,
): Promise<void> {
  checkName(name)
  if (!(await engine.unsetVariable(app, name, process))) {
    throw new NotFoundError(`${name} is not set${process === null ? '' : ` for ${process}`}`)
  }
}

function checkName(name: string): void {
  const shown = JSON.stringify(name.slice(0, 80))
  if (!NAME.test(name) || name.length > LONGEST_NAME) {
    throw new UserError(`${shown} cannot be the name of a variable`, {
      hint: `letters, digits and _ only, not a digit first, ${LONGEST_NAME} at most`,
    })
  }
  if (name === 'PORT' || name.startsWith('GANTRY_')) throw new UserError(`Gantry sets ${shown} itself`)
}
