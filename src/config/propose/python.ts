import { Draft } from './proposer.ts'
import type { Proposer } from './proposer.ts'
import type { Found, Repository } from './repository.ts'

const NEEDS = ['requirements.txt', 'pyproject.toml', 'Pipfile', 'setup.py']
const SOURCES = /^(?:[\w-]+\/){0,2}\w+\.py$/
/** Where packages go: a virtual environment does not work any more in another folder than the one it was made in. */
const PACKAGES = '.packages'

export const PYTHON: Proposer = {
  language: 'Python',
  marker: 'requirements.txt, pyproject.toml or manage.py',
  wants: /^(?:requirements\.txt|pyproject\.toml|Pipfile|setup\.py|alembic\.ini|(?:[\w-]+\/){0,2}\w+\.py)$/,
  propose(repository) {
    const scripts = ['main.py', 'app.py', 'server.py', 'bot.py']
    if (repository.first(...NEEDS, 'manage.py', ...scripts) === undefined) return null
    const draft = new Draft()
    addBuild(repository, draft)
    const project = djangoProject(repository)
    addWeb(project, repository, draft)
    addCelery(project, repository, draft)
    addMigration(project, repository, draft)
    const script = repository.first(...scripts)
    if (Object.keys(draft.processes).length === 0 && script !== undefined) {
      draft.process(
        'worker',
        { command: `python3 ${script}` },
        `From ${script}: no web framework that is known was found.`,
      )
    }
    return draft
  },
}

function addBuild(repository: Repository, draft: Draft): void {
  const from = repository.first('requirements.txt', 'pyproject.toml')
  if (from === undefined) {
    const other = repository.first('Pipfile')
    if (other !== undefined)
      draft.guess([], `Nothing here installs what ${other} names: say under \`build.command\` what does.`)
    return
  }
  const what = from === 'requirements.txt' ? '-r requirements.txt' : '.'
  draft.builds(
    [`python3 -m pip install --target ${PACKAGES} ${what}`],
    `From ${from}. PYTHONPATH names the folder in which Python finds the packages.`,
  )
  draft.buildEnv = { PYTHONPATH: PACKAGES }
}

interface Django {
  name: string
  place: string
}

function djangoProject(repository: Repository): Django | undefined {
  const found = repository.find(['manage.py'], /DJANGO_SETTINGS_MODULE['"]\s*,\s*['"](\w+)\.[\w.]+['"]/)
  return found && { name: found.groups[0]!, place: found.place }
}

