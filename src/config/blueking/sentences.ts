// What both versions of the format have in common to say.

export const LANGUAGE_TEXT =
  'no buildpack is chosen by it; the image is built from the Dockerfile, or on the local engine from the tree itself'
export const LANGUAGE_HINT = 'Where there is no Dockerfile, add one, or `build.command` to gantry.yml.'
export const SOURCE_DIR_TEXT = '`build.context`; a Procfile is looked for there first'
export const PLAN_TEXT =
  'its memory is what an instance gets; its 4 CPUs are a limit in BlueKing, and Gantry reserves the least CPU that goes with the memory'
export const PLAN_HINT = 'Set `cpu` and `memory` in gantry.yml for another size.'
export const SIGNAL_TEXT = 'SIGTERM comes at once, and not after that time'
export const ADDON_HINT =
  'Create them yourself, and give their addresses and passwords with `gantry env set NAME --secret`.'
export const DISCOVERY_HINT =
  'Give the addresses as variables, under `env` in gantry.yml or with `gantry env set`.'
export const METRICS_HINT = 'Let the monitoring of your choice fetch them from the instances.'
export const HOOK_TEXT =
  'the task `pre-release-hook`, with `run: pre_deploy` and 15 minutes; it runs when the image or the command changed'
