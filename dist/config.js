export { t as configJson, n as renderConfig, r as renderDiagnostics, i as renderProblems, a as showFiles, o as warningLine } from "./config2.js";
