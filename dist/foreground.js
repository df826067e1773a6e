import { t as MAIN } from "./app2.js";
import { r as withoutUnmet } from "./unmet.js";
import { c as closeHost, l as openHost, m as Generation, n as variablesOf, r as Workplace, s as Ports } from "./workplaces.js";
import { isAbsolute, join } from "node:path";
import { mkdir } from "node:fs/promises";
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
		const generations = [];
		for (const process of app.processes) {
			if (process.disabled || !hasWords(process)) continue;
			const spec = await inCheckout(process, versions, folder);
			const at = (component, reach) => new Workplace(host, app, component, {
				kind: "folder",
				folder,
				digest: "checkout"
			}, reach);
			const beside = Object.entries(spec.containers).map(([name, container]) => [name, at(`${spec.name}/${name}`, variablesOf(container, spec))]);
			const work = {
				main: at(spec.name, versions),
				beside: new Map(beside)
			};
			for (const name of Object.keys(process.containers)) {
				if (Object.hasOwn(spec.containers, name)) continue;
				work.main.log(spec.name, spec.name, "gantry", `${name} is not started here: only its image says what runs`);
			}
			generations.push(new Generation(spec, work, {
				changed: () => {},
				happened: () => {},
				lost: () => {}
			}));
		}
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
/** A process as it runs in a checkout: what only an image could run is left out, and nobody waits for it. */
async function inCheckout(said, variables, folder) {
	const { image: _image, build: _build, ...process } = withoutUnmet(said);
	const run = Object.entries(process.containers).filter(([, container]) => hasWords(container));
	const names = /* @__PURE__ */ new Set([MAIN, ...run.map(([name]) => name)]);
	const waitsFor = (all) => Object.fromEntries(Object.entries(all).filter(([name]) => names.has(name)));
	const image = {
		kind: "pinned",
		reference: "checkout"
	};
	const containers = {};
	for (const [name, { build: _own, ...container }] of run) {
		const mounts = await ownFolders(container.mounts, folder);
		containers[name] = {
			...container,
			image,
			mounts,
			depends_on: waitsFor(container.depends_on)
		};
	}
	const mounts = await ownFolders(process.mounts, folder);
	const depends_on = waitsFor(process.depends_on);
	return {
		...process,
		image,
		mounts,
		containers,
		depends_on,
		variables,
		restarts: 0
	};
}
/** A checkout can be written to: what is mounted inside of it is a folder of its own, where the developer finds it. */
async function ownFolders(mounts, folder) {
	const [inside, outside] = [false, true].map((wanted) => Object.entries(mounts).filter(([path]) => isAbsolute(path) === wanted));
	for (const [path] of inside) await mkdir(join(folder, path), { recursive: true });
	return Object.fromEntries(outside);
}
function hasWords({ entry_point, command }) {
	return entry_point !== null || command !== null;
}
export { runForeground };
