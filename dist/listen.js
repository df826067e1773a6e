import { s as UserError } from "./errors.js";
import { createServer } from "node:http";
import { createServer as createServer$1 } from "node:https";
import { readFile } from "node:fs/promises";
import { isIP } from "node:net";
// src/server/listen.ts
/** Reads `HOST:PORT`, `:PORT`, `PORT` and `[::1]:PORT`. */
function parseListen(text) {
	const match = /^(?:(\[[0-9a-fA-F:.]+\]|[^:]*):)?(\d{1,5})$/.exec(text);
	const port = Number(match?.[2]);
	if (match === null || port > 65535) throw new UserError(`cannot listen on ${JSON.stringify(text)}`, { hint: "write HOST:PORT, as in 127.0.0.1:7070" });
	const host = (match[1] ?? "").replaceAll(/[[\]]/g, "");
	return {
		host: host === "" ? "127.0.0.1" : host,
		port
	};
}
/**
* Makes the server for the port. Tokens and what apps send must not cross a network in the clear, so anything but
* loopback wants TLS, here or in front.
*/
async function createPortServer(options) {
	const { tlsCert, tlsKey, host, behindProxy } = options;
	if (tlsCert !== null && tlsKey !== null) {
		const [cert, key] = await Promise.all([readFile(tlsCert), readFile(tlsKey)]);
		return {
			server: createServer$1({
				cert,
				key,
				shouldUpgradeCallback: isWebSocket
			}),
			scheme: "https"
		};
	}
	if (tlsCert !== null || tlsKey !== null) throw new UserError("--tls-cert and --tls-key go together");
	if (!isLoopback(host) && !behindProxy) throw new UserError(`${host} can be reached from other machines, and tokens would cross the network in the clear`, { hint: "give --tls-cert and --tls-key, or --behind-proxy when something in front ends TLS" });
	return {
		server: createServer({ shouldUpgradeCallback: isWebSocket }),
		scheme: "http"
	};
}
/** Other upgrades are offers that may be passed over: Java's client offers HTTP/2 with every request. */
function isWebSocket(request) {
	return request.headers.upgrade?.toLowerCase() === "websocket";
}
function isLoopback(host) {
	return host === "localhost" || host === "::1" || isIP(host) === 4 && host.startsWith("127.");
}
/** Starts to listen; rejects when the address is taken. Resolves with the port, for a port of 0. */
async function listen(server, where) {
	await new Promise((resolve, reject) => {
		server.once("error", (error) => {
			reject(error.code === "EADDRINUSE" ? new UserError(`the address ${show(where)} is taken`, { cause: error }) : error);
		});
		server.listen(where, () => resolve());
	});
	const address = server.address();
	return typeof address === "object" && address !== null ? address.port : 0;
}
function show(where) {
	return "path" in where ? where.path : `${where.host}:${where.port}`;
}
/** Stops listening and ends what is still open after a moment. */
async function closeServer(server) {
	const closed = new Promise((resolve) => server.close(() => resolve()));
	server.closeIdleConnections();
	const timer = setTimeout(() => server.closeAllConnections(), 1e3);
	await closed;
	clearTimeout(timer);
}
export { listen as a, isWebSocket as i, createPortServer as n, parseListen as o, isLoopback as r, closeServer as t };
