import { i as NotFoundError, s as UserError } from "./errors.js";
import { i as isName, n as NAME_RULE } from "./names.js";
// src/deploy/variables.ts
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
const LONGEST_NAME = 200;
const LONGEST_VALUE = 65536;
/**
* Sets a variable by hand.
*
* @throws UserError for what cannot be a variable. It never holds the value.
*/
async function setVariable(engine, app, variable) {
	const { name, value, process } = variable;
	checkName(name);
	if (process !== null) checkProcess(process);
	if (value.includes("\0")) throw new UserError(`${name}: NUL cannot be in a variable`);
	if (value.length > LONGEST_VALUE) throw new UserError(`${name}: a value has ${LONGEST_VALUE} characters at most`, { hint: "put what is larger into a file of the image, or where the app can fetch it" });
	await engine.setVariable(app, variable);
}
/** What to say to who sets variables for a process that may be a mistake: a sentence; null where it is there. */
function doubtOfProcess({ processes }, process) {
	const names = processes.map(({ spec }) => spec.name).toSorted();
	if (names.includes(process)) return null;
	return `no process ${process} runs: it gets them once there is one${names.length === 0 ? "" : `; there is ${names.join(", ")}`}`;
}
/** @throws NotFoundError when it is not set */
async function unsetVariable(engine, app, name, process) {
	checkName(name);
	if (!await engine.unsetVariable(app, name, process)) throw new NotFoundError(`${name} is not set${process === null ? "" : ` for ${process}`}`);
}
function checkProcess(process) {
	if (isName(process)) return;
	throw new UserError(`${JSON.stringify(process.slice(0, 80))} cannot be the name of a process`, { hint: NAME_RULE });
}
function checkName(name) {
	const shown = JSON.stringify(name.slice(0, 80));
	if (!NAME.test(name) || name.length > LONGEST_NAME) throw new UserError(`${shown} cannot be the name of a variable`, { hint: `letters, digits and _ only, not a digit first, ${LONGEST_NAME} at most` });
	if (name === "PORT" || name.startsWith("GANTRY_")) throw new UserError(`Gantry sets ${shown} itself`);
}
export { setVariable as n, unsetVariable as r, doubtOfProcess as t };
