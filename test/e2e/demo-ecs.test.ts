import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { execa } from 'execa'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { dockerAnswers } from '../../src/engine/local/container.ts'

const DEMO = join(import.meta.dirname, '..', '..', 'scripts', 'demo-ecs', 'demo.ts')
const NOWHERE = 'unix:///nowhere/docker.sock'

const cases = [
  { where: 'without a Docker engine', env: { DOCKER_HOST: NOWHERE }, runs: true },
  { where: 'with one', env: {}, runs: await dockerAnswers() },
]

describe.concurrent.each(cases)('the demo on ECS, $where', ({ env, runs }) => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gantry-test-'))
  })
  afterAll(() => rm(folder, { recursive: true }))

  it.skipIf(!runs)(
    'plays to its end, says what it could not do, and leaves nothing behind',
    async () => {
      const comment = join(folder, 'comment.md')
      const tmp = await mkdtemp(join(folder, 'tmp-'))
      const { exitCode, all } = await execa(process.execPath, [DEMO, '--exit', '--comment', comment], {
        // Accounts and servers of whoever runs this are none of its business.
        env: { ...env, TMPDIR: tmp, AWS_PROFILE: 'nobody', GANTRY_HOME: '/nowhere' },
        all: true,
        reject: false,
      })
      expect(exitCode, all).toBe(0)
      expect(all).toMatch(/Images are built for real|Images are not built: /)
      if ('DOCKER_HOST' in env) expect(all).toContain('The build is skipped: no Docker engine answers here')
      expect(all).toContain('Task migrate done')
      expect(all).toContain('UpdateService was called for parcels--default--worker alone')
      expect(all).toContain('was rolled back')
      expect(all).toContain('The worker is back on parcels--default--worker:2, and web was never touched.')
      const text = await readFile(comment, 'utf8')
      expect(text).toMatch(/^<!-- gantry: parcels\/default -->\n/)
      expect(text).toContain('demand_count 2 → 3')
      expect(await readdir(tmp)).toEqual([])
    },
    90_000,
  )
})
