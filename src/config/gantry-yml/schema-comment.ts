import type { ConfigFiles } from '../reading.ts'

const SCHEMA_FILE = 'gantry.schema.json'

/** What tells editors where the schema is; nothing where the repository does not have it. */
export async function schemaComment(files: Pick<ConfigFiles, 'list'>): Promise<string[]> {
  const names = await files.list('.')
  return names.includes(SCHEMA_FILE) ? [`yaml-language-server: $schema=./${SCHEMA_FILE}`] : []
}
