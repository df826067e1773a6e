import { execa } from 'execa'

import type { App } from '../../app/app.ts'
import { imageUsers } from '../../app/image-users.ts'
import { failed, ok, type Check } from '../check.ts'
import { dockerAnswers } from './container.ts'

/** Images of this engine itself, which needs nothing else to run them. */
const OWN = /^(?:key:[0-9a-f]+|release:v\d+)$/

/** What this machine needs to run an app, should the server be on it: git, and Docker where an image is a container's. */
export async function verify(app: App): Promise<Check[]> {
  const images = imageUsers(app).flatMap(({ image }) => (image === null || OWN.test(image) ? [] : image))
  return Promise.all([gitCheck(), ...[...new Set(images)].map(imageCheck)])
}

async function gitCheck(): Promise<Check> {
  const { failed: isMissing, stdout } = await execa('git', ['--version'], { reject: false })
  return isMissing ? failed('git', 'it was not found', 'install it, or put it into PATH') : ok('git', stdout)
}

async function imageCheck(reference: string): Promise<Check> {
  return (await dockerAnswers())
    ? ok(`image ${reference}`, 'a Docker engine answers, which fetches it when it is missing')
    : failed(`image ${reference}`, 'no Docker engine answers', 'start Docker, or leave `image` out')
}
