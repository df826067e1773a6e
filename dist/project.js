export { n as readProject } from "./project2.js";
