import { z } from 'zod'

import { GantryYml } from './schema.ts'

/** What `gantry.yml` may say, as the text of a JSON Schema for editors. */
export function jsonSchema(): string {
  return `${JSON.stringify(z.toJSONSchema(GantryYml, { io: 'input' }), null, 2)}\n`
}
