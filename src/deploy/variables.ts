import type { AppId } from '../app/app.ts'
import { NotFoundError, UserError } from '../app/errors.ts'
import { isName, NAME_RULE } from '../config/names.ts'
import type { Engine, NewVariable } from '../engine/engine.ts'
import type { Running } from '../engine/running.ts'

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/
const LONGEST_NAME = 200
const LONGEST_VALUE = 64 * 1024

/**
 * Sets a variable by hand.
 *
 * @throws UserError for what cannot be a variable. It never holds the value.
 */
export async function setVariable(engine: Engine, app: AppId, variable: NewVariable): Promise<void> {
  const { name, value, process } = variable
  checkName(name)
  if (process !== null) checkProcess(process)
  if (value.includes('\0')) throw new UserError(`${name}: NUL cannot be in a variable`)
  if (value.length > LONGEST_VALUE) {
    throw new UserError(`${name}: a value has ${LONGEST_VALUE} characters at most`, {
      hint: 'put what is larger into a file of the image, or where the app can fetch it',
    })
  }
  await engine.setVariable(app, variable)
}

/** What to say to who sets variables for a process that may be a mistake: a sentence; null where it is there. */
export function doubtOfProcess({ processes }: Pick<Running, 'processes'>, process: string): string | null {
  const names = processes.map(({ spec }) => spec.name).toSorted()
  if (names.includes(process)) return null
  const known = names.length === 0 ? '' : `; there is ${names.join(', ')}`
  return `no process ${process} runs: it gets them once there is one${known}`
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

function checkProcess(process: string): void {
  if (isName(process)) return
  throw new UserError(`${JSON.stringify(process.slice(0, 80))} cannot be the name of a process`, {
    hint: NAME_RULE,
  })
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
