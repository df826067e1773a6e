import { t as appOf } from "./write-silent.js";
import { h as Command } from "./containers.js";
import { g as string, m as record, p as object } from "./croner.js";
import { t as forEcs } from "./ecs.js";
import { r as foldName } from "./names.js";
// src/config/propose/dockerfile.ts
const FILE$1 = "Dockerfile";
const STAGE = /^(?:--\S+\s+)*(\S+)(?:\s+AS\s+(\S+))?/i;
const PORT = /^([1-9]\d{0,4})(?:\/tcp)?(?:\s|$)/;
const LAST_PORT = 65535;
/** Of the last stage: that is the one which is built. Null without a Dockerfile. */
function readDockerfile(repository) {
	if (!repository.has(FILE$1)) return null;
	const { command, hasEntryPoint, port } = lastStage(instructionsOf(repository.text(FILE$1)));
	const place = ({ line }) => `${FILE$1}:${line}`;
	const value = command === null || hasEntryPoint ? null : commandOf(command.text);
	return {
		command: value === null ? null : {
			value,
			place: place(command)
		},
		port: port === null ? null : {
			value: portOf(port.text),
			place: place(port)
		},
		runs: hasEntryPoint || command !== null
	};
}
/** With the lines that a backslash joins in one. */
function instructionsOf(file) {
	const found = [];
	let isOpen = false;
	for (const [index, written] of file.split(/\r?\n/).entries()) {
		const line = written.trim();
		if (line.startsWith("#") || line === "") continue;
		const text = line.replace(/\\$/, "").trimEnd();
		const [, name = "", rest = ""] = /^(\S+)\s*([^]*)$/.exec(text) ?? [];
		if (isOpen) found.at(-1).text += ` ${text}`;
		else found.push({
			name: name.toUpperCase(),
			text: rest,
			line: index + 1
		});
		isOpen = line.endsWith("\\");
	}
	return found;
}
/** The last stage, with what it takes over from the one that it is made from. */
function lastStage(instructions) {
	const stages = /* @__PURE__ */ new Map();
	let stage = {
		command: null,
		hasEntryPoint: false,
		port: null
	};
	for (const instruction of instructions) {
		const { name, text } = instruction;
		if (name === "FROM") {
			const [, base = "", called = ""] = STAGE.exec(text) ?? [];
			stage = {
				command: null,
				hasEntryPoint: false,
				port: null,
				...stages.get(base.toLowerCase())
			};
			if (called !== "") stages.set(called.toLowerCase(), stage);
		} else if (name === "CMD") stage.command = instruction;
		else if (name === "ENTRYPOINT") stage.hasEntryPoint = true;
		else if (name === "EXPOSE" && portOf(text) <= LAST_PORT) stage.port ??= instruction;
	}
	return stage;
}
/** Without end where it is none, as with `EXPOSE $PORT`. */
function portOf(text) {
	return Number(PORT.exec(text)?.[1] ?? Number.POSITIVE_INFINITY);
}
function commandOf(text) {
	return Command.safeParse(text.startsWith("[") ? parsed(text) : text).data ?? null;
}
function parsed(list) {
	try {
		return JSON.parse(list);
	} catch {
		return list;
	}
}
// src/config/propose/proposer.ts
/** Collects what is proposed, each with where it comes from. */
var Draft = class {
	processes = {};
	tasks = {};
	guesses = [];
	env = {};
	buildEnv = {};
	secrets = [];
	build;
	/** Adds a process, by the name that comes nearest to the one that a program has. */
	process(program, settings, guess) {
		const name = this.#freeName(foldName(program) ?? "program");
		this.processes[name] = settings;
		this.guess(["processes", name], guess);
	}
	task(name, settings, guess) {
		this.tasks[name] = settings;
		this.guess(["tasks", name], guess);
	}
	/** A task that brings the data to where the new version needs it. */
	migration(command, from, name = "migrate") {
		const guess = `From ${from}. It runs before a deployment touches any process.`;
		this.task(name, {
			command,
			run: "pre_deploy"
		}, guess);
	}
	/** Commands of the build, one after the other. */
	builds(commands, guess) {
		if (commands.length === 0) return;
		this.build = commands.join(" && ");
		this.guess(["build", "command"], guess);
	}
	guess(path, text) {
		this.guesses.push({
			path,
			text
		});
	}
	#freeName(name) {
		let free = name;
		for (let number = 2; Object.hasOwn(this.processes, free); number++) free = `${name.slice(0, 59)}-${number}`;
		return free;
	}
};
// src/config/propose/go.ts
const SERVES$1 = /\bListenAndServe|"github\.com\/(?:gin-gonic\/gin|labstack\/echo|gofiber\/fiber|go-chi\/chi)/;
const GO = {
	language: "Go",
	marker: "go.mod",
	wants: /^(?:go\.mod|(?:cmd\/[\w-]+\/)?[\w-]+\.go)$/,
	propose(repository) {
		if (!repository.has("go.mod")) return null;
		const draft = new Draft();
		const programs = programsOf$1(repository);
		draft.builds(programs.map((each) => `go build -o bin/${each.name} ${each.package}`), "From go.mod.");
		const served = programs.find(({ sources }) => repository.find(sources, SERVES$1) !== void 0);
		const first = served === void 0 ? [] : [served];
		for (const program of /* @__PURE__ */ new Set([...first, ...programs])) addProgram(program, program === served, repository, draft);
		return draft;
	}
};
/** What has a `package main`: the root, and folders of `cmd`. */
function programsOf$1(repository) {
	return [...Map.groupBy(repository.matching(/^(?:cmd\/[\w-]+\/)?[\w-]+\.go$/), (path) => path.replace(/\/?[^/]+$/, ""))].flatMap(([folder, all]) => {
		const sources = all.filter((path) => !path.endsWith("_test.go"));
		if (repository.find(sources, /^package main\b/m) === void 0) return [];
		return [{
			name: foldName(folder.replace(/^cmd\//, "")) ?? "app",
			sources,
			package: folder === "" ? "." : `./${folder}`
		}];
	});
}
function addProgram({ name, sources }, isServed, repository, draft) {
	const command = `bin/${name}`;
	const { place } = repository.find(sources, /^package main\b/m);
	if (/migrat/.test(name)) {
		draft.migration(command, `${place}, and its name`, name);
		return;
	}
	const from = isServed ? repository.find(sources, SERVES$1).place : place;
	draft.process(isServed ? "web" : name === "app" ? "worker" : name, { command }, `From ${from}.`);
	if (isServed && repository.find(sources, /["`]PORT["`]/) === void 0) draft.guess(["processes", "web"], "No file that was looked at reads the variable PORT: it must listen on the port that PORT names.");
}
// src/config/propose/node.ts
const Texts = record(string(), string()).catch({});
const Package = object({
	main: string().optional().catch(void 0),
	packageManager: string().optional().catch(void 0),
	scripts: Texts.default({}),
	dependencies: Texts.default({}),
	devDependencies: Texts.default({}),
	engines: Texts.default({})
});
/** By lock file, what installs exactly what it names. */
const INSTALL = [
	["package-lock.json", "npm ci"],
	["npm-shrinkwrap.json", "npm ci"],
	["pnpm-lock.yaml", "pnpm install --frozen-lockfile"],
	["yarn.lock", "yarn install --frozen-lockfile"],
	["bun.lock", "bun install --frozen-lockfile"],
	["bun.lockb", "bun install --frozen-lockfile"]
];
const WORKER_SCRIPTS = [
	"worker",
	"workers",
	"start:worker",
	"worker:start",
	"queue",
	"jobs"
];
const MIGRATE_SCRIPTS = [
	"migrate",
	"db:migrate",
	"migrate:deploy",
	"migrate:latest",
	"migrations:run",
	"db:deploy"
];
const QUEUES = [
	"bullmq",
	"bull",
	"bee-queue",
	"agenda",
	"graphile-worker",
	"pg-boss"
];
const ENTRIES = [
	"server",
	"index",
	"app",
	"main",
	"src/server",
	"src/index",
	"src/app",
	"src/main"
];
const SOURCES$2 = /^(?:src\/|bin\/)?[\w.-]+\.(?:js|mjs|cjs|ts|mts)$/;
const PLAIN_NODE = /^node(?: --?[\w:=./-]+)* [\w./-]+$/;
const NODE = {
	language: "Node.js",
	marker: "package.json",
	wants: /^package\.json$|^(?:src\/|bin\/)?[\w.-]+\.(?:js|mjs|cjs|ts|mts)$/,
	propose(repository) {
		if (!repository.has("package.json")) return null;
		const found = packageOf(repository);
		const draft = new Draft();
		addBuild$2(found, repository, draft);
		addWeb$3(found, repository, draft);
		addWorker$1(found, repository, draft);
		addMigration$2(found, repository, draft);
		if (found.engines["node"] !== void 0) {
			const place = repository.line("package.json", "\"engines\"");
			draft.guess([], `${place} asks for Node ${found.engines["node"]}: see that the image has it, or the PATH of the server on the local engine.`);
		}
		return draft;
	}
};
function packageOf(repository) {
	try {
		return Package.catch(Package.parse({})).parse(JSON.parse(repository.text("package.json")));
	} catch {
		return Package.parse({});
	}
}
function addBuild$2({ dependencies, devDependencies, scripts, packageManager }, repository, draft) {
	const lock = INSTALL.find(([file]) => repository.has(file));
	const hasPackages = Object.keys({
		...dependencies,
		...devDependencies
	}).length > 0;
	const isBerry = /^yarn@(?!1\.)/.test(packageManager ?? "");
	const install = lock?.[1].replace("--frozen-lockfile", isBerry && lock[0] === "yarn.lock" ? "--immutable" : "--frozen-lockfile");
	const commands = [...install !== void 0 ? [install] : hasPackages ? ["npm install"] : [], ...scripts["build"] === void 0 ? [] : ["npm run build"]];
	const from = [lock?.[0] ?? "package.json", ...scripts["build"] === void 0 ? [] : [scriptPlace(repository, "build")]];
	draft.builds(commands, `From ${from.join(" and ")}.`);
}
function addWeb$3(found, repository, draft) {
	const start = runOf("start", found, repository);
	const entry = start?.entry ?? mainOf(found, repository);
	const command = start?.command ?? (entry === void 0 ? void 0 : `node ${entry}`);
	if (command === void 0) return;
	const from = start?.place ?? `${entry}: package.json has no script \`start\``;
	draft.process("web", { command }, `From ${from}.`);
	if (repository.find(repository.matching(SOURCES$2), /process\.env(?:\.PORT|\[['"]PORT)\b/) === void 0) draft.guess(["processes", "web"], "No file that was looked at reads process.env.PORT: it must listen on the port that PORT names. If it serves nothing, give it another name than `web`.");
}
function addWorker$1(found, repository, draft) {
	const script = WORKER_SCRIPTS.map((name) => runOf(name, found, repository)).find((each) => each !== void 0);
	const [file] = repository.matching(/^(?:src\/|bin\/)?workers?\.(?:js|mjs|cjs)$/);
	const command = script?.command ?? (file === void 0 ? void 0 : `node ${file}`);
	if (command !== void 0) draft.process("worker", { command }, `From ${script?.place ?? file}.`);
	const queue = QUEUES.find((name) => Object.hasOwn(found.dependencies, name));
	if (queue === void 0 || command !== void 0) return;
	draft.guess([], `${repository.line("package.json", `"${queue}"`)} has ${queue}, and nothing was found that works off its jobs: if a process of its own does, add it.`);
}
function addMigration$2(found, repository, draft) {
	const known = {
		...found.dependencies,
		...found.devDependencies
	};
	const tools = [
		[
			repository.first("prisma/schema.prisma", "schema.prisma"),
			"prisma",
			"npx prisma migrate deploy"
		],
		[
			repository.matching(/^knexfile\.(?:js|cjs|mjs|ts)$/)[0],
			"knex",
			"npx knex migrate:latest"
		],
		[
			repository.first(".sequelizerc"),
			"sequelize-cli",
			"npx sequelize-cli db:migrate"
		],
		[
			repository.matching(/^drizzle\.config\.(?:js|ts|json)$/)[0],
			"drizzle-kit",
			"npx drizzle-kit migrate"
		]
	];
	const script = MIGRATE_SCRIPTS.map((name) => runOf(name, found, repository)).find((each) => each !== void 0);
	const tool = tools.find(([file, name]) => file !== void 0 && Object.hasOwn(known, name));
	const command = script?.command ?? tool?.[2];
	if (command === void 0) return;
	draft.migration(command, script?.place ?? tool?.[0]);
}
/** What runs a script, and the file that it names, where it is plain enough to tell. */
function runOf(name, { scripts }, repository) {
	const script = Object.hasOwn(scripts, name) ? scripts[name].trim() : "";
	if (script === "") return void 0;
	const place = scriptPlace(repository, name);
	if (!PLAIN_NODE.test(script)) return {
		command: name === "start" ? "npm start" : `npm run ${name}`,
		place
	};
	return {
		command: script,
		place,
		entry: script.split(" ").at(-1)
	};
}
function mainOf({ main }, repository) {
	const named = main?.replace(/^\.\//, "");
	if (named !== void 0 && /^[\w./-]+$/.test(named) && repository.has(named)) return named;
	return repository.first(...ENTRIES.flatMap((entry) => [
		"js",
		"mjs",
		"cjs"
	].map((ending) => `${entry}.${ending}`)));
}
function scriptPlace(repository, name) {
	return repository.line("package.json", `"${name}":`);
}
// src/config/propose/php.ts
const PHP = {
	language: "PHP",
	marker: "composer.json",
	wants: /^composer\.json$/,
	propose(repository) {
		if (!repository.has("composer.json")) return null;
		const draft = new Draft();
		draft.builds(["composer install --no-dev --no-interaction --optimize-autoloader"], "From composer.json.");
		addWeb$2(repository, draft);
		if (repository.has("artisan")) addLaravel(repository, draft);
		else if (repository.has("bin/console")) addSymfony(repository, draft);
		return draft;
	}
};
function addWeb$2(repository, draft) {
	const index = repository.first("public/index.php", "web/index.php", "index.php");
	if (index === void 0) return;
	const folder = index.replace(/\/?index\.php$/, "") || ".";
	const guess = `From ${index}. This is the server of PHP for development: in production take one such as FrankenPHP.`;
	draft.process("web", { command: `php -S 0.0.0.0:$PORT -t ${folder}` }, guess);
}
function addLaravel(repository, draft) {
	draft.secrets = ["APP_KEY"];
	const horizon = required(repository, "laravel/horizon");
	const [job] = repository.matching(/^app\/Jobs\/\w+\.php$/);
	const from = horizon ?? job;
	if (from !== void 0) {
		const command = horizon === void 0 ? "php artisan queue:work" : "php artisan horizon";
		draft.process("worker", { command }, `From ${from}.`);
	}
	if (repository.matching(/^database\/migrations\/\w+\.php$/).length === 0) return;
	draft.migration("php artisan migrate --force", "database/migrations");
}
function addSymfony(repository, draft) {
	draft.env = { APP_ENV: "prod" };
	const messenger = required(repository, "symfony/messenger");
	if (messenger !== void 0) draft.process("worker", { command: "php bin/console messenger:consume async" }, `From ${messenger}.`);
	const migrations = required(repository, "doctrine/doctrine-migrations-bundle");
	if (migrations === void 0) return;
	draft.migration("php bin/console doctrine:migrations:migrate --no-interaction", migrations);
}
function required(repository, name) {
	return repository.find(["composer.json"], new RegExp(`"${name}"\\s*:`))?.place;
}
// src/config/propose/procfile-dev.ts
const FILE = "Procfile.dev";
/** Nobody starts more than these to develop. */
const MOST = 20;
const LINE = /^([A-Za-z0-9_-]{1,63}):[ \t]*(\S[^\n]*)$/;
/** What is not taken over as it is, and why. */
const NO_PROCESS = /* @__PURE__ */ new Map([["web", "starts `web` for development: say under `processes` how it starts elsewhere."], ["release", "is what a release runs: write it as a task with `run: pre_deploy`."]]);
/** What builds anew whenever a file changes, or serves files to the person who edits them. */
const FOR_EDITING = /watch|\bdev\b|\bvite\b|webpack|esbuild|tailwind|livereload|nodemon|mailhog|mailpit|docker|redis-server|postgres/i;
/** Processes that a Procfile for development has beside those that were found. Watchers are for development alone. */
function fromProcfileDev(repository, { processes, tasks }) {
	const found = {
		processes: {},
		guesses: []
	};
	for (const [index, line] of repository.text(FILE).split("\n").entries()) {
		const [, type = "", command = ""] = LINE.exec(line.trimEnd()) ?? [];
		const name = foldName(type);
		if (name === null) continue;
		const place = `${FILE}:${index + 1}`;
		if (NO_PROCESS.has(name)) {
			if (!Object.hasOwn(processes, name)) found.guesses.push({
				path: [],
				text: `${place} ${NO_PROCESS.get(name)}`
			});
			continue;
		}
		if (FOR_EDITING.test(command) || FOR_EDITING.test(type)) continue;
		if (!Command.safeParse(command).success || Object.keys(found.processes).length === MOST) continue;
		if ([
			processes,
			tasks,
			found.processes
		].some((taken) => Object.hasOwn(taken, name))) continue;
		found.processes[name] = { command };
		found.guesses.push({
			path: ["processes", name],
			text: `From ${place}, which is for development.`
		});
	}
	return found;
}
// src/config/propose/python.ts
const NEEDS = [
	"requirements.txt",
	"pyproject.toml",
	"Pipfile",
	"setup.py"
];
const SOURCES$1 = /^(?:[\w-]+\/){0,2}\w+\.py$/;
/** Where packages go: a virtual environment does not work any more in another folder than the one it was made in. */
const PACKAGES = ".packages";
const PYTHON = {
	language: "Python",
	marker: "requirements.txt, pyproject.toml or manage.py",
	wants: /^(?:requirements\.txt|pyproject\.toml|Pipfile|setup\.py|alembic\.ini|(?:[\w-]+\/){0,2}\w+\.py)$/,
	propose(repository) {
		const scripts = [
			"main.py",
			"app.py",
			"server.py",
			"bot.py"
		];
		if (repository.first(...NEEDS, "manage.py", ...scripts) === void 0) return null;
		const draft = new Draft();
		addBuild$1(repository, draft);
		const project = djangoProject(repository);
		addWeb$1(project, repository, draft);
		addCelery(project, repository, draft);
		addMigration$1(project, repository, draft);
		const script = repository.first(...scripts);
		if (Object.keys(draft.processes).length === 0 && script !== void 0) draft.process("worker", { command: `python3 ${script}` }, `From ${script}: no web framework that is known was found.`);
		return draft;
	}
};
function addBuild$1(repository, draft) {
	const from = repository.first("requirements.txt", "pyproject.toml");
	if (from === void 0) {
		const other = repository.first("Pipfile");
		if (other !== void 0) draft.guess([], `Nothing here installs what ${other} names: say under \`build.command\` what does.`);
		return;
	}
	const what = from === "requirements.txt" ? "-r requirements.txt" : ".";
	draft.builds([`python3 -m pip install --target ${PACKAGES} ${what}`], `From ${from}. PYTHONPATH names the folder in which Python finds the packages.`);
	draft.buildEnv = { PYTHONPATH: PACKAGES };
}
function djangoProject(repository) {
	const found = repository.find(["manage.py"], /DJANGO_SETTINGS_MODULE['"]\s*,\s*['"](\w+)\.[\w.]+['"]/);
	return found && {
		name: found.groups[0],
		place: found.place
	};
}
function addWeb$1(django, repository, draft) {
	const gunicorn = needs(repository, "gunicorn");
	const uvicorn = needs(repository, "uvicorn") ?? needs(repository, "fastapi[standard]");
	if (django !== void 0) {
		const { name, place } = django;
		const command = gunicorn ? `python3 -m gunicorn ${name}.wsgi --bind 0.0.0.0:$PORT` : uvicorn ? `python3 -m uvicorn ${name}.asgi:application --host 0.0.0.0 --port $PORT` : "python3 manage.py runserver --noreload 0.0.0.0:$PORT";
		const server = gunicorn ?? uvicorn;
		const with_ = server === void 0 ? "Neither gunicorn nor uvicorn is required, so it is the server for development: add one." : `With ${server}.`;
		draft.process("web", { command }, `From ${place}: Django. ${with_}`);
		return;
	}
	const asgi = find(repository, /^(\w+)[ \t]*(?::[^=\n]{0,60})?=[ \t]*(?:fastapi\.)?(?:FastAPI|Starlette)\(/m);
	if (asgi !== void 0) {
		const command = `python3 -m uvicorn ${moduleOf(asgi.path)}:${asgi.groups[0]} --host 0.0.0.0 --port $PORT`;
		draft.process("web", { command }, `From ${asgi.place}.${uvicorn === void 0 ? " uvicorn has to be among the packages: it was not found there." : ""}`);
		return;
	}
	const flask = find(repository, /^(\w+)[ \t]*(?::[^=\n]{0,60})?=[ \t]*(?:flask\.)?Flask\(/m);
	const factory = flask ?? (needs(repository, "flask") === void 0 ? void 0 : find(repository, /^def (create_app)\(/m));
	if (factory === void 0) return;
	const module = moduleOf(factory.path);
	const target = flask === void 0 ? `'${module}:create_app()'` : `${module}:${flask.groups[0]}`;
	const command = gunicorn ? `python3 -m gunicorn ${target} --bind 0.0.0.0:$PORT` : `python3 -m flask --app ${module} run --host 0.0.0.0 --port $PORT`;
	const how = gunicorn ? `With ${gunicorn}.` : "gunicorn is not required, so it is the server for development: add it.";
	draft.process("web", { command }, `From ${factory.place}: Flask. ${how}`);
}
function addCelery(django, repository, draft) {
	const app = find(repository, /^\w+[ \t]*(?::[^=\n]{0,60})?=[ \t]*(?:celery\.)?Celery\(/m);
	const required = needs(repository, "celery");
	if (app === void 0 && required === void 0) {
		const rq = needs(repository, "rq");
		if (rq !== void 0) draft.process("worker", { command: "python3 -m rq.cli worker" }, `From ${rq}.`);
		return;
	}
	const module = app === void 0 ? django?.name : moduleOf(app.path).replace(/\.celery$/, "");
	if (module === void 0) {
		draft.guess([], `${required} has Celery, and no app of it was found: if there is a worker, add it.`);
		return;
	}
	const from = app?.place ?? required;
	draft.process("worker", { command: `python3 -m celery -A ${module} worker --loglevel info` }, `From ${from}.`);
	const beat = find(repository, /\bbeat_schedule\b|\bCELERY_BEAT_SCHEDULE\b/)?.place ?? needs(repository, "django-celery-beat") ?? needs(repository, "celery-redbeat");
	if (beat === void 0) return;
	const settings = {
		command: `python3 -m celery -A ${module} beat --loglevel info --schedule "\${TMPDIR:-/tmp}/celerybeat"`,
		rollout: { overlap: false }
	};
	draft.process("beat", settings, `From ${beat}. There are never two at once.`);
}
function addMigration$1(django, repository, draft) {
	const app = needs(repository, "flask-migrate") === void 0 ? void 0 : find(repository, /\bMigrate\(/);
	const [place, command] = [
		[django?.place, "python3 manage.py migrate --no-input"],
		[repository.first("alembic.ini"), "python3 -m alembic upgrade head"],
		[app?.place, `python3 -m flask --app ${app === void 0 ? "" : moduleOf(app.path)} db upgrade`]
	].find(([place]) => place !== void 0) ?? [];
	if (command === void 0) return;
	draft.migration(command, place);
}
/** Where a package is required. */
function needs(repository, name) {
	const escaped = name.replaceAll(/[[\]-]/g, (character) => character === "-" ? "[-_]" : `\\${character}`);
	return repository.find(NEEDS, new RegExp(`(?:^|["'\\s])${escaped}(?=[\\s"'<>=~!;,[]|$)`, "im"))?.place;
}
function find(repository, pattern) {
	const sources = repository.matching(SOURCES$1).filter((path) => !/(?:^|\/)(?:tests?|conftest)(?:\/|\.)|(?:^|\/)test_/.test(path));
	return repository.find(sources, pattern);
}
/** `app.main` for `app/main.py`. */
function moduleOf(path) {
	return path.replace(/\.py$/, "").replace(/\/__init__$/, "").replaceAll("/", ".");
}
// src/config/propose/ruby.ts
const RUBY = {
	language: "Ruby",
	marker: "Gemfile",
	wants: /^(?:Gemfile|Rakefile|config\.ru|config\/[\w-]+\.rb)$/,
	propose(repository) {
		if (!repository.has("Gemfile")) return null;
		const draft = new Draft();
		const rails = gem(repository, "rails");
		addBuild(rails, repository, draft);
		if (rails !== void 0) addRails(repository, draft);
		addWeb(rails, repository, draft);
		addWorker(repository, draft);
		addMigration(rails, repository, draft);
		return draft;
	}
};
function addBuild(rails, repository, draft) {
	const assets = rails && (gem(repository, "sprockets-rails") ?? gem(repository, "propshaft"));
	const install = ["bundle config set --local path vendor/bundle", "bundle install"];
	const precompile = "SECRET_KEY_BASE_DUMMY=1 RAILS_ENV=production bundle exec rails assets:precompile";
	const from = ["Gemfile", ...assets === void 0 ? [] : [assets]];
	draft.builds([...install, ...assets === void 0 ? [] : [precompile]], `From ${from.join(" and ")}.`);
}
function addRails(repository, draft) {
	draft.env = {
		RAILS_ENV: "production",
		RAILS_LOG_TO_STDOUT: "1"
	};
	if (repository.has("config/credentials.yml.enc")) draft.secrets = ["RAILS_MASTER_KEY"];
}
function addWeb(rails, repository, draft) {
	const puma = gem(repository, "puma");
	const rack = repository.first("config.ru");
	const from = puma ?? rails ?? rack;
	if (from === void 0 || rack === void 0 && rails === void 0) return;
	const command = puma !== void 0 ? "bundle exec puma -b tcp://0.0.0.0:$PORT" : rails !== void 0 ? "bundle exec rails server -b 0.0.0.0 -p $PORT -P \"${TMPDIR:-/tmp}/server.pid\"" : "bundle exec rackup -o 0.0.0.0 -p $PORT";
	draft.process("web", { command }, `From ${from}.`);
}
function addWorker(repository, draft) {
	for (const [name, command] of [
		["sidekiq", "bundle exec sidekiq"],
		["good_job", "bundle exec good_job start"],
		["solid_queue", "bundle exec rake solid_queue:start"],
		["delayed_job", "bundle exec rake jobs:work"],
		["resque", "QUEUE=* bundle exec rake resque:work"]
	]) {
		const place = gem(repository, name) ?? gem(repository, `${name}_active_record`);
		if (place !== void 0) return draft.process("worker", { command }, `From ${place}.`);
	}
}
function addMigration(rails, repository, draft) {
	const [migration] = repository.matching(/^db\/migrate\/[\w.-]+\.rb$/);
	const from = migration === void 0 ? void 0 : "db/migrate";
	const command = rails === void 0 ? "bundle exec rake db:migrate" : "bundle exec rails db:migrate";
	if (from === void 0) return;
	draft.migration(command, from);
}
function gem(repository, name) {
	return repository.find(["Gemfile"], new RegExp(`^[ \\t]*gem[ (]+["']${name}["']`, "m"))?.place;
}
// src/config/propose/rust.ts
const SERVES = /^[ \t]*(?:axum|actix-web|rocket|warp|poem|tide|hyper)[ \t]*[=.]/m;
const RUST = {
	language: "Rust",
	marker: "Cargo.toml",
	wants: /^(?:Cargo\.toml|src\/(?:main|bin\/[\w-]+)\.rs)$/,
	propose(repository) {
		if (!repository.has("Cargo.toml")) return null;
		const draft = new Draft();
		const programs = programsOf(repository);
		if (programs.length > 0) draft.builds(["cargo build --release"], "From Cargo.toml.");
		const web = repository.find(["Cargo.toml"], SERVES);
		for (const [index, { name, from }] of programs.entries()) {
			const command = `target/release/${name}`;
			const isWeb = index === 0 && web !== void 0;
			draft.process(isWeb ? "web" : index === 0 ? "worker" : name, { command }, `From ${isWeb ? web.place : from}.`);
		}
		if (programs.length === 0) draft.guess([], "Cargo.toml:1 names no program with src/main.rs: say under `processes` what runs.");
		return draft;
	}
};
/** The package itself, and what stands in `src/bin`. */
function programsOf(repository) {
	const named = repository.find(["Cargo.toml"], /^\[package\][^[]{0,500}?^name\s*=\s*"([\w-]+)"/m);
	const own = repository.has("src/main.rs") && named ? [{
		name: named.groups[0],
		from: named.place
	}] : [];
	const others = repository.matching(/^src\/bin\/[A-Za-z0-9][\w-]*\.rs$/).map((path) => ({
		name: path.slice(8, -3),
		from: `${path}:1`
	}));
	return [...own, ...others];
}
// src/config/propose/with-dockerfile.ts
const WEB = ["processes", "web"];
/** What is proposed for an engine, with what a Dockerfile says. */
function withDockerfile(proposal, dockerfile, engine) {
	return engine === "ecs" ? onEcs(proposal, dockerfile) : onLocal(proposal, dockerfile);
}
/** The local engine runs the tree itself. A Dockerfile only helps where nothing else says what to run. */
function onLocal(proposal, dockerfile) {
	if (dockerfile === null) return proposal;
	const guesses = [{
		path: [],
		text: "The local engine runs the tree itself: the Dockerfile is for ECS."
	}, ...proposal.guesses];
	const { command } = dockerfile;
	if (Object.keys(proposal.processes).length > 0 || command === null) return {
		...proposal,
		guesses
	};
	const text = `From ${command.place}. It must listen on the port that PORT names; if it serves nothing, give it another name than \`web\`.`;
	return {
		...proposal,
		processes: { web: { command: command.value } },
		guesses: [...guesses, {
			path: WEB,
			text
		}]
	};
}
/** On ECS an image that knows what to run does so, and has its packages in it. */
function onEcs(proposal, dockerfile) {
	const { build: _, buildEnv: __, ...rest } = proposal;
	const guesses = proposal.guesses.filter((guess) => !isAbout(guess, ["build", "command"]));
	if (dockerfile === null) {
		const text = "ECS runs images, and there is no Dockerfile to make one from: write one.";
		return {
			...rest,
			guesses: [{
				path: [],
				text
			}, ...guesses]
		};
	}
	const { web, ...others } = proposal.processes;
	if (!(Object.keys(proposal.processes).length === 0) && (!dockerfile.runs || web === void 0)) return {
		...rest,
		guesses
	};
	const { command: ___, ...settings } = web ?? {};
	const { port, command } = dockerfile;
	const how = dockerfile.runs ? `It runs what the image runs${command === null ? "" : `: ${command.place}`}.` : "It runs what the image runs: the Dockerfile names no command, so that of its base.";
	return {
		...rest,
		processes: {
			web: {
				...settings,
				...port !== null && { port: port.value }
			},
			...others
		},
		guesses: [
			...guesses.filter((guess) => !isAbout(guess, WEB)),
			{
				path: WEB,
				text: how
			},
			...port === null ? [] : [{
				path: [...WEB, "port"],
				text: `From ${port.place}.`
			}]
		]
	};
}
function isAbout({ path }, other) {
	return path.join(".") === other.join(".");
}
// src/config/propose/propose.ts
/** The first that finds something to run decides. Node.js is last: others have a package.json for their assets. */
const PROPOSERS = [
	RUBY,
	PHP,
	PYTHON,
	GO,
	RUST,
	NODE
];
/** Files whose content decides about a proposal. */
const WANTED = [/^(?:Dockerfile|Procfile\.dev)$/, ...PROPOSERS.map(({ wants }) => wants)];
/** The files by which something is recognised, for people. */
const MARKERS = ["Dockerfile", ...PROPOSERS.map(({ marker }) => marker)];
const SOURCES = /\.(?:js|mjs|cjs|ts|py|rb|go|rs|php)$/;
const HEALTH_ROUTE = /["'`](\/(?:healthz?|health_check|livez|readyz|up|ping))\/?["'`]/;
/** A config for a repository that has none, from what its files look like. Null where nothing tells what to run. */
function propose(repository, { name, engine }) {
	const dockerfile = readDockerfile(repository);
	const all = PROPOSERS.flatMap((proposer) => {
		const proposal = proposer.propose(repository);
		return proposal === null ? [] : [{
			...proposer,
			proposal
		}];
	});
	const main = all.find(({ proposal }) => Object.keys(proposal.processes).length > 0) ?? all[0];
	const proposal = withDockerfile(main?.proposal ?? NOTHING, dockerfile, engine);
	const extra = fromProcfileDev(repository, proposal);
	const processes = withHealthCheck({
		...proposal.processes,
		...extra.processes
	}, repository);
	if (Object.keys(processes.all).length === 0) return null;
	const resolved = appOf(configOf({
		...proposal,
		processes: processes.all
	}, engine), {
		name,
		environment: "default"
	});
	const { app, notes } = engine === "ecs" ? forEcs(resolved) : {
		app: resolved,
		notes: []
	};
	return {
		app,
		notes: [
			...all.flatMap(({ language, marker, proposal: other }) => other === main?.proposal || other.build === void 0 ? [] : [{
				path: [],
				text: `There is ${language} too (${marker}), which this does not use. It would be built with: ${other.build}`
			}]),
			...proposal.guesses,
			...secretGuesses(proposal),
			...extra.guesses,
			...processes.guesses,
			...notes
		],
		found: [
			...main === void 0 ? [] : [main.language],
			...dockerfile === null ? [] : ["Dockerfile"],
			...Object.keys(extra.processes).length === 0 ? [] : ["Procfile.dev"]
		]
	};
}
const NOTHING = {
	processes: {},
	tasks: {},
	guesses: []
};
function secretGuesses({ secrets = [] }) {
	return secrets.map((name) => ({
		path: ["secrets", name],
		text: `Set it with \`gantry env set ${name} --secret\`.`
	}));
}
function withHealthCheck(all, repository) {
	const route = repository.find(repository.matching(SOURCES), HEALTH_ROUTE);
	const web = all["web"];
	if (web === void 0 || route === void 0) return {
		all,
		guesses: []
	};
	return {
		all: {
			...all,
			web: {
				...web,
				health_check: { path: route.groups[0] }
			}
		},
		guesses: [{
			path: [
				"processes",
				"web",
				"health_check"
			],
			text: `From ${route.place}.`
		}]
	};
}
function configOf({ build, buildEnv, env, secrets = [], processes, tasks }, engine) {
	const { web, ...others } = processes;
	const free = Object.entries({
		...web && { web },
		...others
	}).filter(([name]) => !Object.hasOwn(tasks, name));
	return plainMap({
		engine,
		...build !== void 0 && { build: { command: build } },
		env: {
			...env,
			...buildEnv
		},
		secrets: Object.fromEntries(secrets.map((name) => [name, "gantry"])),
		processes: Object.fromEntries(free),
		tasks
	});
}
function plainMap(data) {
	return new Map(Object.entries(data).flatMap(([key, value]) => value === void 0 ? [] : [[key, plain(value)]]));
}
function plain(value) {
	return typeof value === "object" && value !== null && !Array.isArray(value) ? plainMap(value) : value;
}
export { WANTED as n, propose as r, MARKERS as t };
