import { Draft } from './proposer.ts'
import type { Proposer } from './proposer.ts'
import type { Repository } from './repository.ts'

export const RUBY: Proposer = {
  language: 'Ruby',
  marker: 'Gemfile',
  wants: /^(?:Gemfile|Rakefile|config\.ru|config\/[\w-]+\.rb)$/,
  propose(repository) {
    if (!repository.has('Gemfile')) return null
    const draft = new Draft()
    const rails = gem(repository, 'rails')
    addBuild(rails, repository, draft)
    if (rails !== undefined) addRails(repository, draft)
    addWeb(rails, repository, draft)
    addWorker(repository, draft)
    addMigration(rails, repository, draft)
    return draft
  },
}

function addBuild(rails: string | undefined, repository: Repository, draft: Draft): void {
  const assets = rails && (gem(repository, 'sprockets-rails') ?? gem(repository, 'propshaft'))
  const install = ['bundle config set --local path vendor/bundle', 'bundle install']
  const precompile = 'SECRET_KEY_BASE_DUMMY=1 RAILS_ENV=production bundle exec rails assets:precompile'
  const from = ['Gemfile', ...(assets === undefined ? [] : [assets])]
  draft.builds([...install, ...(assets === undefined ? [] : [precompile])], `From ${from.join(' and ')}.`)
}

function addRails(repository: Repository, draft: Draft): void {
  draft.env = { RAILS_ENV: 'production', RAILS_LOG_TO_STDOUT: '1' }
  if (repository.has('config/credentials.yml.enc')) draft.secrets = ['RAILS_MASTER_KEY']
}

function addWeb(rails: string | undefined, repository: Repository, draft: Draft): void {
  const puma = gem(repository, 'puma')
  const rack = repository.first('config.ru')
  const from = puma ?? rails ?? rack
  if (from === undefined || (rack === undefined && rails === undefined)) return
  const command =
    puma !== undefined
      ? 'bundle exec puma -b tcp://0.0.0.0:$PORT'
      : rails !== undefined
        ? 'bundle exec rails server -b 0.0.0.0 -p $PORT -P "${TMPDIR:-/tmp}/server.pid"'
        : 'bundle exec rackup -o 0.0.0.0 -p $PORT'
  draft.process('web', { command }, `From ${from}.`)
}

function addWorker(repository: Repository, draft: Draft): void {
  const known: readonly (readonly [string, string])[] = [
    ['sidekiq', 'bundle exec sidekiq'],
    ['good_job', 'bundle exec good_job start'],
    ['solid_queue', 'bundle exec rake solid_queue:start'],
    ['delayed_job', 'bundle exec rake jobs:work'],
    ['resque', 'QUEUE=* bundle exec rake resque:work'],
  ]
  for (const [name, command] of known) {
    const place = gem(repository, name) ?? gem(repository, `${name}_active_record`)
    if (place !== undefined) return draft.process('worker', { command }, `From ${place}.`)
  }
}

function addMigration(rails: string | undefined, repository: Repository, draft: Draft): void {
  const [migration] = repository.matching(/^db\/migrate\/[\w.-]+\.rb$/)
  const from = migration === undefined ? undefined : 'db/migrate'
  const command = rails === undefined ? 'bundle exec rake db:migrate' : 'bundle exec rails db:migrate'
  if (from === undefined) return
  draft.migration(command, from)
}

function gem(repository: Repository, name: string): string | undefined {
  return repository.find(['Gemfile'], new RegExp(`^[ \\t]*gem[ (]+["']${name}["']`, 'm'))?.place
}
