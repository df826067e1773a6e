import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'

import { DOCUMENT_NAMES, documentJson, EXAMPLE, type DocumentName } from './iam/documents.ts'
import { generatePage } from './iam/page.ts'

/**
 * Writes the policies into docs/iam.md; with `--check`, exits 1 when they are not what the code needs. With the name of one,
 * prints it: `node scripts/generate-iam.ts deployer --app orderdesk --account 111122223333`.
 */
const file = new URL('../docs/iam.md', import.meta.url)
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    check: { type: 'boolean', default: false },
    account: { type: 'string', default: EXAMPLE.account },
    region: { type: 'string', default: EXAMPLE.region },
    cluster: { type: 'string', default: EXAMPLE.cluster },
    app: { type: 'string', default: EXAMPLE.app },
    environment: { type: 'string' },
    'execution-role': { type: 'string' },
    'task-role': { type: 'string' },
    'scheduler-role': { type: 'string' },
  },
})
const [name] = positionals
if (name === undefined) writeOrCheck()
else if (isDocument(name)) print(name)
else {
  console.error(`usage: node scripts/generate-iam.ts ${DOCUMENT_NAMES.join(' | ')} [--app NAME] …`)
  process.exitCode = 2
}

function writeOrCheck(): void {
  const page = readFileSync(file, 'utf8')
  const made = generatePage(page)
  if (!values.check) writeFileSync(file, made)
  else if (page !== made) {
    console.error('docs/iam.md is stale: run `node scripts/generate-iam.ts` and commit it.')
    process.exitCode = 1
  }
}

function print(document: DocumentName): void {
  const { account, region, cluster, app, environment = null } = values
  const roles = {
    execution: values['execution-role'] ?? `${app}-execution`,
    task: values['task-role'] ?? `${app}-task`,
    scheduler: values['scheduler-role'] ?? `${app}-scheduler`,
  }
  console.log(documentJson(document, { account, region, cluster, app, environment, roles }))
}

function isDocument(text: string): text is DocumentName {
  return DOCUMENT_NAMES.some((each) => each === text)
}
