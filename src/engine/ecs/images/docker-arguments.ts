import { join } from 'node:path'

import type { BuildRequest } from './builder.ts'
import type { DockerTool } from './docker-tool.ts'

/** What `docker` is called with: words, never a shell line, as nearly all of this comes from a repository. */
export interface DockerCall {
  args: string[]
  /** Laid over its environment. Values of secrets are here: what is in arguments, everybody on the machine can read. */
  env: Record<string, string>
}

/** How to build. With buildx it is pushed in the same step, without a copy in the engine's own store. */
export function buildCall(tool: DockerTool, request: BuildRequest): DockerCall {
  const { context, build, reference, anew } = request
  const secrets = Object.entries(request.secrets).map(([id, value], index) => ({
    id,
    value,
    variable: `GANTRY_BUILD_SECRET_${index}`,
  }))
  return {
    args: [
      ...(tool.kind === 'buildx'
        ? ['buildx', 'build', '--push', ...buildxOptions(tool, request)]
        : ['build']),
      `--tag=${reference}`,
      `--file=${join(context, build.dockerfile ?? 'Dockerfile')}`,
      ...(build.platform === null ? [] : [`--platform=${build.platform}`]),
      ...(build.target === null ? [] : [`--target=${build.target}`]),
      ...Object.entries(build.args).map(([name, value]) => `--build-arg=${name}=${value}`),
      ...secrets.map(({ id, variable }) => `--secret=id=${id},env=${variable}`),
      ...(anew ? ['--pull', '--no-cache'] : []),
      '--',
      context,
    ],
    env: {
      DOCKER_BUILDKIT: tool.kind === 'classic' ? '0' : '1',
      BUILDKIT_PROGRESS: 'plain',
      ...Object.fromEntries(secrets.map(({ variable, value }) => [variable, value])),
    },
  }
}

/**
 * An attestation would make an index of every image, with entries that no tag names. ECR takes a cache only as an image
 * manifest: https://aws.amazon.com/blogs/containers/announcing-remote-cache-support-in-amazon-ecr-for-buildkit-clients/
 */
function buildxOptions(tool: DockerTool & { kind: 'buildx' }, { cache }: BuildRequest): string[] {
  const to = `type=registry,ref=${cache},mode=max,image-manifest=true,oci-mediatypes=true,ignore-error=true`
  return [
    '--progress=plain',
    '--provenance=false',
    '--sbom=false',
    ...(tool.keepsLayers ? [`--cache-from=type=registry,ref=${cache}`, `--cache-to=${to}`] : []),
  ]
}
