import { isDeepStrictEqual } from 'node:util'

import type { App } from '../app/app.ts'
import type { Diagnostic } from '../app/errors.ts'
import { differingFields, FIELDS, type FieldName } from '../app/fields.ts'
import type { Image } from '../app/image.ts'
import {
  imagesOf,
  instanceCount,
  type OwnedFields,
  type ProcessSpec,
  type ProcessState,
} from '../app/spec.ts'
import type { Engine } from '../engine/engine.ts'
import type { Running } from '../engine/running.ts'
import { adaptState } from './adaptation.ts'
import { LEAVES } from './blocked.ts'
import { candidatesOf, type Candidate } from './candidates.ts'
import { fieldChanges, fieldsOfNew } from './fields.ts'
import { keptFields, operated, rolledBack, type Operation } from './ownership.ts'
import { specOfProcess } from './specs.ts'
import type { Action, ProcessChange } from './types.ts'
import type { Reach } from './variables.ts'

/** What an engine makes of processes, as in the port. */
export type EngineRules = Pick<Engine, 'adaptProcess' | 'countsReplace'>

export interface ProcessesInput {
  app: App
  images: ReadonlyMap<string, Image>
  running: Running
  reach: Reach
  /** Null: all. */
  only: ReadonlySet<string> | null
  operate: readonly Operation[]
  /** On a roll-back, the images that operators owned in the release; else null. */
  ownedImages: Record<string, string> | null
  engine: EngineRules
}

export interface ProcessChanges {
  /** One per process that the config, the engine or an operation names, in that order; removals last. */
  changes: ProcessChange[]
  /** What the engine makes otherwise than somebody asked. */
  warnings: Diagnostic[]
  /** What the engine does not take, a sentence each. */
  refused: string[]
}

export function processChanges(input: ProcessesInput): ProcessChanges {
  const { app, only } = input
  const running = new Map(input.running.processes.map((each) => [each.spec.name, stateOf(each)]))
  const configured = new Set(app.processes.map((each) => each.name))
  const others = [...running.values()].filter((each) => !configured.has(each.spec.name))
  const deleted = new Set(input.operate.flatMap((each) => (each.delete ? each.process : [])))
  // While somebody operates on single processes no other is removed, not even one that the config has dropped.
  const stays = ({ spec, origin }: ProcessState) =>
    origin === 'operator' ? !deleted.has(spec.name) : only !== null
  const operations = Map.groupBy(input.operate, (each) => each.process)
  const moving = new Set(input.running.processes.flatMap(({ spec, settled }) => (settled ? [] : spec.name)))

  const candidates = candidatesOf(app, input.images, others.filter(stays), running, input.operate)
  const found = candidates
    .filter((each) => only === null || only.has(each.name))
    .flatMap((each) => changeOf(each, operations.get(each.name) ?? [], input) ?? [])
  const removals = others.filter((state) => !stays(state)).map(removal)
  return {
    changes: [...found.map((each) => each.change), ...removals].map((change) => ({
      ...change,
      settled: !moving.has(change.name),
    })),
    warnings: found.flatMap((each) => each.warnings),
    refused: found.flatMap((each) => each.refused),
  }
}

/** What differs, whatever else goes on. */
type Difference = Omit<ProcessChange, 'settled'>

/** Null when there is no image that the process could run. */
function changeOf(
  candidate: Candidate,
  operations: readonly Operation[],
  input: ProcessesInput,
): { change: Difference; warnings: Diagnostic[]; refused: string[] } | null {
  const { name, says, under, before } = candidate
  const owned = ownedAfter(candidate, operations, input.ownedImages)
  const image = owned.image ? pinned(owned.image) : candidate.image
  if (image === null) return null

  const variables = input.reach(name)
  const restarts = (before?.spec.restarts ?? 0) + operations.filter((each) => each.restart).length
  const asked: ProcessState = {
    spec: specOfProcess(under, { owned, image, variables, restarts }),
    owned,
    origin: says === null ? (before?.origin ?? 'operator') : 'config',
  }
  const { app, engine } = input
  const {
    state: after,
    warnings,
    refused,
  } = adaptState(asked, {
    app,
    says,
    isNew: says === null && before === null,
    engine,
  })
  const differing = before === null ? [] : differingFields(before.spec, after.spec)
  const action = before === null ? 'create' : actionOf(before, after, differing)
  const change: Difference = {
    name,
    action,
    replaces: before !== null && replaces(before.spec, after.spec, differing, engine),
    stopped: after.spec.disabled,
    fields: before === null ? fieldsOfNew(after) : fieldChanges(before, after, differing),
    kept: keptFields(after.owned, says, under, variables),
    before,
    after,
  }
  return { change, warnings, refused: LEAVES.has(action) ? [] : refused }
}

function ownedAfter(
  { name, says, under, before }: Candidate,
  operations: readonly Operation[],
  ownedImages: Record<string, string> | null,
): OwnedFields {
  const owned = before?.owned ?? {}
  const image = ownedImages !== null && Object.hasOwn(ownedImages, name) ? ownedImages[name] : undefined
  // A release does not say which processes only operators knew of. One of those may be younger than the release, and
  // then its pin is all that says what it runs.
  const keepsImage = ownedImages === null || (says === null && image === undefined)
  return operations.reduce(
    (result, operation) => operated(result, under, operation),
    keepsImage ? owned : rolledBack(owned, image),
  )
}

function actionOf(before: ProcessState, after: ProcessState, differing: readonly FieldName[]): Action {
  const kinds = new Set(differing.map((field) => FIELDS[field]))
  if (kinds.has('definition')) return 'update'
  if (kinds.has('state')) return after.spec.disabled ? 'stop' : 'start'
  if (kinds.has('count')) return 'scale'
  if (kinds.has('setting') || !sameOwners(before, after)) return 'update'
  return imagesOf(after.spec).every(({ kind }) => kind === 'pinned') ? 'pinned' : 'unchanged'
}

function sameOwners(before: ProcessState, after: ProcessState): boolean {
  return before.origin === after.origin && isDeepStrictEqual(before.owned, after.owned)
}

/** New instances take the place of old ones only where some are wanted before and after. */
function replaces(
  before: ProcessSpec,
  after: ProcessSpec,
  differing: readonly FieldName[],
  engine: EngineRules,
): boolean {
  const kinds = new Set(differing.map((field) => FIELDS[field]))
  return (
    instanceCount(before) > 0 &&
    instanceCount(after) > 0 &&
    (kinds.has('definition') || (kinds.has('count') && engine.countsReplace(before, after)))
  )
}

function removal(before: ProcessState): Difference {
  return {
    name: before.spec.name,
    action: 'remove',
    replaces: false,
    stopped: false,
    fields: [],
    kept: [],
    before,
    after: null,
  }
}

function pinned(reference: string): Image {
  return { kind: 'pinned', reference }
}

/** Without its instances: those come and go while nothing about the process changes. */
function stateOf({ spec, owned, origin }: ProcessState): ProcessState {
  return { spec, owned, origin }
}
