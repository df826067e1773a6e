export { n as connectToApp } from "./connect.js";
