import { expect, it } from 'vitest'

import type { BuildRequest } from '../../../../src/engine/ecs/images/builder.ts'
import { buildCall } from '../../../../src/engine/ecs/images/docker-arguments.ts'
import { BUILD } from '../../../app/fixtures.ts'

const BUILDX = { kind: 'buildx', driver: 'docker-container', keepsLayers: true } as const
const request = (more: Partial<BuildRequest> = {}): BuildRequest => ({
  context: '/context',
  build: BUILD,
  reference: 'r/shop:key',
  cache: 'r/shop:cache-1',
  secrets: {},
  anew: false,
  login: { registry: 'r', auth: '' },
  ...more,
})

it('hands what a repository says on as words, none of which can be an option of docker', () => {
  const build = { ...BUILD, dockerfile: '--privileged', target: '--x', args: { A: '$(reboot)' } }
  const { args } = buildCall({ kind: 'classic' }, request({ build }))
  expect(args).toEqual([
    'build',
    '--tag=r/shop:key',
    '--file=/context/--privileged',
    '--target=--x',
    '--build-arg=A=$(reboot)',
    '--',
    '/context',
  ])
})

it('pushes with buildx in one step: one manifest, and layers from and to the registry', () => {
  const { args } = buildCall(BUILDX, request({ build: { ...BUILD, platform: 'linux/arm64' } }))
  expect(args).toEqual([
    'buildx',
    'build',
    '--push',
    '--progress=plain',
    '--provenance=false',
    '--sbom=false',
    '--cache-from=type=registry,ref=r/shop:cache-1',
    '--cache-to=type=registry,ref=r/shop:cache-1,mode=max,image-manifest=true,oci-mediatypes=true,ignore-error=true',
    '--tag=r/shop:key',
    '--file=/context/Dockerfile',
    '--platform=linux/arm64',
    '--',
    '/context',
  ])
})

it('asks no builder for a cache that it cannot write', () => {
  const { args } = buildCall({ ...BUILDX, driver: 'docker', keepsLayers: false }, request())
  expect(args.filter((word) => word.includes('cache'))).toEqual([])
})

it('makes an image anew without layers and base images that are there', () => {
  for (const tool of [BUILDX, { kind: 'buildkit' } as const, { kind: 'classic' } as const]) {
    expect(buildCall(tool, request({ anew: true })).args).toEqual(
      expect.arrayContaining(['--pull', '--no-cache']),
    )
    expect(buildCall(tool, request()).args).not.toContain('--no-cache')
  }
})

it('gives values of secrets in variables of its own, whatever the variable was called that they came from', () => {
  const { args, env } = buildCall(BUILDX, request({ secrets: { npm: 'one', 'pip.conf': 'two' } }))
  expect(args.filter((word) => word.startsWith('--secret'))).toEqual([
    '--secret=id=npm,env=GANTRY_BUILD_SECRET_0',
    '--secret=id=pip.conf,env=GANTRY_BUILD_SECRET_1',
  ])
  expect(args.join(' ')).not.toMatch(/one|two/)
  expect(env).toMatchObject({ GANTRY_BUILD_SECRET_0: 'one', GANTRY_BUILD_SECRET_1: 'two' })
})

it('turns BuildKit on where docker has it in itself, and off for the builder before it', () => {
  expect(buildCall({ kind: 'buildkit' }, request()).env['DOCKER_BUILDKIT']).toBe('1')
  expect(buildCall({ kind: 'classic' }, request()).env['DOCKER_BUILDKIT']).toBe('0')
})
