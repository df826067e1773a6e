import { n as Option } from "./extra-typings.js";
import { n as homeOption } from "./home.js";
// src/cli/app-option.ts
/** Gives a command what says which app it is about, and where that runs. */
function aboutApp(command) {
	return aboutServer(command.addOption(folderOption()).addOption(appOption()).addOption(environmentOption()));
}
/** Gives a command what says which server it speaks to. */
function aboutServer(command) {
	return command.addOption(serverOption()).addOption(homeOption()).option("-v, --verbose", "say which server this speaks to, and why");
}
function serverOption() {
	return new Option("--server <url>", "the server; default: that of the git remote `gantry`, or of the home").env("GANTRY_SERVER");
}
function folderOption() {
	return new Option("-C, --dir <dir>", "work as if started in this folder").default(".");
}
function appOption() {
	return new Option("-a, --app <name>", "the app; default: that of the git remote `gantry` or of the config, or the only one").env("GANTRY_APP");
}
function environmentOption() {
	return new Option("-e, --environment <name>", "the environment of the config; default: default").env("GANTRY_ENVIRONMENT");
}
export { aboutServer as n, folderOption as r, aboutApp as t };
