import { describe, expect, test } from 'vitest'

import type { App, EngineName } from '../../src/app/app.ts'
import { expectReadBack } from '../../src/config/gantry-yml/write-check.ts'
import { writeGantryYml } from '../../src/config/gantry-yml/write.ts'
import { propose } from '../../src/config/propose/propose.ts'
import { Repository } from '../../src/config/propose/repository.ts'

interface Proposed {
  app: App
  text: string
  found: string[]
}

/** What is proposed for a repository with these files, as it is written: it is read back without a problem. */
async function proposed(files: Record<string, string>, engine: EngineName = 'local'): Promise<Proposed> {
  const proposal = propose(new Repository(Object.keys(files), new Map(Object.entries(files))), {
    name: 'shop',
    engine,
  })
  if (proposal === null) throw new Error('nothing was proposed')
  const { app, notes, found } = proposal
  const text = writeGantryYml({ apps: [app], isNamed: false, notes })
  await expectReadBack(text, [app], 'shop')
  return { app, text, found }
}

/** The commands of processes and tasks, by name, and that of the build. */
function commandsOf({ app }: Proposed): Record<string, unknown> {
  const all = [...app.processes, ...app.tasks].map(({ name, command }) => [name, command])
  return { ...(app.build.command !== null && { build: app.build.command }), ...Object.fromEntries(all) }
}

const packageJson = (content: object): string => JSON.stringify(content, null, 2)

describe('a repository of Node.js', () => {
  test('is run by its scripts, with what its lock file names', async () => {
    const made = await proposed({
      'package.json': packageJson({
        scripts: {
          start: 'node server.js',
          worker: 'tsx worker.ts',
          build: 'tsc',
          migrate: 'node migrate.js',
        },
        dependencies: { express: '5', bullmq: '5' },
      }),
      'package-lock.json': '{}',
      'server.js': "import express from 'express'\napp.get('/healthz', ok)\napp.listen(process.env.PORT)\n",
    })
    expect(commandsOf(made)).toEqual({
      build: 'npm ci && npm run build',
      web: 'node server.js',
      worker: 'npm run worker',
      migrate: 'node migrate.js',
    })
    expect(made.app.processes[0]!.health_check).toMatchObject({ path: '/healthz' })
    expect(made.text).toContain('    # From server.js:2.\n    health_check: {path: /healthz}\n')
    expect(made.text).toContain('  # From package.json:3.\n  web:\n')
  })

  test.each([
    ['yarn.lock', {}, 'yarn install --frozen-lockfile'],
    ['yarn.lock', { packageManager: 'yarn@4.1.0' }, 'yarn install --immutable'],
    ['pnpm-lock.yaml', {}, 'pnpm install --frozen-lockfile'],
    ['bun.lock', {}, 'bun install --frozen-lockfile'],
    ['.gitignore', { dependencies: { a: '1' } }, 'npm install'],
  ])('with %s and %j is made ready with %s', async (lock, content, install) => {
    const made = await proposed({ 'package.json': packageJson(content), 'index.js': '', [lock]: '' })
    expect(commandsOf(made)).toEqual({ build: install, web: 'node index.js' })
  })

  test.each([
    [{ 'prisma/schema.prisma': '' }, { prisma: '6' }, 'npx prisma migrate deploy'],
    [{ 'knexfile.js': '' }, { knex: '3' }, 'npx knex migrate:latest'],
    [{ '.sequelizerc': '' }, { 'sequelize-cli': '6' }, 'npx sequelize-cli db:migrate'],
    [{ 'drizzle.config.ts': '' }, { 'drizzle-kit': '1' }, 'npx drizzle-kit migrate'],
  ])('with %j migrates before a deployment', async (files, devDependencies, command) => {
    const made = await proposed({
      'package.json': packageJson({ devDependencies }),
      'index.js': '',
      ...files,
    })
    expect(made.app.tasks).toMatchObject([{ name: 'migrate', command, run: 'pre_deploy' }])
  })

  test('says what it has not found: a port, a worker', async () => {
    const { text } = await proposed({
      'package.json': packageJson({ main: './lib.js', dependencies: { bull: '4' } }),
      'lib.js': 'listen(3000)',
    })
    expect(text).toContain('# package.json:4 has bull, and nothing was found that works off its jobs')
    expect(text).toContain('No file that was looked at reads process.env.PORT')
  })

  test('of which the package.json says nothing that is known is read as well', async () => {
    for (const text of ['{', 'null', '[]', '{"scripts": 3, "main": {}}', '{"scripts": {"start": 4}}']) {
      expect(commandsOf(await proposed({ 'package.json': text, 'index.js': '' }))).toEqual({
        web: 'node index.js',
      })
    }
  })
})

