// src/config/gantry-yml/schema-comment.ts
const SCHEMA_FILE = "gantry.schema.json";
/** What tells editors where the schema is; nothing where the repository does not have it. */
async function schemaComment(files) {
	return (await files.list(".")).includes(SCHEMA_FILE) ? [`yaml-language-server: $schema=./${SCHEMA_FILE}`] : [];
}
export { schemaComment as t };
