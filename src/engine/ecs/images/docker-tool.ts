import { CancelledError, UserError } from '../../../app/errors.ts'
import { docker } from '../../docker.ts'

/** Seconds. */
const QUICK = 20

/** What a machine builds images with. */
export type DockerTool =
  /** The plugin. `keepsLayers`: whether its builder can keep layers in a registry. */
  | { kind: 'buildx'; driver: string; keepsLayers: boolean }
  /** `docker build` of Docker 18.09 to 22, which has BuildKit in itself. */
  | { kind: 'buildkit' }
  /** `docker build` as it was before BuildKit. */
  | { kind: 'classic' }

/**
 * Looks for what there is. Makes no builder: one with another driver needs an image of BuildKit, and would stay.
 *
 * @param env laid over the environment of `docker`
 * @throws UserError where no Docker engine answers; CancelledError
 */
export async function findTool(
  env: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<DockerTool> {
  const ask = (args: readonly string[], more = {}) =>
    docker(args, { timeout: QUICK, signal, env: { ...env, ...more } })
  const buildx = await ask(['buildx', 'inspect'])
  const driver = buildx.ok ? /^Driver:\s*(\S+)/m.exec(buildx.output)?.[1] : undefined
  if (driver !== undefined && driver !== 'docker') return { kind: 'buildx', driver, keepsLayers: true }
  const engine = await ask(['version', '--format', '{{.Server.Version}}'])
  if (signal.aborted) throw new CancelledError('cancelled before the image was built')
  if (!engine.ok) {
    throw new UserError(`images are built with Docker, and no engine answers: ${engine.last}`, {
      hint: 'start Docker, or deploy from a machine that has it',
    })
  }
  if (driver !== undefined) {
    // https://docs.docker.com/build/cache/backends/: this driver can with containerd's image store, and only then.
    const store = await ask(['info', '--format', '{{json .DriverStatus}}'])
    return { kind: 'buildx', driver, keepsLayers: store.output.includes('io.containerd.snapshotter') }
  }
  // Told by the options that it offers: without BuildKit it hides this one, and from Docker 23 on it fails.
  const help = await ask(['build', '--help'], { DOCKER_BUILDKIT: '1' })
  return { kind: help.ok && help.output.includes('--secret') ? 'buildkit' : 'classic' }
}

/** A sentence for the log: what builds, and why not something better. */
export function describeTool(tool: DockerTool): string {
  if (tool.kind === 'buildx') {
    return `built with docker buildx, driver ${tool.driver}: ${
      tool.keepsLayers
        ? 'layers are kept in the registry for the next build'
        : 'it cannot keep layers in the registry; `docker buildx create --use`, in a workflow docker/setup-buildx-action, makes a builder that can'
    }`
  }
  const how = tool.kind === 'buildkit' ? 'its BuildKit' : 'its former builder, which knows no build secrets'
  return `built with docker build, as docker buildx is not installed: by ${how}; layers are kept on this machine only`
}
