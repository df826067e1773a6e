// src/deploy/shell-messages.ts
/** How many bytes of input may be on their way before some are taken. */
const INPUT_WINDOW = 262144;
/** Bytes of one frame of input: some may still be on their way when the next one is. */
const LONGEST_FRAME = 65536;
const STREAMS = ["out", "err"];
function frameOf({ stream, bytes }) {
	return Buffer.concat([Buffer.of(STREAMS.indexOf(stream)), bytes]);
}
function outputOf(frame) {
	return {
		stream: STREAMS[frame[0]] ?? "out",
		bytes: frame.subarray(1)
	};
}
export { outputOf as i, LONGEST_FRAME as n, frameOf as r, INPUT_WINDOW as t };
