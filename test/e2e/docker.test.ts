import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

import { execa } from 'execa'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { dockerAnswers } from '../../src/engine/local/container.ts'
import { BUSYBOX } from '../engine/ecs/images/real-docker.ts'
import { SHOP, shop, web } from './apps.ts'
import { World } from './world.ts'

const IMAGE = 'gantry-test/relay:1'
const answers = (await dockerAnswers()) && existsSync(BUSYBOX)

/** A web server of nothing but busybox; says `sick` to its health check when /tmp/sick is there. */
const DOCKERFILE = `FROM scratch
COPY busybox /bin/busybox
COPY index.html /www/index.html
CMD ["/bin/busybox", "sh", "-c", "exec /bin/busybox httpd -f -p $PORT -h /www"]
`

describe.skipIf(!answers)('a process whose image is a container, where a Docker engine answers', () => {
  let world: World
  beforeAll(async () => {
    world = await World.create()
    const folder = join(world.folder, 'image')
    await mkdir(folder)
    await copyFile(BUSYBOX, join(folder, 'busybox'))
    await writeFile(join(folder, 'index.html'), 'from a container')
    await writeFile(join(folder, 'Dockerfile'), DOCKERFILE)
    await execa('docker', ['build', '--quiet', '--tag', IMAGE, folder])
  }, 60_000)
  afterAll(async () => {
    await world[Symbol.asyncDispose]()
    await execa('docker', ['image', 'rm', '--force', IMAGE])
  })

  const relay = `  relay:
    image: ${IMAGE}
    expose: public
    port: 8080
    env: {SECRET_SAUCE: ketchup}
    health_check: {command: [/bin/busybox, test, -e, /www/index.html], interval: 1s}
`

  it('runs beside the built ones, is reached through the proxy, and is left alone by later pushes', async () => {
    const checkout = await world.createApp('mixed')
    const { ok, output } = await checkout.deploy(shop('1', `${SHOP}${relay}`))
    expect(ok, output).toBe(true)
    expect(await world.open('relay--mixed')).toEqual({ status: 200, body: 'from a container' })
    const before = await world.up('mixed')
    expect((await checkout.deploy({ 'web.mjs': web('2') })).ok).toBe(true)
    expect((await world.up('mixed'))['relay']).toEqual(before['relay'])
    const { stdout } = await execa('ps', ['axww', '-o', 'args'])
    expect(stdout).not.toContain('ketchup')
  })

  it('is gone with its process, and a crash of the server leaves no container', async () => {
    const checkout = await world.createApp('gone')
    await checkout.deploy(shop('1', `${SHOP}${relay}`))
    const containers = async (): Promise<number> =>
      (await execa('docker', ['ps', '--quiet', '--filter', `ancestor=${IMAGE}`])).stdout
        .split('\n')
        .filter(Boolean).length
    const running = await containers()
    await world.kill()
    await world.start()
    await expect.poll(async () => (await world.open('relay--gone')).status, { timeout: 15_000 }).toBe(200)
    // Those of another app come back on their own time.
    await expect.poll(containers).toBe(running)
    expect((await checkout.deploy({ 'gantry.yml': SHOP }, '--push-option=allow-remove')).ok).toBe(true)
    expect(await containers()).toBe(running - 1)
  }, 60_000)
})

it.skipIf(answers)(
  'without a Docker engine, a container image is refused before anything changes',
  async () => {
    await using world = await World.create()
    const checkout = await world.createApp('none')
    const { ok, output } = await checkout.deploy(shop('1', `${SHOP}  relay: {image: "${IMAGE}"}\n`))
    expect(ok).toBe(false)
    expect(output).toContain('no Docker engine answers')
    expect((await world.running('none')).processes).toEqual([])
  },
)
