import { styleText } from "node:util";
// src/report/colour.ts
/** Whether colour is wanted is the door's to know: it has the terminal. */
function painter(colour) {
	return (format, text) => colour ? styleText(format, text, { validateStream: false }) : text;
}
export { painter as t };
