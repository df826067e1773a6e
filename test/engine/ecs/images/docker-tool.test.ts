import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'

import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import { dockerBuilder } from '../../../../src/engine/ecs/images/docker-builder.ts'
import { describeTool, findTool } from '../../../../src/engine/ecs/images/docker-tool.ts'
import { BUILD } from '../../../app/fixtures.ts'

const SIGNAL = new AbortController().signal
const ENGINE = { version: '28.2.2' }
/** As in https://docs.docker.com/reference/cli/docker/buildx/inspect/ */
const inspected = (driver: string) =>
  `Name:          gantry\nDriver:        ${driver}\nLast Activity: 2026-11-20\n\nNodes:\nName:     gantry0\nEndpoint: unix:///var/run/docker.sock\nStatus:   running`
let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gantry-tool-'))
  vi.stubEnv('PATH', `${folder}${delimiter}${process.env['PATH']}`)
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(folder, { recursive: true, force: true })
})

/**
 * Puts a program in the place of `docker` that answers by its first words as the real one of some machine does, fails
 * where it has no answer, and writes down with what it was called.
 */
async function machine(answers: Record<string, string>): Promise<void> {
  const cases = Object.entries(answers).map(([words, text]) => `'${words}'*) cat <<'END'\n${text}\nEND\n;;`)
  const script = `#!/bin/sh
env > '${folder}/environment'
printf '%s\\n' "$@" > '${folder}/arguments'
[ ! -e "$DOCKER_CONFIG/config.json" ] || cp "$DOCKER_CONFIG/config.json" '${folder}/config'
[ ! -e "$DOCKER_CONFIG/contexts/meta" ] || cp "$DOCKER_CONFIG/contexts/meta" '${folder}/context'
case "$*" in
${cases.join('\n')}
*) echo "docker: unknown command: docker $1" >&2; exit 1 ;;
esac
`
  await writeFile(join(folder, 'docker'), script)
  await chmod(join(folder, 'docker'), 0o755)
}

it('builds with the builder that was chosen for buildx, which can keep layers in the registry', async () => {
  await machine({ 'buildx inspect': inspected('docker-container') })
  const tool = await findTool({}, SIGNAL)
  expect(tool).toEqual({ kind: 'buildx', driver: 'docker-container', keepsLayers: true })
  expect(describeTool(tool)).toContain(
    'docker buildx, driver docker-container: layers are kept in the registry',
  )
})

it.each([
  ['overlay2', '[["Backing Filesystem","extfs"]]', false],
  ['of containerd', '[["driver-type","io.containerd.snapshotter.v1"]]', true],
])(
  'knows that the driver of the engine keeps layers by its image store: %s',
  async (_, status, keepsLayers) => {
    await machine({ 'buildx inspect': inspected('docker'), version: ENGINE.version, info: status })
    const tool = await findTool({}, SIGNAL)
    expect(tool).toEqual({ kind: 'buildx', driver: 'docker', keepsLayers })
    expect(describeTool(tool)).toContain(
      keepsLayers ? 'are kept in the registry' : 'docker/setup-buildx-action',
    )
  },
)

it('builds with plain docker build where there is no buildx, with BuildKit if docker has it in itself', async () => {
  const help =
    'Usage:  docker build [OPTIONS] PATH\n      --secret stringArray   Secret file to expose to the build'
  await machine({ version: ENGINE.version, 'build --help': help })
  const tool = await findTool({}, SIGNAL)
  expect(tool).toEqual({ kind: 'buildkit' })
  expect(await readFile(join(folder, 'environment'), 'utf8')).toContain('DOCKER_BUILDKIT=1')
  expect(describeTool(tool)).toContain('docker buildx is not installed')
})

it('falls back to the builder before BuildKit', async () => {
  await machine({ version: ENGINE.version })
  expect(await findTool({}, SIGNAL)).toEqual({ kind: 'classic' })
  await machine({ version: ENGINE.version, 'build --help': 'Usage:  docker build [OPTIONS] PATH' })
  expect(await findTool({}, SIGNAL)).toEqual({ kind: 'classic' })
})

it('says that there is no engine, whatever plugins there are', async () => {
  await machine({})
  await expect(findTool({}, SIGNAL)).rejects.toThrow(
    'no engine answers: docker: unknown command: docker version',
  )
  await machine({ 'buildx inspect': inspected('docker') })
  await expect(findTool({}, SIGNAL)).rejects.toThrow('no engine answers')
})

it('keeps to what the user chose: logins, the context of the engine, the builder of buildx', async () => {
  const users = join(folder, 'users')
  await mkdir(join(users, 'contexts'), { recursive: true })
  await writeFile(join(users, 'contexts', 'meta'), 'desktop')
  const settings = {
    currentContext: 'desktop',
    credsStore: 'desktop',
    auths: { 'ghcr.io': { auth: 'theirs' } },
  }
  await writeFile(join(users, 'config.json'), JSON.stringify(settings))
  vi.stubEnv('DOCKER_CONFIG', users)
  vi.stubEnv('BUILDX_BUILDER', 'mine')
  vi.stubEnv('SOME_TOKEN', 'not for docker')
  await machine({ 'buildx inspect': inspected('remote'), 'buildx build': '#1 DONE' })
  const lines: string[] = []
  await dockerBuilder.build(
    {
      context: folder,
      build: BUILD,
      reference: 'r/shop:key',
      cache: 'r/shop:cache-1',
      secrets: {},
      anew: false,
      login: { registry: 'r', auth: 'ours' },
    },
    { signal: SIGNAL, log: (line) => lines.push(line) },
  )
  expect(lines).toEqual([expect.stringContaining('driver remote'), '#1 DONE'])
  const config: unknown = JSON.parse(await readFile(join(folder, 'config'), 'utf8'))
  expect(config).toMatchObject({
    currentContext: 'desktop',
    credsStore: 'desktop',
    auths: { 'ghcr.io': { auth: 'theirs' }, r: { auth: 'ours' } },
    credHelpers: { r: '' },
  })
  expect(await readFile(join(folder, 'context'), 'utf8')).toBe('desktop')
  const environment = await readFile(join(folder, 'environment'), 'utf8')
  expect(environment).toContain('BUILDX_BUILDER=mine\n')
  expect(environment).toContain(`BUILDX_CONFIG=${join(users, 'buildx')}\n`)
  expect(environment).not.toContain('SOME_TOKEN')
  expect(await readFile(join(users, 'contexts', 'meta'), 'utf8')).toBe('desktop')
  expect(await readFile(join(users, 'config.json'), 'utf8')).toBe(JSON.stringify(settings))
})
