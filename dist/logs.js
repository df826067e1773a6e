export { t as addLogs } from "./logs2.js";
