import { z } from 'zod'

import { approximated, descriptive, honoured, unsupported } from '../catalogue/catalogue.ts'
import type { Catalogue, Section } from '../catalogue/catalogue.ts'
import { probesRules, snake } from './probe-keys.ts'
import {
  CommandLine,
  Description,
  EnvironmentOrAll,
  Flag,
  Language,
  ProcessType,
  Replicas,
  SourceFolder,
  SYSTEM,
  Text,
  VariableKey,
} from './rules.ts'
import {
  ADDON_HINT,
  DISCOVERY_HINT,
  HOOK_TEXT,
  LANGUAGE_HINT,
  LANGUAGE_TEXT,
  METRICS_HINT,
  PLAN_HINT,
  PLAN_TEXT,
  SOURCE_DIR_TEXT,
} from './sentences.ts'

const Version = z.literal(2, { error: '2 or 3' })

const MODULE: Section = {
  title: 'A module',
  keys: {
    is_default: honoured('one of several modules must be it; which one is deployed, `module:` says', {
      value: Flag,
    }),
    language: approximated(LANGUAGE_TEXT, {
      value: Language,
      required: true,
      hint: LANGUAGE_HINT,
      rows: 'BK-11',
    }),
    source_dir: honoured(SOURCE_DIR_TEXT, { value: SourceFolder }),
    services: unsupported('Gantry makes no databases, queues and caches', ADDON_HINT),
    'env_variables[].key': honoured('the name of the variable', { value: VariableKey, required: true }),
    'env_variables[].value': honoured('its value', { value: Text, required: true }),
    'env_variables[].environment_name': honoured(
      'the variable is one of that environment; `_global_`: of all environments',
      { value: EnvironmentOrAll },
    ),
    'env_variables[].description': descriptive({ value: Description }),
    processes: honoured('the processes', { rows: 'BK-01, BK-10, BK-24' }),
    'processes.*': honoured('a process of that name, in lower case', {
      name: ProcessType,
      rows: 'BK-17, BK-18, BK-19, BK-20',
    }),
    'processes.*.command': honoured('`command`: words, run without a shell; variables are replaced', {
      value: CommandLine,
      required: true,
      rows: 'BK-09, BK-12',
    }),
    'processes.*.replicas': honoured('`demand_count`; without it 1, and 2 for web in prod, as in BlueKing', {
      value: Replicas.nullable(),
      rows: 'BK-01',
    }),
    'processes.*.plan': approximated(PLAN_TEXT, { value: Text.nullable(), rows: 'BK-06', hint: PLAN_HINT }),
    ...probesRules('processes.*.probes', snake),
    'scripts.pre_release_hook': honoured(HOOK_TEXT, { value: Text.nullable() }),
    svc_discovery: unsupported('the addresses of other apps are not looked up', DISCOVERY_HINT),
    bkmonitor: unsupported('Gantry collects no metrics of apps', METRICS_HINT),
  },
}

/** `app_desc.yaml` of version 2. Its platform ignores keys that it does not know. */
export const VERSION_2: Catalogue = {
  system: SYSTEM,
  unknown: 'warning',
  root: {
    title: '`app_desc.yaml`, version 2',
    keys: {
      spec_version: honoured('the version of the format', { value: Version }),
      specVersion: honoured('the version of the format', { value: Version }),
      app_version: descriptive(),
      app: descriptive(),
      module: honoured('the only module', { section: MODULE }),
      modules: honoured('the modules by name; `module:` in gantry.yml says which one is deployed'),
      'modules.*': honoured('a module', { section: MODULE }),
    },
  },
}
