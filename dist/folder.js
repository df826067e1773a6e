export { t as folderFiles } from "./folder2.js";