describe('a repository of Python', () => {
  test('with Django is served by gunicorn, with workers, one beat and migrations', async () => {
    const made = await proposed({
      'requirements.txt': 'Django==5.2\ngunicorn>=23\ncelery[redis]\n',
      'manage.py': "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')",
      'shop/settings.py': "DEBUG = False\nCELERY_BEAT_SCHEDULE = {'a': {}}\n",
      'shop/celery.py': "from celery import Celery\napp = Celery('shop')\n",
    })
    expect(commandsOf(made)).toEqual({
      build: 'python3 -m pip install --target .packages -r requirements.txt',
      web: 'python3 -m gunicorn shop.wsgi --bind 0.0.0.0:$PORT',
      worker: 'python3 -m celery -A shop worker --loglevel info',
      beat: 'python3 -m celery -A shop beat --loglevel info --schedule "${TMPDIR:-/tmp}/celerybeat"',
      migrate: 'python3 manage.py migrate --no-input',
    })
    expect(made.app.env).toEqual({ PYTHONPATH: '.packages' })
    expect(made.app.processes.find(({ name }) => name === 'beat')!.rollout.overlap).toBe(false)
    expect(made.text).toContain('# From shop/settings.py:2. There are never two at once.')
  })

  test.each([
    [
      'FastAPI',
      {
        'pyproject.toml': '[project]\ndependencies = ["fastapi[standard]>=0.1"]',
        'app/main.py': 'app = FastAPI()',
      },
      'python3 -m uvicorn app.main:app --host 0.0.0.0 --port $PORT',
    ],
    [
      'Flask and gunicorn',
      {
        'requirements.txt': 'flask\ngunicorn',
        'app.py': 'from flask import Flask\nserver = Flask(__name__)',
      },
      'python3 -m gunicorn app:server --bind 0.0.0.0:$PORT',
    ],
    [
      'a factory of Flask',
      { 'requirements.txt': 'Flask', 'shop/__init__.py': 'def create_app():\n  pass' },
      'python3 -m flask --app shop run --host 0.0.0.0 --port $PORT',
    ],
    [
      'Django and no server',
      { 'manage.py': '"DJANGO_SETTINGS_MODULE", "a.settings"' },
      'python3 manage.py runserver --noreload 0.0.0.0:$PORT',
    ],
  ])('with %s is served by that', async (_, files, command) => {
    expect(commandsOf(await proposed(files))).toMatchObject({ web: command })
  })

  test('without a web framework is a worker, and alembic migrates', async () => {
    const made = await proposed({ 'requirements.txt': 'alembic', 'alembic.ini': '', 'bot.py': '' })
    expect(commandsOf(made)).toMatchObject({
      worker: 'python3 bot.py',
      migrate: 'python3 -m alembic upgrade head',
    })
  })

  test('takes no package for another one whose name begins like it', async () => {
    const made = await proposed({ 'requirements.txt': 'celery-types\nnot-celery', 'main.py': '' })
    expect(Object.keys(commandsOf(made))).toEqual(['build', 'worker'])
    expect(commandsOf(made)).toMatchObject({ worker: 'python3 main.py' })
  })
})

test('a repository with Rails is served by puma, with sidekiq, migrations and assets', async () => {
  const made = await proposed({
    Gemfile:
      'source "https://example.com"\ngem "rails", "~> 8"\ngem "puma"\ngem "propshaft"\n  gem "sidekiq"\n',
    'config.ru': 'run Rails.application',
    'config/credentials.yml.enc': '',
    'db/migrate/2026_make.rb': '',
    'package.json': packageJson({ scripts: { build: 'esbuild' } }),
    'Procfile.dev':
      'web: bin/rails server -p 3000\njs: yarn build --watch\nclock: bundle exec clockwork clock.rb\n',
  })
  expect(commandsOf(made)).toEqual({
    build:
      'bundle config set --local path vendor/bundle && bundle install && SECRET_KEY_BASE_DUMMY=1 RAILS_ENV=production bundle exec rails assets:precompile',
    web: 'bundle exec puma -b tcp://0.0.0.0:$PORT',
    worker: 'bundle exec sidekiq',
    clock: 'bundle exec clockwork clock.rb',
    migrate: 'bundle exec rails db:migrate',
  })
  expect(made.app.secrets).toEqual({ RAILS_MASTER_KEY: 'gantry' })
  expect(made.text).toContain('# Set it with `gantry env set RAILS_MASTER_KEY --secret`.\n')
  expect(made.text).toContain('There is Node.js too (package.json)')
  expect(made.text).toContain('# From Procfile.dev:3, which is for development.')
})

