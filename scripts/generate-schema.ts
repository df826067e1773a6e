import { readFileSync, writeFileSync } from 'node:fs'

import { jsonSchema } from '../src/config/gantry-yml/json-schema.ts'

/** Writes gantry.schema.json from the schema in the code; with `--check`, exits 1 when the file is not that. */
const file = new URL('../gantry.schema.json', import.meta.url)
const schema = jsonSchema()

if (!process.argv.includes('--check')) writeFileSync(file, schema)
else if (readFileSync(file, 'utf8') !== schema) {
  console.error('gantry.schema.json is stale: run `node scripts/generate-schema.ts` and commit it.')
  process.exitCode = 1
}
