import pLimit from 'p-limit'

import { CancelledError } from '../app/errors.ts'
import { secretValues } from '../build/secrets.ts'
import type { ImageRequest } from '../engine/engine.ts'
import type { Plan } from '../plan/types.ts'
import type { Work } from './deploy.ts'
import type { Wanted } from './prepare.ts'

/** Builds compete for the same disk and cores. */
const BUILDS_AT_ONCE = 2

/** Makes the images that the plan needs and that do not exist, side by side. Content key to digest. */
export async function buildImages(work: Work, wanted: Wanted, plan: Plan): Promise<Map<string, string>> {
  for (const { action, key, used_by } of plan.images) {
    if (action === 'reuse') work.emit({ type: 'image.reused', key, used_by })
  }
  // All of them before the first one is built: what is missing for the last one is said at once.
  const requests = plan.images
    .filter(({ action }) => action !== 'reuse')
    .map(({ key }) => completed(key, wanted))
  const digests = new Map<string, string>()
  const failed = new AbortController()
  const signal = AbortSignal.any([work.signal, failed.signal])
  const limit = pLimit(BUILDS_AT_ONCE)
  const builds = requests.map((request) =>
    limit(async () => {
      digests.set(request.key, await makeImage(work, request, signal))
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

/** The request of a key with what only whoever builds has to know. */
function completed(key: string, { requests, rebuild, buildEnvironment }: Wanted): ImageRequest {
  const request = requests.get(key)
  if (request === undefined) throw new Error(`no source for image ${key}`)
  return { ...request, anew: rebuild.has(key), secrets: secretValues(request.build, buildEnvironment) }
}

async function makeImage(
  { engine, app, emit }: Work,
  request: ImageRequest,
  signal: AbortSignal,
): Promise<string> {
  if (signal.aborted) throw new CancelledError('cancelled before the image was built')
  const { key, source } = request
  emit({ type: 'image.building', key, files: source.files, bytes: source.bytes })
  const began = performance.now()
  const log = (line: string): void => emit({ type: 'image.log', key, line })
  const { digest } = await engine.makeImage(app, request, { signal, log })
  emit({ type: 'image.built', key, seconds: (performance.now() - began) / 1_000 })
  return digest
}
