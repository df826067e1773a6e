export { t as readConfig } from "./read.js";
