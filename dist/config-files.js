export { t as configFiles } from "./config-files2.js";
