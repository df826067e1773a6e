import { expect, test } from 'vitest'

import { problemsOf, processOf, read } from './files.ts'

const IMAGE = 'packaging: {type: prebuilt-image, properties: {image: a}}'
const SIZE = 'resources: {cpu: 0.25, memory: 512}'
const worker = (more: string) => `resources: {app: {type: worker-service, properties: {${IMAGE}, ${more}}}}\n`
const statement = (more: string) => worker(`${SIZE}, iamRoleStatements: [{Resource: ["*"]}, {${more}}]`)
const job = (size: string) =>
  `resources: {app: {type: batch-job, properties: {container: {${IMAGE}}, resources: {${size}}}}}\n`

test.each([
  [
    'iamRoleStatements[1].Effect must be one of Allow, Deny; found "allow"',
    statement('Effect: allow, Resource: ["*"]'),
    'Did you mean "Allow"?',
  ],
  ['iamRoleStatements[1].Condition must be a map; found 5', statement('Condition: 5, Resource: ["*"]')],
  [
    'iamRoleStatements[1].Condition.StringEquals.a must be a text or a list of texts; found a map',
    statement('Condition: {StringEquals: {a: {}}}, Resource: ["*"]'),
  ],
  ['iamRoleStatements[1].Resource must be a text or a list of texts; found a map', statement('Resource: {}')],
  ['iamRoleStatements must be a list of maps, each with Resource', statement('Action: [a]')],
  ['iamRoleStatements must be a list of maps, each with Resource', statement('Action: ["$CliArgs(\'x\')"]')],
  [
    'resources.app.properties.resources.memory must be a whole number from 32 to 262144; found 8',
    job('cpu: 1, memory: 8'),
  ],
  [
    'resources.app.properties.resources.instanceTypes[0] must be an EC2 instance type, such as c6g.large; found ""',
    worker('resources: {instanceTypes: [""]}'),
  ],
])(
  'what is wrong is told once, in the words of the file: %s [SW-43, SW-64]',
  async (message, text, hint?: string) => {
    const problems = await problemsOf({ 'stacktape.yml': text })
    const errors = problems.filter(({ severity }) => severity === 'error')
    expect(errors.map((each) => [each.message, each.hint])).toEqual([[message, hint]])
    expect(errors[0]?.place?.line).toBe(1)
  },
)

test('of two arguments of a build with one name the second counts, with a warning [SW-22]', async () => {
  const list = '[{argName: A, value: a}, {argName: B, value: b}, {argName: A, value: c}]'
  const packaging = `packaging: {type: custom-dockerfile, properties: {buildContextPath: ., buildArgs: ${list}}}`
  const { app, warnings } = await read({ 'stacktape.yml': worker(SIZE).replace(IMAGE, packaging) })
  expect(processOf(app, 'app').build.args).toEqual({ A: 'c', B: 'b' })
  expect(warnings).toMatchObject([
    { message: 'A is here for the second time: this value counts', hint: 'Leave out the first one.' },
  ])
})

test('a resource that is connected to twice is told once [SW-66]', async () => {
  const text = worker(`${SIZE}, connectTo: [ordersDb, files, ordersDb]`).replace(
    'resources: {',
    'resources: {ordersDb: {type: relational-database}, files: {type: bucket}, ',
  )
  const { warnings } = await read({ 'stacktape.yml': text })
  const [connect] = warnings.filter(({ path }) => path?.endsWith('connectTo'))
  expect(connect?.message).toMatch(/no variables STP_ORDERS_DB_…, STP_FILES_…$/)
})

test('connections are names [SW-66]', async () => {
  const problems = await problemsOf({ 'stacktape.yml': worker(`${SIZE}, connectTo: [{a: b}]`) })
  expect(problems.map(({ message }) => message)).toContain('connectTo must have names; found a map')
})

test('connections to nothing ask for nothing [SW-66]', async () => {
  expect((await read({ 'stacktape.yml': worker(`${SIZE}, connectTo: []`) })).warnings).toEqual([])
})
