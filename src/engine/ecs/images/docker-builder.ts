import { CancelledError, DeployError, UserError } from '../../../app/errors.ts'
import { createRedactor } from '../../../app/redact.ts'
import { docker } from '../../docker.ts'
import type { ImageIo } from '../../engine.ts'
import type { Builder, BuildRequest } from './builder.ts'
import { buildCall, type DockerCall } from './docker-arguments.ts'
import { withLogin } from './docker-config.ts'
import { describeTool, findTool, type DockerTool } from './docker-tool.ts'

/** Seconds. */
const QUICK = 10
const BUILD_TIMEOUT = 3_600
const PUSH_TIMEOUT = 1_800

/** Builds with the Docker of this machine, the best way that it has. */
export const dockerBuilder: Builder = {
  async build(request, io) {
    const redact = createRedactor(Object.values(request.secrets))
    const doing = { ...io, redact }
    await withLogin(request.login, async (env) => {
      const tool = await findTool(env, io.signal)
      checkSecrets(tool, request)
      io.log(describeTool(tool))
      const build = buildCall(tool, request)
      await step('build', { ...build, env: { ...env, ...build.env } }, doing)
      if (tool.kind !== 'buildx') await step('push', { args: ['push', '--', request.reference], env }, doing)
      await tidyUp(tool, request, env)
    })
  },
}

function checkSecrets({ kind }: DockerTool, { build }: BuildRequest): void {
  const ids = Object.keys(build.secrets)
  if (kind !== 'classic' || ids.length === 0) return
  throw new UserError(
    `the build secret ${ids[0]} needs BuildKit, which the docker command of this machine does not have`,
    { hint: 'install the plugin docker-buildx' },
  )
}

async function step(
  doing: 'build' | 'push',
  { args, env }: DockerCall,
  { signal, log, redact }: ImageIo & { redact: (line: string) => string },
): Promise<void> {
  const timeout = doing === 'build' ? BUILD_TIMEOUT : PUSH_TIMEOUT
  const result = await docker(args, { timeout, signal, env, log: (line) => log(redact(line)) })
  if (signal.aborted) throw new CancelledError('cancelled while the image was made')
  if (result.ok) return
  throw new DeployError(`docker ${doing} failed: ${redact(result.last)}`, {
    hint:
      doing === 'build'
        ? 'the lines above say where; `docker build` in a clean clone should fail in the same way'
        : 'the lines above say why: is the registry reachable, and may you write to the repository?',
  })
}

/**
 * The image is in the registry now; a machine that deploys often would fill up with its own copies. BuildKit keeps layers by
 * itself. The builder before it has them only in images, so the newest one of each kind stays.
 */
async function tidyUp(
  tool: DockerTool,
  { reference, cache }: BuildRequest,
  env: Readonly<Record<string, string>>,
): Promise<void> {
  if (tool.kind === 'buildx' && tool.driver !== 'docker') return
  const image = (...args: string[]) => docker(['image', ...args], { timeout: QUICK, env })
  if (tool.kind === 'classic') {
    await image('rm', '--', cache)
    await image('tag', '--', reference, cache)
  }
  await image('rm', '--', reference)
}
