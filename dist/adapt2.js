export { t as adapt, n as adaptProcess } from "./adapt.js";
