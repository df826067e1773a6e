import { expect } from 'vitest'

import type { App, Process } from '../../../../src/app/app.ts'
import { adapt } from '../../../../src/engine/ecs/adapt.ts'
import { openAccount } from '../../../../src/engine/ecs/open.ts'
import { verify } from '../../../../src/engine/ecs/verify/verify.ts'
import type { Check } from '../../../../src/engine/check.ts'
import type { FakeAws } from '../../../fakes/aws/fake-aws.ts'
import { aProcess } from '../../../plan/fixtures.ts'
import { awsOf } from '../aws.ts'

export const PINNED = { image: 'ghcr.io/acme/shop:1' }
export const web = (more: Partial<Process> = {}): Process => aProcess('web', { ...PINNED, ...more })

/** What is said of a subject when this app is looked at. */
export async function checksOf(fake: FakeAws, subject: string, app: App): Promise<Check[]> {
  const account = openAccount({ region: null, cluster: null }, { clock: fake.clock, aws: awsOf(fake) })
  const options = { readSecrets: false, signal: new AbortController().signal }
  const checks = await verify(account, adapt(app).app, options)
  return checks.filter((each) => each.subject === subject)
}

/** The same where there is to be one line. */
export async function checkOf(fake: FakeAws, subject: string, app: App): Promise<Check> {
  const found = await checksOf(fake, subject, app)
  expect(found).toHaveLength(1)
  return found[0]!
}
