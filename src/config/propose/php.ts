import { Draft } from './proposer.ts'
import type { Proposer } from './proposer.ts'
import type { Repository } from './repository.ts'

export const PHP: Proposer = {
  language: 'PHP',
  marker: 'composer.json',
  wants: /^composer\.json$/,
  propose(repository) {
    if (!repository.has('composer.json')) return null
    const draft = new Draft()
    draft.builds(['composer install --no-dev --no-interaction --optimize-autoloader'], 'From composer.json.')
    addWeb(repository, draft)
    if (repository.has('artisan')) addLaravel(repository, draft)
    else if (repository.has('bin/console')) addSymfony(repository, draft)
    return draft
  },
}

function addWeb(repository: Repository, draft: Draft): void {
  const index = repository.first('public/index.php', 'web/index.php', 'index.php')
  if (index === undefined) return
  const folder = index.replace(/\/?index\.php$/, '') || '.'
  const guess = `From ${index}. This is the server of PHP for development: in production take one such as FrankenPHP.`
  draft.process('web', { command: `php -S 0.0.0.0:$PORT -t ${folder}` }, guess)
}

function addLaravel(repository: Repository, draft: Draft): void {
  draft.secrets = ['APP_KEY']
  const horizon = required(repository, 'laravel/horizon')
  const [job] = repository.matching(/^app\/Jobs\/\w+\.php$/)
  const from = horizon ?? job
  if (from !== undefined) {
    const command = horizon === undefined ? 'php artisan queue:work' : 'php artisan horizon'
    draft.process('worker', { command }, `From ${from}.`)
  }
  if (repository.matching(/^database\/migrations\/\w+\.php$/).length === 0) return
  draft.migration('php artisan migrate --force', 'database/migrations')
}

function addSymfony(repository: Repository, draft: Draft): void {
  draft.env = { APP_ENV: 'prod' }
  const messenger = required(repository, 'symfony/messenger')
  if (messenger !== undefined) {
    draft.process('worker', { command: 'php bin/console messenger:consume async' }, `From ${messenger}.`)
  }
  const migrations = required(repository, 'doctrine/doctrine-migrations-bundle')
  if (migrations === undefined) return
  draft.migration('php bin/console doctrine:migrations:migrate --no-interaction', migrations)
}

function required(repository: Repository, name: string): string | undefined {
  return repository.find(['composer.json'], new RegExp(`"${name}"\\s*:`))?.place
}