function addWeb(django: Django | undefined, repository: Repository, draft: Draft): void {
  const gunicorn = needs(repository, 'gunicorn')
  const uvicorn = needs(repository, 'uvicorn') ?? needs(repository, 'fastapi[standard]')
  if (django !== undefined) {
    const { name, place } = django
    const command = gunicorn
      ? `python3 -m gunicorn ${name}.wsgi --bind 0.0.0.0:$PORT`
      : uvicorn
        ? `python3 -m uvicorn ${name}.asgi:application --host 0.0.0.0 --port $PORT`
        : 'python3 manage.py runserver --noreload 0.0.0.0:$PORT'
    const server = gunicorn ?? uvicorn
    const with_ =
      server === undefined
        ? 'Neither gunicorn nor uvicorn is required, so it is the server for development: add one.'
        : `With ${server}.`
    draft.process('web', { command }, `From ${place}: Django. ${with_}`)
    return
  }
  const asgi = find(repository, /^(\w+)[ \t]*(?::[^=\n]{0,60})?=[ \t]*(?:fastapi\.)?(?:FastAPI|Starlette)\(/m)
  if (asgi !== undefined) {
    const command = `python3 -m uvicorn ${moduleOf(asgi.path)}:${asgi.groups[0]} --host 0.0.0.0 --port $PORT`
    draft.process(
      'web',
      { command },
      `From ${asgi.place}.${uvicorn === undefined ? ' uvicorn has to be among the packages: it was not found there.' : ''}`,
    )
    return
  }
  const flask = find(repository, /^(\w+)[ \t]*(?::[^=\n]{0,60})?=[ \t]*(?:flask\.)?Flask\(/m)
  const factory =
    flask ?? (needs(repository, 'flask') === undefined ? undefined : find(repository, /^def (create_app)\(/m))
  if (factory === undefined) return
  const module = moduleOf(factory.path)
  const target = flask === undefined ? `'${module}:create_app()'` : `${module}:${flask.groups[0]}`
  const command = gunicorn
    ? `python3 -m gunicorn ${target} --bind 0.0.0.0:$PORT`
    : `python3 -m flask --app ${module} run --host 0.0.0.0 --port $PORT`
  const how = gunicorn
    ? `With ${gunicorn}.`
    : 'gunicorn is not required, so it is the server for development: add it.'
  draft.process('web', { command }, `From ${factory.place}: Flask. ${how}`)
}

function addCelery(django: Django | undefined, repository: Repository, draft: Draft): void {
  const app = find(repository, /^\w+[ \t]*(?::[^=\n]{0,60})?=[ \t]*(?:celery\.)?Celery\(/m)
  const required = needs(repository, 'celery')
  if (app === undefined && required === undefined) {
    const rq = needs(repository, 'rq')
    if (rq !== undefined) draft.process('worker', { command: 'python3 -m rq.cli worker' }, `From ${rq}.`)
    return
  }
  const module = app === undefined ? django?.name : moduleOf(app.path).replace(/\.celery$/, '')
  if (module === undefined) {
    draft.guess([], `${required} has Celery, and no app of it was found: if there is a worker, add it.`)
    return
  }
  const from = app?.place ?? required
  draft.process(
    'worker',
    { command: `python3 -m celery -A ${module} worker --loglevel info` },
    `From ${from}.`,
  )
  const schedule = find(repository, /\bbeat_schedule\b|\bCELERY_BEAT_SCHEDULE\b/)
  const beat =
    schedule?.place ?? needs(repository, 'django-celery-beat') ?? needs(repository, 'celery-redbeat')
  if (beat === undefined) return
  const settings = {
    command: `python3 -m celery -A ${module} beat --loglevel info --schedule "\${TMPDIR:-/tmp}/celerybeat"`,
    rollout: { overlap: false },
  }
  draft.process('beat', settings, `From ${beat}. There are never two at once.`)
}

function addMigration(django: Django | undefined, repository: Repository, draft: Draft): void {
  const flask = needs(repository, 'flask-migrate')
  const app = flask === undefined ? undefined : find(repository, /\bMigrate\(/)
  const found: readonly (readonly [string | undefined, string])[] = [
    [django?.place, 'python3 manage.py migrate --no-input'],
    [repository.first('alembic.ini'), 'python3 -m alembic upgrade head'],
    [app?.place, `python3 -m flask --app ${app === undefined ? '' : moduleOf(app.path)} db upgrade`],
  ]
  const [place, command] = found.find(([place]) => place !== undefined) ?? []
  if (command === undefined) return
  draft.migration(command, place)
}

/** Where a package is required. */
function needs(repository: Repository, name: string): string | undefined {
  const escaped = name.replaceAll(/[[\]-]/g, (character) => (character === '-' ? '[-_]' : `\\${character}`))
  return repository.find(NEEDS, new RegExp(`(?:^|["'\\s])${escaped}(?=[\\s"'<>=~!;,[]|$)`, 'im'))?.place
}

function find(repository: Repository, pattern: RegExp): Found | undefined {
  const sources = repository
    .matching(SOURCES)
    .filter((path) => !/(?:^|\/)(?:tests?|conftest)(?:\/|\.)|(?:^|\/)test_/.test(path))
  return repository.find(sources, pattern)
}

/** `app.main` for `app/main.py`. */
function moduleOf(path: string): string {
  return path
    .replace(/\.py$/, '')
    .replace(/\/__init__$/, '')
    .replaceAll('/', '.')
}
