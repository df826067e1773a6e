import { y as toJSONSchema } from "./croner.js";
import { n as GantryYml } from "./schema.js";
// src/config/gantry-yml/json-schema.ts
/** What `gantry.yml` may say, as the text of a JSON Schema for editors. */
function jsonSchema() {
	return `${JSON.stringify(toJSONSchema(GantryYml, { io: "input" }), null, 2)}\n`;
}
export { jsonSchema };
