export { t as writeGantryYml } from "./write.js";
