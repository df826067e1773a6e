import pLimit from 'p-limit'

import { CancelledError } from '../app/errors.ts'
import type { Plan } from '../plan/types.ts'
import type { Work } from './deploy.ts'
import type { Wanted } from './prepare.ts'

/** Builds compete for the same disk and cores. */
const BUILDS_AT_ONCE = 2

/** Makes the images that the plan needs and that do not exist. Content key to digest. */
export async function buildImages(work: Work, wanted: Wanted, plan: Plan): Promise<Map<string, string>> {
  const { engine, app, emit } = work
  const digests = new Map<string, string>()
  const failed = new AbortController()
  const signal = AbortSignal.any([work.signal, failed.signal])
  const limit = pLimit(BUILDS_AT_ONCE)
  const builds = plan.images.map(({ key, action, used_by }) =>
    limit(async () => {
      if (action === 'reuse') {
        emit({ type: 'image.reused', key, used_by })
        return
      }
      if (signal.aborted) throw new CancelledError('cancelled before the image was built')
      const request = wanted.requests.get(key)
      if (request === undefined) throw new Error(`no source for image ${key}`)
      const { files, bytes } = request.source
      emit({ type: 'image.building', key, files, bytes })
      const began = performance.now()
      const made = await engine.makeImage(app, request, {
        signal,
        log: (line) => emit({ type: 'image.log', key, line }),
      })
      digests.set(key, made.digest)
      emit({ type: 'image.built', key, seconds: (performance.now() - began) / 1_000 })
    }).catch((error: unknown) => {
      failed.abort()
      throw error
    }),
  )
  // All of them have to end before anything else happens; the first failure is the reason.
  const results = await Promise.allSettled(builds)
  const reasons = results.flatMap((each) => (each.status === 'rejected' ? [each.reason as unknown] : []))
  const first = reasons.find((reason) => !(reason instanceof CancelledError)) ?? reasons[0]
  if (first !== undefined) throw first
  return digests
}
