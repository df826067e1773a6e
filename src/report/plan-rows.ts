import { showImage } from '../app/image.ts'
import type { Action, ImageChange, ProcessChange, TaskChange } from '../plan/types.ts'
import { clean } from './clean.ts'
import { showKept } from './kept.ts'
import { showChange, showNew } from './values.ts'

/** One entry of a plan's table: what happens to what, and the details. */
export interface Row {
  symbol: '+' | '~' | '-' | '>' | ' '
  name: string
  action: string
  /** What differs, item by item. */
  details: string[]
  /** Lines of their own below. */
  below: string[]
}

const SYMBOLS: Readonly<Record<Action | TaskChange['action'] | ImageChange['action'], Row['symbol']>> = {
  create: '+',
  start: '+',
  build: '+',
  update: '~',
  scale: '~',
  rebuild: '~',
  stop: '-',
  remove: '-',
  run: '>',
  pinned: ' ',
  unchanged: ' ',
  skip: ' ',
  reuse: ' ',
}

export function rowOfProcess(change: ProcessChange): Row {
  return {
    symbol: SYMBOLS[change.action],
    name: clean(change.name),
    action: `${change.action}${remark(change)}`,
    details: processDetails(change),
    below: change.kept.flatMap(showKept),
  }
}

export function rowOfTask({ name, action, phase, reason, spec }: TaskChange): Row {
  const isNew = phase === 'schedule' && action === 'create' && spec !== null
  return {
    symbol: SYMBOLS[action],
    name: `task ${clean(name)}`,
    action: taskAction(action, phase),
    details: [clean(isNew ? `${spec.schedule} (${spec.timezone})` : reason)],
    below: [],
  }
}

export function rowOfImage({ key, action, used_by }: ImageChange): Row {
  const [first, ...others] = used_by.map((each) => clean(each))
  return {
    symbol: SYMBOLS[action],
    name: `image ${clean(key.slice(0, 12))}`,
    action,
    details: [`for ${first}`, ...others],
    below: [],
  }
}

/** What the action alone does not tell. */
function remark({ action, replaces, stopped, settled }: ProcessChange): string {
  if (replaces) return ' (replaces instances)'
  if (!settled) return ' (still rolling out)'
  return stopped && action !== 'stop' ? ' (stopped)' : ''
}

function processDetails({ action, before, after, fields }: ProcessChange): string[] {
  if (after === null) return []
  if (action === 'create') return showNew(after.spec)
  const { image } = after.spec
  if (action === 'pinned' && image.kind === 'pinned') return [clean(showImage(image))]
  // That it starts or stops is the action.
  const told = action === 'start' || action === 'stop' ? 'disabled' : null
  const adopted = before?.origin === 'operator' && after.origin === 'config'
  return [
    ...fields.filter((each) => each.field !== told).map(showChange),
    ...(adopted ? ['belongs to the config from now on'] : []),
  ]
}

function taskAction(action: TaskChange['action'], phase: TaskChange['phase']): string {
  if (phase === 'schedule') return `${action} schedule`
  if (action !== 'run') return action
  return phase === 'pre_deploy' ? 'run before the roll-out' : 'run after the roll-out'
}
