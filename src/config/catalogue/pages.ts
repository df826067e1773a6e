import { PROCFILE_KEYS as BLUEKING_PROCFILE } from '../blueking/procfile-keys.ts'
import { VERSION_1 } from '../blueking/v1-keys.ts'
import { VERSION_2 } from '../blueking/v2-keys.ts'
import { VERSION_3 } from '../blueking/v3-keys.ts'
import { APP_JSON_KEYS, PROCFILE_KEYS } from '../procfile/keys.ts'
import { STACKTAPE_KEYS } from '../stacktape/keys.ts'
import { PLATFORM_APP, PLATFORM_ROUTES, PLATFORM_SERVICES, UPSUN_KEYS } from '../upsun/keys.ts'
import type { Catalogue } from './catalogue.ts'

/** A page of `docs/formats`: what becomes of the keys of one system's files. */
export interface FormatPage {
  /** The page's file name, without its ending. */
  name: string
  title: string
  /** What is to be known beside the keys: paragraphs of Markdown. */
  notes: readonly string[]
  catalogues: readonly Catalogue[]
}

export const FORMAT_PAGES: readonly FormatPage[] = [
  {
    name: 'blueking',
    title: 'BlueKing',
    notes: [
      'Gantry reads `app_desc.yaml` (or `app_desc.yml`) of versions 2 and 3 in the root of the repository. Version 1, or none, is refused, unless there is a Procfile: then only that is read.',
      'A `Procfile` in the folder of the module, or in the root, decides which processes there are and what they run; the other settings of a process stay. It is read as YAML, and its commands are lines for the shell. BlueKing itself has refused two files that differ since July 2025; a warning names each difference.',
      'The environments are `stag` and `prod`. Where the file is silent, the defaults of BlueKing hold: 1 GB of memory, 30 s between SIGTERM and SIGKILL, 1 s for a probe to answer, port 5000 for `web`, and in version 2 two instances of `web` in `prod`.',
      'A command is split into words and run without a shell, as in BlueKing, with the variables in it replaced: `$PORT`, `${PORT}` and, as Kubernetes has it, `$(PORT)`. What single quotes protect stays as it is, and so does the script of `sh -c`, whose shell replaces them itself. One that is written for a shell (`&&`, `|`, `>`, `NAME=value` in front) runs in one, with a warning.',
    ],
    catalogues: [VERSION_2, VERSION_3, BLUEKING_PROCFILE, VERSION_1],
  },
  {
    name: 'heroku',
    title: 'Heroku',
    notes: [
      'Gantry reads the `Procfile` in the root of the repository, and the `app.json` beside it.',
      'Where the files are silent, the default of Heroku holds: 30 s between SIGTERM and SIGKILL. Each process has one instance.',
    ],
    catalogues: [PROCFILE_KEYS, APP_JSON_KEYS],
  },
  {
    name: 'stacktape',
    title: 'Stacktape',
    notes: [
      'Gantry reads `stacktape.yml` (or `stacktape.yaml`) in the root of the repository. Its services, workloads and jobs are the processes and tasks of one app, with their names in lower case: `mailWorker` is `mail-worker`. A `stacktape.ts` or `stacktape.js` is a program, and is not run.',
      'Each service has the variables that stand at it, and no others: `env` at the top of gantry.yml reaches those only that have none of their own. A value is a text, as it is written: `false` is `false`, and `1.10` without quotes stays `1.10`, of which Stacktape makes `1.1`; a warning says where the two differ.',
      'Where the file is silent, the defaults of Stacktape hold: one instance, 2 s between SIGTERM and SIGKILL, 30 s between two checks, 80 % of CPU and of memory as the thresholds of a service that scales, port 3000 for web and private services, `HOST=0.0.0.0` for web services, 90 days of output for a container that names no time, and for a job 1 GB and no limit of time: here that is 168 hours.',
      'All output of an app is kept for the same time here: the longest one that a container of the file asks for, be it by default. A container with `logging.disabled` asks for none.',
      'Directives: `$Stage()` is the environment, `$Region()` is `ecs.region` of gantry.yml; `$Var()`, `$This()`, `$Format()`, and `$CfFormat()` and `$CliArgs()` where all is known, are put in. `$Secret()` and `$SsmParam()` as the value of a variable become references under `secrets`. What else only a deployment of Stacktape knows (`$ResourceParam()`, `$CfResourceParam()`, `$StackOutput()`, directives of your own and so on) counts as not said, with a warning.',
      'A workload with several containers is one process: that of the container which is reached from outside, else of the first essential one, with the others as its `containers`. So are side containers; one with `run-on-init` must have succeeded before the process starts. They share `localhost` and the size of the instance.',
      'A script that a hook runs before or after a deployment is a task, in the image that the top of gantry.yml says how to build.',
    ],
    catalogues: [STACKTAPE_KEYS],
  },
  {
    name: 'upsun',
    title: 'Upsun and Platform.sh',
    notes: [
      'Gantry reads all YAML files right in `.upsun`, merged: of two apps, services or routes with one name, that of the later file counts as a whole. Of Platform.sh it reads `.platform.app.yaml`, or `.platform/applications.yaml` with several apps as a map by name or as a list, and beside them `.platform/services.yaml` and `.platform/routes.yaml`.',
      '`!include` works as in these systems, with the types `yaml` (the default), `string` and `binary`. A path begins in the folder of the app (`source.root`), or else in that of the file it stands in; nothing outside of the repository is read, and no symbolic link.',
      'One app is deployed at a time: of several, `module:` in gantry.yml or `--module` names it. Where each has a `.platform.app.yaml` in a folder of its own, `--config`, or `config` of the GitHub Action, names the one to read: `shop/.platform.app.yaml`. The others are not read, so routes and relationships may lead to apps that Gantry does not know.',
      'A worker, and `web`, inherits `variables`, `relationships`, `mounts`, `access` and sizes of the app. What it names itself replaces the inherited value as a whole.',
      'Where the files are silent, the defaults of these systems hold: one instance, 15 s between SIGTERM and SIGKILL (10 s for a cron), port 8888 for `web`, and on Upsun 0.5 CPU with the memory of the profile of the runtime: 1408 MB for Java, 224 MB for others and for composable images. Platform.sh chooses sizes by the plan that is paid for; there the defaults of Gantry hold.',
      'Variables that these systems make by themselves (`PLATFORM_…`, and those of relationships) are not there, but for `PLATFORM_VARIABLES`. A variable with the prefix `env` has its value as it is written: `1.10` stays `1.10`. In what is JSON, `PLATFORM_VARIABLES` and lists and maps, numbers stay numbers: `1.10` is `1.1` there.',
    ],
    catalogues: [UPSUN_KEYS, PLATFORM_APP, PLATFORM_SERVICES, PLATFORM_ROUTES],
  },
]
