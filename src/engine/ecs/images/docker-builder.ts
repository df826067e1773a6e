import { join } from 'node:path'

import { CancelledError, DeployError, UserError } from '../../../app/errors.ts'
import { docker } from '../../docker.ts'
import type { ImageIo } from '../../engine.ts'
import type { Builder, BuildRequest } from './builder.ts'
import { withLogin } from './docker-config.ts'

/** Seconds. */
const QUICK = 10
const BUILD_TIMEOUT = 3_600
const PUSH_TIMEOUT = 1_800

/** Builds with the Docker engine that answers here. */
export const dockerBuilder: Builder = {
  async build(request, io) {
    const { reference, login } = request
    await checkEngine()
    await withLogin(login, async (config) => {
      const env = { DOCKER_CONFIG: config }
      await step(buildArguments(request), { ...io, timeout: BUILD_TIMEOUT, env, doing: 'build' })
      await step(['push', '--', reference], { ...io, timeout: PUSH_TIMEOUT, env, doing: 'push' })
    })
    // It is in the registry now; a machine that deploys often would fill up with copies.
    await docker(['image', 'rm', '--', reference], { timeout: QUICK })
  },
}

/** Words, never a shell line: all of this comes from a repository. */
export function buildArguments({ context, build, reference }: BuildRequest): string[] {
  return [
    'build',
    `--tag=${reference}`,
    `--file=${join(context, build.dockerfile ?? 'Dockerfile')}`,
    ...(build.platform === null ? [] : [`--platform=${build.platform}`]),
    ...(build.target === null ? [] : [`--target=${build.target}`]),
    ...Object.entries(build.args).map(([name, value]) => `--build-arg=${name}=${value}`),
    '--',
    context,
  ]
}

async function checkEngine(): Promise<void> {
  const answer = await docker(['version', '--format', '{{.Server.Version}}'], { timeout: QUICK })
  if (answer.ok) return
  throw new UserError(`images are built with Docker, and no engine answers: ${answer.last}`, {
    hint: 'start Docker, or deploy from a machine that has it',
  })
}

async function step(
  args: readonly string[],
  {
    signal,
    log,
    timeout,
    env,
    doing,
  }: ImageIo & { timeout: number; env: Record<string, string>; doing: 'build' | 'push' },
): Promise<void> {
  const result = await docker(args, { timeout, signal, log, env })
  if (signal.aborted) throw new CancelledError('cancelled while the image was made')
  if (result.ok) return
  throw new DeployError(`docker ${doing} failed: ${result.last}`, {
    hint:
      doing === 'build'
        ? 'the lines above say where; `docker build` in a clean clone should fail in the same way'
        : 'the lines above say why: is the registry reachable, and may you write to the repository?',
  })
}
