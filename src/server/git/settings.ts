import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

import type { GitSetting } from '../../git/environment.ts'

// All of it is said anew to every git that serves, and nothing is kept in the repositories: one that was made by an
// older Gantry, or moved here, is served by the rules of this one. What each setting is for: git-push.md §2.13.

const READ_ONLY: readonly GitSetting[] = [
  ['uploadpack.allowFilter', 'false'],
  ['uploadpack.allowTipSHA1InWant', 'false'],
  ['uploadpack.allowReachableSHA1InWant', 'false'],
  ['uploadpack.allowAnySHA1InWant', 'false'],
]

/** Refs that only Gantry makes. */
export const HIDDEN_REFS: readonly string[] = ['refs/gantry', 'refs/pull']

const HIDE: readonly GitSetting[] = HIDDEN_REFS.map((ref) => ['transfer.hideRefs', ref])

/** For showing refs, and for fetching. */
export const READ_SETTINGS: readonly GitSetting[] = [
  ...READ_ONLY,
  ...HIDE,
  ['receive.advertisePushOptions', 'true'],
  ['receive.advertiseAtomic', 'true'],
]

/**
 * For receiving. Refs are not hidden here: git would answer for them itself and hand the others to the hook, which
 * could then deploy a part of an atomic push. For the same reason names outside `refs/` are handed over as well.
 *
 * @param maxInputSize bytes of a pack
 */
export function receiveSettings(maxInputSize: number): readonly GitSetting[] {
  return [
    ['core.hooksPath', hooksFolder()],
    ['transfer.fsckObjects', 'true'],
    ['receive.maxInputSize', String(maxInputSize)],
    ['receive.advertisePushOptions', 'true'],
    ['receive.advertiseAtomic', 'true'],
    ['receive.procReceiveRefs', 'refs'],
    // Added, deleted, modified and not below refs.
    ['receive.procReceiveRefs', 'adm!:refs'],
    ['receive.shallowUpdate', 'false'],
    ['receive.autogc', 'false'],
  ]
}

/** `hooks/` of this package, looked for upwards: this file is in `src/server/git/` or bundled into `dist/`. */
function hooksFolder(): string {
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    const hooks = join(folder, 'hooks')
    if (existsSync(join(hooks, 'proc-receive'))) return hooks
    if (folder === dirname(folder)) throw new Error('the hooks of the package are missing')
  }
}
