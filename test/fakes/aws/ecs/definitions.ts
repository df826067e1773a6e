import { nameOf } from './arns.ts'
import { refuse } from './refusals.ts'
import type { DefinitionState } from './state.ts'
import type { World } from './world.ts'

/** By ARN, `family:revision`, or `family`, which is its latest ACTIVE revision. */
export function definitionOf(world: World, reference: string): DefinitionState | undefined {
  const [family = '', revision] = nameOf(reference).split(':')
  const all = world.definitions.get(family)
  return revision === undefined
    ? all?.findLast(({ status }) => status === 'ACTIVE')
    : all?.[Number(revision) - 1]
}

/** One that tasks may be started from. */
export function usableDefinition(world: World, reference: string): DefinitionState {
  const found = definitionOf(world, reference) ?? refuse('TaskDefinition not found.')
  return found.status === 'ACTIVE' ? found : refuse('TaskDefinition is inactive')
}