test('a repository of Go has a process for each program, and a task for what migrates', async () => {
  const made = await proposed({
    'go.mod': 'module shop',
    'main.go':
      'package main\nimport "net/http"\nfunc main() { http.ListenAndServe(":"+os.Getenv("PORT"), nil) }\n',
    'main_test.go': 'package main',
    'cmd/mailer/main.go': 'package main',
    'cmd/migrate/main.go': 'package main',
    'cmd/shared/shared.go': 'package shared',
  })
  expect(commandsOf(made)).toEqual({
    build:
      'go build -o bin/mailer ./cmd/mailer && go build -o bin/migrate ./cmd/migrate && go build -o bin/app .',
    web: 'bin/app',
    mailer: 'bin/mailer',
    migrate: 'bin/migrate',
  })
})

test('a repository of Go keeps all its programs, whatever they are called', async () => {
  const made = await proposed({
    'go.mod': 'module shop',
    'cmd/api/main.go': 'package main\nfunc main() { http.ListenAndServe(os.Getenv("PORT"), nil) }\n',
    'cmd/web/main.go': 'package main',
  })
  expect(commandsOf(made)).toMatchObject({ web: 'bin/api', 'web-2': 'bin/web' })
  expect(made.text).toMatch(/# From cmd\/api\/main\.go:2\.\n {2}web:\n/)
})

test('a repository with Laravel is served by PHP, with a queue and migrations', async () => {
  const made = await proposed({
    'composer.json': '{"require": {"laravel/framework": "^12"}}',
    artisan: '',
    'public/index.php': '',
    'app/Jobs/SendMail.php': '',
    'database/migrations/2026_make.php': '',
  })
  expect(commandsOf(made)).toEqual({
    build: 'composer install --no-dev --no-interaction --optimize-autoloader',
    web: 'php -S 0.0.0.0:$PORT -t public',
    worker: 'php artisan queue:work',
    migrate: 'php artisan migrate --force',
  })
})

test('a repository of Rust runs what cargo makes', async () => {
  const made = await proposed({
    'Cargo.toml': '[package]\nedition = "2024"\nname = "shop"\n\n[dependencies]\naxum = "0.8"\n',
    'src/main.rs': 'fn main() {}',
    'src/bin/mail_worker.rs': '',
  })
  expect(commandsOf(made)).toEqual({
    build: 'cargo build --release',
    web: 'target/release/shop',
    'mail-worker': 'target/release/mail_worker',
  })
})

test('a repository of Rust keeps programs of any name', async () => {
  const made = await proposed({
    'Cargo.toml': '[package]\nname = "shop"\n\n[dependencies]\naxum = "0.8"\n',
    'src/main.rs': 'fn main() {}',
    'src/bin/sync__db.rs': '',
    'src/bin/web.rs': '',
  })
  expect(commandsOf(made)).toMatchObject({
    web: 'target/release/shop',
    'sync-db': 'target/release/sync__db',
    'web-2': 'target/release/web',
  })
})

test('a Procfile.dev alone gives what is not for development only, and says what it does not take', async () => {
  const made = await proposed({
    'Procfile.dev': 'web: bin/dev-server\nmail: bin/mail\nrelease: bin/migrate\n',
  })
  expect(commandsOf(made)).toEqual({ mail: 'bin/mail' })
  expect(made.found).toEqual(['Procfile.dev'])
  expect(made.text).toContain('# Procfile.dev:1 starts `web` for development')
  expect(made.text).toContain('# Procfile.dev:3 is what a release runs')
})

test('what is found as a task is no process as well, and no comment tells of it', async () => {
  const made = await proposed({
    Gemfile: 'gem "rails"\ngem "puma"\n',
    'config.ru': '',
    'db/migrate/1_a.rb': '',
    'Procfile.dev': 'migrate: bin/rails db:migrate\n',
  })
  expect(commandsOf(made)).toMatchObject({ migrate: 'bundle exec rails db:migrate' })
  expect(made.text).not.toContain('Procfile.dev')
})

test('a Pipfile is said not to be installed', async () => {
  const made = await proposed({
    Pipfile: '[packages]\nflask = "*"\ngunicorn = "*"\n',
    'app.py': 'from flask import Flask\napp = Flask(__name__)\n',
  })
  expect(made.text).toContain('# Nothing here installs what Pipfile names')
})

describe('a Dockerfile', () => {
  const DOCKERFILE =
    'FROM node AS build\nCMD ["no"]\nFROM node\nEXPOSE 3000/tcp\nCMD ["node", \\\n  "server.js"]\n'

  test('says what runs on the local engine where nothing else does', async () => {
    const made = await proposed({ Dockerfile: DOCKERFILE })
    expect(commandsOf(made)).toEqual({ web: ['node', 'server.js'] })
    expect(made.app.processes[0]!.port).toBeNull()
    expect(made.text).toContain('From Dockerfile:5.')
  })

  test.each([
    [
      'the check of its health',
      'FROM node:20\nCMD ["node", "server.js"]\nHEALTHCHECK --interval=30s \\\n  CMD curl -f http://localhost:3000/ || exit 1\n',
      2,
    ],
    [
      'the stage that it is not made from',
      'FROM node AS build\nCMD ["no"]\nFROM node\nCMD ["node", "server.js"]\n',
      4,
    ],
    ['the ends of lines of Windows', 'FROM node:20\r\nCMD ["node", \\\r\n  "server.js"]\r\n', 2],
    ['a comment between its lines', 'FROM node:20\nCMD ["node", \\\n# why\n  "server.js"]\n', 2],
    [
      'where the stage stands that it is made from',
      'FROM node AS base\nCMD ["node", "server.js"]\nFROM base\nCOPY . .\n',
      2,
    ],
  ])('says what runs, whatever %s', async (_, text, line) => {
    const made = await proposed({ Dockerfile: text })
    expect(commandsOf(made)).toEqual({ web: ['node', 'server.js'] })
    expect(made.text).toContain(`From Dockerfile:${line}.`)
  })

  test('that names no command runs that of its base on ECS', async () => {
    const made = await proposed({ Dockerfile: 'FROM nginx\nCOPY . .\nEXPOSE 80\n' }, 'ecs')
    expect(made.app.processes).toMatchObject([{ name: 'web', command: null, port: 80 }])
    expect(made.text.replaceAll(/\n *# /g, ' ')).toContain(
      'the Dockerfile names no command, so that of its base.',
    )
  })

  test('says what runs on ECS, and where it listens; what is missing is to be filled in', async () => {
    const made = await proposed(
      {
        Dockerfile: DOCKERFILE,
        'package.json': packageJson({ scripts: { start: 'x', worker: 'node w.js' } }),
      },
      'ecs',
    )
    expect(commandsOf(made)).toEqual({ web: null, worker: 'node w.js' })
    expect(made.app).toMatchObject({ engine: 'ecs', ecs: { subnets: ['subnet-FILL-IN'] } })
    expect(made.app.processes[0]).toMatchObject({
      port: 3000,
      ecs: { target_group: expect.stringContaining('NAME/ID') },
    })
    expect(made.text.match(/# Fill in: /g)).toHaveLength(3)
  })

  test('is asked for where ECS needs one', async () => {
    const made = await proposed({ 'go.mod': '', 'main.go': 'package main' }, 'ecs')
    expect(made.text).toContain('there is no Dockerfile to make one from')
    expect(made.app.build.command).toBeNull()
  })
})

test('a repository that tells nothing gets no proposal', () => {
  expect(
    propose(new Repository(['README.md', 'index.html'], new Map()), { name: 'shop', engine: 'local' }),
  ).toBeNull()
})

test('whatever the files hold, what is proposed is a config that is read', async () => {
  const hostile = [
    '\u0000',
    '\u001b[31m',
    '#\n#',
    '"]\n',
    '$(id)',
    'x'.repeat(40_000),
    '../..',
    '{"scripts": {"start": "node a.js; id"}}',
  ]
  for (const text of hostile) {
    const files = {
      'package.json': `{"scripts": {"start": ${JSON.stringify(text)}}, "engines": {"node": ${JSON.stringify(text)}}}`,
      'server.js': text,
      [`bin/${text.slice(0, 50)}`]: '',
      'Procfile.dev': `mail: ${text}\n${text}: x\n`,
      Dockerfile: `FROM a\nEXPOSE 99999\nEXPOSE 0 ${text}\nCMD ${text}\n`,
      'index.js': '',
    }
    await proposed(files, 'ecs')
    const made = await proposed(files)
    expect(commandsOf(made)['web']).toBe(
      made.app.processes.some(({ name }) => name === 'web') ? 'npm start' : undefined,
    )
    expect(made.text).not.toMatch(/[^\P{Cc}\n]/u)
  }
})

test.each(['FROM a\n', 'CMD a\\\n', 'a\n', '[package]\n', 'a: b\n', ' ', '"/'])(
  'files full of %j are looked at in no time',
  async (piece) => {
    const text = piece.repeat(500_000 / piece.length)
    const names = [
      'Dockerfile',
      'Procfile.dev',
      'Gemfile',
      'requirements.txt',
      'manage.py',
      'app.py',
      'go.mod',
      'main.go',
    ]
    const all = [...names, 'Cargo.toml', 'src/main.rs', 'composer.json', 'package.json', 'server.js']
    expect((await proposed(Object.fromEntries(all.map((name) => [name, text])))).found).toContain(
      'Dockerfile',
    )
  },
)
