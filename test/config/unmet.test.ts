import { describe, expect, test } from 'vitest'

import { configJson } from '../../src/report/config.ts'
import { placedProblemsOf, processOf, read } from './files.ts'

const STACK = `resources:
  db: {type: efs-filesystem}
  api:
    type: private-service
    properties:
      packaging: {type: prebuilt-image, properties: {image: a}}
      resources: {cpu: 0.25, memory: 512, instanceTypes: [c5.large]}
      connectTo: [db]
      iamRoleStatements: [{Resource: ["*"], Action: ["s3:*"]}]
`
const APP = `name: api
type: "php:8.2"
access: {ssh: contributor}
relationships: {db: "db:postgresql"}
web: {commands: {start: serve}}
`

// What a plan has of a config beside the app are these warnings, as they are.
test.each([
  [
    'Stacktape',
    { 'stacktape.yml': STACK },
    [
      ['resources.api.properties.resources.instanceTypes', 7],
      ['resources.api.properties.connectTo', 8],
      ['resources.api.properties.iamRoleStatements', 9],
    ],
  ],
  [
    'Platform.sh',
    { '.platform.app.yaml': APP },
    [
      ['access', 3],
      ['relationships', 4],
    ],
  ],
] as const)(
  'what a file of %s asks for and does not get is told to programs once, with its path, place and reason',
  async (_, files, asked) => {
    const { warnings, keys } = configJson(await read({ ...files }))
    for (const [path, line] of asked) {
      expect(warnings.filter((each) => each.path?.startsWith(path))).toEqual([
        expect.objectContaining({
          severity: 'warning',
          path: expect.stringContaining(path) as string,
          place: expect.objectContaining({ line }) as object,
          message: expect.stringMatching(/ is (?:not supported|approximated): ./) as string,
        }),
      ])
      expect(keys).toContainEqual(
        expect.objectContaining({
          path: expect.stringContaining(path) as string,
          fate: expect.stringMatching(/unsupported|approximated/) as string,
        }),
      )
    }
  },
)

describe('is kept in the app', () => {
  test('SW-43, SW-53, SW-66, SW-69, SW-70: of a stacktape.yml, for services, jobs and scripts', async () => {
    const { app, provenance } = await read({
      'stacktape.yml': `resources:
  ordersDb: {type: relational-database}
  mailWorker:
    type: worker-service
    properties:
      packaging: {type: prebuilt-image, properties: {image: a}}
      resources: {instanceTypes: [c5.large], enableWarmPool: true}
      connectTo: [ordersDb, nightlyReport, "aws:ses"]
      iamRoleStatements:
        - Sid: Bucket
          Action: ["s3:GetObject"]
          Condition: {StringEquals: {"aws:RequestedRegion": eu-west-1}}
          Resource: ["$Format('arn:aws:s3:::orders-{}', $Stage())"]
  nightlyReport:
    type: batch-job
    properties:
      container: {packaging: {type: prebuilt-image, properties: {image: a}}}
      resources: {cpu: 1, memory: 2048}
      connectTo: [ordersDb]
      iamRoleStatements: [{Effect: Deny, Resource: ["*"]}]
scripts: {migrate: {type: local-script, properties: {executeCommand: migrate, connectTo: [ordersDb]}}}
hooks: {beforeDeploy: [{scriptName: migrate}]}
`,
    })
    const database = { ordersDb: { service: 'ordersDb', endpoint: null } }
    expect(processOf(app, 'mail-worker')).toMatchObject({
      connect_to: {
        ...database,
        'nightly-report': { service: 'nightly-report', endpoint: null },
        'aws:ses': { service: 'aws:ses', endpoint: null },
      },
      iam_role_statements: [
        {
          sid: 'Bucket',
          effect: 'Allow',
          action: ['s3:GetObject'],
          resource: ['arn:aws:s3:::orders-default'],
          condition: { StringEquals: { 'aws:RequestedRegion': ['eu-west-1'] } },
        },
      ],
      instance_types: ['c5.large'],
      enable_warm_pool: true,
    })
    expect(
      app.tasks.map(({ name, connect_to, iam_role_statements }) => [
        name,
        connect_to,
        iam_role_statements.length,
      ]),
    ).toEqual([
      ['nightly-report', database, 1],
      ['before-deploy-migrate', database, 0],
    ])
    expect(provenance['processes.mail-worker.connect_to.aws:ses.service']).toMatchObject({ line: 8 })
    expect(provenance['processes.mail-worker.iam_role_statements']).toMatchObject({ line: 10 })
  })

  test('but for statements that would say something else without what only Stacktape knows, which is told', async () => {
    const { app, warnings } = await read({
      'stacktape.yml': `resources:
  bucket: {type: bucket}
  a:
    type: worker-service
    properties:
      packaging: {type: prebuilt-image, properties: {image: a}}
      resources: {cpu: 0.25, memory: 512}
      iamRoleStatements:
        - {Action: ["s3:*"], Resource: ["*"], Condition: {StringEquals: {"s3:prefix": "$ResourceParam('bucket', 'name')"}}}
        - {Action: ["ses:*"], Resource: ["*"]}
`,
    })
    expect(processOf(app, 'a').iam_role_statements.map(({ action }) => action)).toEqual([['ses:*']])
    expect(warnings.map(({ message }) => message)).toContain(
      'resources.a.properties.iamRoleStatements is not supported: Gantry makes no roles; 1 of 2 has values that only Stacktape knows, and is not kept',
    )
  })

  test('a key that a statement of Stacktape does not have is a mistake', async () => {
    expect(
      await placedProblemsOf({
        'stacktape.yml': STACK.replace('Action:', 'NotAction:'),
      }),
    ).toContain('stacktape.yml:9:45 "NotAction" is not a key of a statement')
  })
})

