import { expect, test } from 'vitest'

import type { Section } from '../../src/config/catalogue/catalogue.ts'
import { STACKTAPE_KEYS } from '../../src/config/stacktape/keys.ts'
import { processOf, read } from './files.ts'

const IMAGE = 'packaging: {type: prebuilt-image, properties: {image: a}}'
const SIZE = 'resources: {cpu: 0.25, memory: 512}'
const service = (type: string, more: string) =>
  `resources: {app: {type: ${type}, properties: {${IMAGE}, ${SIZE}, ${more}}}}\n`
const job = (more: string) =>
  `resources: {app: {type: batch-job, properties: {container: {${IMAGE}}, resources: {cpu: 1}, ${more}}}}\n`
const worker = (environment: string) => service('worker-service', `environment: ${environment}`)
const warningsOf = async (text: string) => (await read({ 'stacktape.yml': text })).warnings
const NETWORK = (protocol: string) =>
  `loadBalancing: {type: network-load-balancer, properties: {ports: [{port: 80, protocol: ${protocol}}]}}`

/** The titles and keys of a section, and of those below it, that warn without a hint. */
function withoutHint(section: Section, seen = new Set<Section>()): string[] {
  if (seen.has(section)) return []
  seen.add(section)
  return Object.entries(section.keys).flatMap(([key, { fate, hint, section: below, variants }]) => [
    ...(fate !== 'honoured' && hint === undefined ? [`${section.title}: ${key}`] : []),
    ...[below ?? [], Object.values(variants?.sections ?? {})]
      .flat()
      .flatMap((each) => withoutHint(each, seen)),
  ])
}

test('every key that is not honoured says what to do about it', () => {
  expect(withoutHint(STACKTAPE_KEYS.root)).toEqual([])
})

test.each([
  ['no cdn', service('web-service', 'cdn: {enabled: false, cachingOptions: {}}')],
  ['no cors', service('web-service', 'cors: {enabled: false}')],
  ['one attempt', job('retryConfig: {attempts: 1}')],
  ['ten versions', `deploymentConfig: {previousVersionsToKeep: 10}\n${worker('[]')}`],
  ['no protection', `deploymentConfig: {terminationProtection: false}\n${worker('[]')}`],
])('what happens anyway is asked for without a warning: %s', async (_, text) => {
  expect(await warningsOf(text)).toEqual([])
})

test('what does not happen is asked for with one', async () => {
  for (const text of [
    service('web-service', 'cdn: {enabled: true}'),
    service('web-service', 'cdn: {}, cors: {allowedOrigins: ["*"]}'),
    job('retryConfig: {attempts: 2}'),
    `deploymentConfig: {previousVersionsToKeep: 3}\n${worker('[]')}`,
  ]) {
    expect(await warningsOf(text)).toHaveLength(1)
  }
})

test('connections to a network load balancer are TCP as they are here, and TLS ends there', async () => {
  const about = async (protocol: string) =>
    (await warningsOf(service('web-service', NETWORK(protocol)))).filter((each) =>
      each.path?.endsWith('protocol'),
    )
  expect(await about('TCP')).toEqual([])
  expect(await about('TLS')).toHaveLength(1)
})

test('an event that starts no task is told once [SW-13]', async () => {
  const warnings = await warningsOf(job('events: [{type: sqs, properties: {sqsQueueName: a}}]'))
  expect(warnings).toMatchObject([
    {
      message:
        'resources.app.properties.events[0] is not supported: only a schedule, a deployment or a person starts a task',
      hint: 'Let a process wait for it, or give the job a schedule.',
    },
  ])
})

test('a variable without quotes is passed as it is written, and told where Stacktape passes another text [SW-24]', async () => {
  const value = (name: string, text: string) => `{name: ${name}, value: ${text}}`
  const written = { A: '1.10', B: '0x1F', C: '1e3', D: 'True', E: '25', F: 'false', G: '2.5', H: '"1.10"' }
  const list = Object.entries(written).map(([name, text]) => value(name, text))
  const { app, warnings } = await read({ 'stacktape.yml': worker(`[${list.join(', ')}]`) })
  expect(processOf(app, 'app').env).toEqual({ ...written, H: '1.10' })
  expect(warnings.map((each) => each.path?.replace(/.*environment/, ''))).toEqual([
    '[0].value',
    '[1].value',
    '[2].value',
    '[3].value',
  ])
  expect(warnings[0]).toMatchObject({
    message:
      'resources.app.properties.environment[0].value is approximated: the code gets it as it is written; Stacktape makes a number, true or false of it first',
    hint: 'Put it in quotes, as the code is to get it.',
  })
})
