export { t as addLogs } from "./logs.js";
