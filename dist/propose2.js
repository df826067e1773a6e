export { t as MARKERS, n as WANTED, r as propose } from "./propose.js";
