// src/app/app.ts
/** What the container of the process itself is called, among the others of its instances. */
const MAIN = "main";
export { MAIN as t };
