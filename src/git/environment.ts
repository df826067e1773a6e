import { delimiter, dirname } from 'node:path'

/** One `key=value` of git's configuration; keys may occur more than once. */
export type GitSetting = readonly [key: string, value: string]

/**
 * What holds for every git that Gantry starts, whatever a repository's own `config` says: these count as given on the
 * command line and win. No hook and no helper program runs, nothing is fetched, nothing tidies up behind our back.
 */
const ALWAYS: readonly GitSetting[] = [
  ['core.hooksPath', '/dev/null'],
  ['core.fsmonitor', 'false'],
  ['core.logAllRefUpdates', 'always'],
  ['core.protectHFS', 'true'],
  ['core.protectNTFS', 'true'],
  ['gc.auto', '0'],
  ['maintenance.auto', 'false'],
  ['log.showSignature', 'false'],
  // Repositories are named by us and never discovered from hostile places, so whose files they are does not matter.
  ['safe.directory', '*'],
]

/**
 * The whole environment of a git process. Of our own environment only PATH goes in, so that no variable of the server
 * reaches a hook (git-push.md §2.14). The folder of this Node comes first in it: hooks start with `env node`.
 *
 * @param by who is written into reflogs
 */
export function gitEnvironment(settings: readonly GitSetting[] = [], by = 'gantry'): Record<string, string> {
  const name = identity(by)
  return {
    PATH: [dirname(process.execPath), process.env['PATH'] ?? '/usr/local/bin:/usr/bin:/bin'].join(delimiter),
    LANG: 'C.UTF-8',
    HOME: '/nonexistent',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_ATTR_NOSYSTEM: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
    // Empty: no transport may be used, not even to fetch what a partial clone lacks.
    GIT_ALLOW_PROTOCOL: '',
    GIT_NO_LAZY_FETCH: '1',
    GIT_LITERAL_PATHSPECS: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_AUTHOR_NAME: name,
    GIT_AUTHOR_EMAIL: 'gantry@localhost',
    GIT_COMMITTER_NAME: name,
    GIT_COMMITTER_EMAIL: 'gantry@localhost',
    ...configVariables([...ALWAYS, ...settings]),
  }
}

/** Git refuses a name that is empty once it has taken punctuation away. */
function identity(by: string): string {
  return by.replaceAll(/[^\p{L}\p{N}@_ -]/gu, ' ').trim() || 'gantry'
}

function configVariables(settings: readonly GitSetting[]): Record<string, string> {
  const variables: Record<string, string> = { GIT_CONFIG_COUNT: String(settings.length) }
  for (const [index, [key, value]] of settings.entries()) {
    variables[`GIT_CONFIG_KEY_${index}`] = key
    variables[`GIT_CONFIG_VALUE_${index}`] = value
  }
  return variables
}
