export { t as schemaComment } from "./schema-comment2.js";