describe('of a gantry.yml', () => {
  test('a list of services is a map of them, and what is kept is told once, where it is written', async () => {
    const { app, provenance, warnings } = await read(`defaults:
  connect_to: [queue, "aws:ses"]
processes:
  web: {}
  worker: {connect_to: {db: orders, cache: {endpoint: redis}, own: {service: x}}}
  beat: {connect_to: {}, access: {}, iam_role_statements: [], instance_types: [], enable_warm_pool: false}
tasks:
  report: {access: {ssh: admin}}
`)
    const queue = { service: 'queue', endpoint: null }
    const ses = { service: 'aws:ses', endpoint: null }
    expect(app.processes.map(({ connect_to }) => connect_to)).toEqual([
      { queue, 'aws:ses': ses },
      {
        db: { service: 'orders', endpoint: null },
        cache: { service: 'cache', endpoint: 'redis' },
        own: { service: 'x', endpoint: null },
      },
      {},
    ])
    expect(provenance['processes.web.connect_to.queue.service']).toMatchObject({ kind: 'inherited', line: 2 })
    expect(provenance['processes.worker.connect_to.db.service']).toMatchObject({ kind: 'file', line: 5 })
    expect(warnings.map(({ message, place }) => [place?.line, message])).toEqual([
      [2, expect.stringMatching(/^defaults\.connect_to is kept, and does nothing yet: no permissions/)],
      [5, expect.stringMatching(/^processes\.worker\.connect_to is kept/)],
      [8, expect.stringMatching(/^tasks\.report\.access is kept, and does nothing yet: shells are for/)],
    ])
  })

  test('SW-55: a warm pool needs exactly one instance type', async () => {
    expect(
      await placedProblemsOf('processes: {web: {enable_warm_pool: true, instance_types: [a, b]}}'),
    ).toContain('gantry.yml:1:37 processes.web.enable_warm_pool needs exactly one of instance_types')
    await read('processes: {web: {enable_warm_pool: true, instance_types: [c6g.large]}}')
  })

  test('beside the file of another system what it says itself is told too', async () => {
    const { warnings } = await read({
      'stacktape.yml': STACK,
      'gantry.yml': 'processes: {api: {access: {ssh: viewer}, connect_to: {queue: jobs}}}\nfrom: Stacktape\n',
    })
    const told = warnings.filter(({ message }) => message.includes(' is kept, and does nothing yet'))
    expect(told.map(({ path, place }) => [path, place?.file, place?.column])).toEqual([
      ['processes.api.access', 'gantry.yml', 19],
      ['processes.api.connect_to', 'gantry.yml', 55],
    ])
  })
})
