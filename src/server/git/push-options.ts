import { UserError } from '../../app/errors.ts'
import { oneLine } from '../../git/hostile-text.ts'

/** What a pusher asks for with `git push -o NAME`. */
export interface PushOptions {
  /** Answer when the deployment is accepted, not when it is done. */
  async: boolean
  /** Show the plan and change nothing. */
  dryRun: boolean
  /** Cancel the deployment when the connection of the pusher breaks. */
  cancelOnDisconnect: boolean
  /** Build images anew that exist. */
  rebuild: boolean
  /** Carry out a plan that removes much. */
  allowRemove: boolean
}

const NAMES: Readonly<Record<string, keyof PushOptions>> = {
  async: 'async',
  'dry-run': 'dryRun',
  'cancel-on-disconnect': 'cancelOnDisconnect',
  rebuild: 'rebuild',
  'allow-remove': 'allowRemove',
}

const MAX_COUNT = 20
const MAX_LENGTH = 200

/**
 * The options of a push. Everything that is not known is refused: an option that is passed over silently would be taken
 * as heeded.
 *
 * @throws UserError
 */
export function parsePushOptions(options: readonly string[]): PushOptions {
  const known = `the push options are ${Object.keys(NAMES).join(', ')}`
  if (options.length > MAX_COUNT)
    throw new UserError(`a push takes ${MAX_COUNT} options at most`, { hint: known })
  const parsed: PushOptions = {
    async: false,
    dryRun: false,
    cancelOnDisconnect: false,
    rebuild: false,
    allowRemove: false,
  }
  for (const option of options) {
    if (option.length > MAX_LENGTH) throw new UserError(`a push option has ${MAX_LENGTH} characters at most`)
    if (/\p{Cc}/u.test(option)) throw new UserError('a push option has control characters', { hint: known })
    const name = Object.hasOwn(NAMES, option) ? NAMES[option] : undefined
    if (name === undefined) throw unknown(option, known)
    parsed[name] = true
  }
  return parsed
}

function unknown(option: string, known: string): UserError {
  const shown = oneLine(option, 40)
  const [name = '', value] = option.split('=', 2)
  const plain = name.toLowerCase().replaceAll('_', '-')
  const near = Object.keys(NAMES).find(
    (each) => plain !== '' && (each.startsWith(plain) || plain.startsWith(each)),
  )
  if (near === undefined) return new UserError(`unknown push option ${shown}`, { hint: known })
  const hint = value === undefined ? `did you mean ${near}?` : `${near} takes no value: push with -o ${near}`
  return new UserError(`unknown push option ${shown}`, { hint })
}
