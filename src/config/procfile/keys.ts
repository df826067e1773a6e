import { z } from 'zod'

import { descriptive, honoured, unsupported } from '../catalogue/catalogue.ts'
import type { Catalogue } from '../catalogue/catalogue.ts'
import { ArgumentName, oneOf, PlainValue, wholeNumber } from '../gantry-yml/scalars.ts'
import { CronSchedule } from './schedules.ts'

export const SYSTEM = 'Heroku'

const Text = z.string({ error: 'a text' })

/** The process types of a Procfile, as a map of types to commands. */
export const PROCFILE_KEYS: Catalogue = {
  system: SYSTEM,
  unknown: 'error',
  root: {
    title: '`Procfile`',
    keys: {
      release: honoured(
        'the task `release`, with `run: pre_deploy` and an hour; it runs when the image or the command changed',
      ),
      web: honoured('the process `web`: public, `PORT` given'),
      '*': honoured('a process that nobody reaches from outside'),
    },
  },
}

export const APP_JSON_KEYS: Catalogue = {
  system: SYSTEM,
  unknown: 'warning',
  root: {
    title: '`app.json`',
    keys: {
      $schema: descriptive(),
      name: descriptive(),
      description: descriptive(),
      keywords: descriptive(),
      logo: descriptive(),
      repository: descriptive(),
      success_url: descriptive(),
      website: descriptive(),
      'env.*': honoured('a variable in `env`', { value: PlainValue, name: ArgumentName }),
      'env.*.value': honoured('its value', { value: PlainValue }),
      'env.*.description': descriptive(),
      'env.*.required': honoured('false: nothing is said when it has no value', {
        value: z.boolean({ error: 'true or false' }),
      }),
      'env.*.generator': unsupported(
        'Gantry generates no secrets',
        'Set it with `gantry env set NAME --secret`.',
        { value: oneOf(['secret']) },
      ),
      'formation.*': honoured('the process of that name'),
      'formation.*.quantity': honoured('`demand_count`', { value: wholeNumber(0, 5000) }),
      'formation.*.size': honoured(
        '`memory`: 512 MB for eco, basic and standard-1x, 1 GB for standard-2x, 2.5 GB for performance-m, 14 GB for performance-l',
        { value: Text },
      ),
      'cron[]': honoured('a task with that schedule, named `cron-1`, `cron-2`, … (Dokku)'),
      'cron[].command': honoured('`command`', { value: Text, required: true }),
      'cron[].schedule': honoured('`schedule`, in UTC', { value: CronSchedule, required: true }),
      'scripts.postdeploy': unsupported(
        'Heroku runs it once, when an app is created',
        'Run it by hand with `gantry run`, or as a task with `run: post_deploy`.',
      ),
      'scripts.pr-predestroy': unsupported('there are no review apps', 'Leave it out.'),
      'scripts.*': unsupported('Gantry runs no such script', 'Make it a task in gantry.yml.'),
      addons: unsupported(
        'Gantry makes no databases and other services',
        'Create them yourself, and give their addresses with `gantry env set NAME --secret`.',
      ),
      buildpacks: unsupported(
        'images are built from a Dockerfile, or on the local engine with `build.command`',
        'Add a Dockerfile, or `build.command` to gantry.yml.',
      ),
      stack: unsupported('images are built from a Dockerfile, which names its base', 'Leave it out.'),
      image: unsupported(
        'Heroku takes it for apps of a registry',
        'Give a process its image with `image` in gantry.yml.',
      ),
      environments: unsupported(
        'they are those of Heroku CI and of review apps',
        'Describe environments in gantry.yml.',
      ),
    },
  },
}
