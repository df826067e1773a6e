import { expect, test } from 'vitest'

import { configJson } from '../../src/report/config.ts'
import { read } from './files.ts'

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
      ['relationships.db', 4],
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
