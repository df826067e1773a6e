export { t as expectReadBack } from "./write-check2.js";
