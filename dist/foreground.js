import { a as openHost, c as Generation, i as closeHost, r as Ports, t as Workplace } from "./workplace.js";
// src/engine/local/foreground.ts
/** Where foreman begins to count ports. */
const FIRST_PORT = 5e3;
const LAST_PORT = 5999;
/**
* Runs the processes of a checkout in the foreground, as foreman does: restarted when they end, stopped in order when
* the signal fires. Nothing is built, no task runs, nothing is remembered.
*/
async function runForeground({ app, folder, home, variables, clock, signal, onLine, onUp }) {
	const host = await openHost(home, {
		clock,
		ports: new Ports(FIRST_PORT, LAST_PORT, FIRST_PORT),
		isolate: false
	});
	try {
		await host.users.prepare(app.name);
		for (const [name, value] of variables) host.variables.set(app.name, {
			name,
			value,
			process: null,
			secret: name in app.secrets
		});
		const ended = new AbortController();
		const lines = host.logs.of(app.name).read({
			component: null,
			lines: 0,
			follow: true,
			signal: ended.signal
		});
		const printing = (async () => {
			for await (const line of lines) onLine(line);
		})();
		const versions = Object.fromEntries(host.variables.list(app.name).map(({ name, version }) => [name, version]));
		const generations = app.processes.filter((process) => !process.disabled && process.command !== null).map(({ image: _image, build: _build, ...process }) => {
			const spec = {
				...process,
				image: {
					kind: "pinned",
					reference: "checkout"
				},
				variables: versions,
				restarts: 0
			};
			const work = new Workplace(host, app, spec.name, {
				kind: "folder",
				folder,
				digest: "checkout"
			}, versions);
			return new Generation(spec, work, {
				changed: () => {},
				happened: () => {}
			});
		});
		for (const generation of generations) {
			generation.grow();
			generation.steady(signal, (event) => {
				if (event.type === "instance.up" && event.address !== null) onUp(event.instance, `http://${event.address}`);
			});
		}
		if (!signal.aborted) await new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
		await Promise.all(generations.map((generation) => generation.retire()));
		ended.abort();
		await printing;
	} finally {
		await closeHost(host);
	}
}
export { runForeground };
