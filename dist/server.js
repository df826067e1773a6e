import { n as Option } from "./extra-typings.js";
import { o as parseListen } from "./listen.js";
import { t as examples } from "./help.js";
import { n as homeOption, t as homeFolder } from "./home.js";
import { n as listenForInterrupt } from "./interrupt.js";
import { i as print } from "./output.js";
// src/cli/commands/server.ts
const LOG_LEVELS = [
	"fatal",
	"error",
	"warn",
	"info",
	"debug",
	"trace",
	"silent"
];
function addServer(program) {
	program.command("server").description("receive pushes and run the apps on this machine").addOption(homeOption()).addOption(listenOption()).option("--domain <base>", "apps answer as APP.BASE", "localhost").option("--host <name...>", "more names under which the server itself is reached").option("--tls-cert <file>", "the certificate chain, PEM").option("--tls-key <file>", "its key, PEM").option("--behind-proxy", "something in front ends TLS and sets X-Forwarded-*").addOption(new Option("--log-level <level>", "what its own log tells").choices(LOG_LEVELS).default("info")).addHelpText("after", examples("gantry server", "gantry server --home /srv/gantry --listen 127.0.0.1:8080", "gantry server --listen 0.0.0.0:443 --tls-cert chain.pem --tls-key key.pem --domain apps.example.com --host git.example.com")).action(async (options) => {
		const { startServer } = await import("./server2.js");
		using interrupt = listenForInterrupt();
		const server = await startServer({
			home: homeFolder(options.home),
			listen: options.listen,
			domain: options.domain,
			hosts: options.host ?? [],
			tlsCert: options.tlsCert ?? null,
			tlsKey: options.tlsKey ?? null,
			behindProxy: options.behindProxy ?? false,
			logLevel: options.logLevel
		});
		print(`listening on ${server.url}`);
		await aborted(interrupt.signal);
		await server.close();
	});
}
function listenOption() {
	const where = "127.0.0.1:7070";
	return new Option("--listen <host:port>", "where it listens").argParser(parseListen).default(parseListen(where), where);
}
async function aborted(signal) {
	if (signal.aborted) return;
	await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
}
export { addServer };
