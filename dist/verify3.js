export { t as verify } from "./verify4.js";
