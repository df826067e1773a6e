import { z } from 'zod'

import { approximated, descriptive, honoured, unsupported } from '../catalogue/catalogue.ts'
import type { Catalogue, KeyRule, Section } from '../catalogue/catalogue.ts'
import { wholeNumber } from '../gantry-yml/scalars.ts'
import { accessRules, imageRules } from './container-keys.ts'
import { JOBS } from './job-keys.ts'
import { OTHER_SECTIONS } from './other-keys.ts'
import { FilePath, Flag, ResourceName, SYSTEM, Text } from './rules.ts'
import { SERVICES } from './service-keys.ts'

const VALUES_HINT = 'Write the values themselves, or set them with `gantry env set NAME`.'
const HOOK = 'a task for each script, which runs when the image or the command changed'
const CLOUDFORMATION_HINT = 'Deploy it otherwise.'
const NO_ACCOUNT = 'Gantry makes no stack'
const NO_ENV_HINT = 'Leave it out.'

const hookRules = (name: string, run: string): Record<string, KeyRule> => ({
  [name]: approximated(HOOK, {
    hint: 'Write `when: always` at the task in gantry.yml, to run it in every deployment.',
  }),
  [`${name}[].scriptName`]: honoured(`the task \`${run}\``, { value: Text, required: true }),
  [`${name}[].skipOnCI`]: unsupported('a deployment is the same everywhere', 'Leave it out.', {
    value: Flag,
  }),
  [`${name}[].skipOnLocal`]: unsupported('a deployment is the same everywhere', 'Leave it out.', {
    value: Flag,
  }),
})

const otherHooks = Object.fromEntries(
  ['beforeDelete', 'afterDelete', 'beforeBucketSync', 'afterBucketSync', 'beforeDev', 'afterDev'].map(
    (name) => [name, unsupported('Gantry has tasks before and after a deployment only', 'Run it yourself.')],
  ),
)

const oneByOne = approximated('`command`: one after another, in one shell', {
  hint: 'Let none of them count on a shell of its own.',
})

const scriptSection = (title: string, where: string, more: Readonly<Record<string, KeyRule>>): Section => ({
  title: `A \`${title}\``,
  keys: {
    type: approximated(`it runs as a task, in the image of the app, and not ${where}`, {
      hint: 'Put what it needs into the image.',
    }),
    properties: honoured('what it does', { required: true }),
    'properties.executeCommand': honoured('`command`, a line for the shell', { value: Text }),
    'properties.executeCommands': oneByOne,
    'properties.executeCommands[]': honoured('a line of it', { value: Text }),
    ...more,
    'properties.environment[].name': imageRules['environment[].name']!,
    'properties.environment[].value': imageRules['environment[].value']!,
    'properties.connectTo': accessRules['connectTo']!,
    'properties.cwd': unsupported(
      'a task begins in the folder of its image',
      'Write `cd FOLDER` in front of the command.',
    ),
    'properties.assumeRoleOfResource': unsupported(
      'a task has the role of `ecs.task_role`',
      'Allow that role what the script does.',
    ),
  },
})

const files: Readonly<Record<string, KeyRule>> = {
  'properties.executeScript': honoured('`command`: the file, run by `node` or `python`', { value: FilePath }),
  'properties.executeScripts': oneByOne,
  'properties.executeScripts[]': honoured('a file of them', { value: FilePath }),
  'properties.pipeStdio': approximated('output is always shown', {
    value: Flag,
    hint: 'Send it to /dev/null in the command.',
  }),
}
const bastion: Readonly<Record<string, KeyRule>> = {
  'properties.bastionResource': unsupported(
    'there is no bastion: a task runs in the network of the app',
    NO_ENV_HINT,
  ),
}

const SCRIPTS: Readonly<Record<string, Section>> = {
  'local-script': scriptSection('local-script', 'on the machine that deploys', files),
  'local-script-with-bastion-tunneling': scriptSection(
    'local-script-with-bastion-tunneling',
    'on the machine that deploys',
    { ...files, ...bastion },
  ),
  'bastion-script': scriptSection('bastion-script', 'on a bastion', bastion),
}

const NAME_RULE = 'a name with a letter or a digit'
const ScriptName = z.string().regex(/[a-z0-9]/i, { error: NAME_RULE })
const noStack = (hint: string): KeyRule => unsupported(NO_ACCOUNT, hint)

/** `stacktape.yml`. Stacktape refuses keys that it does not know. */
export const STACKTAPE_KEYS: Catalogue = {
  system: SYSTEM,
  unknown: 'error',
  root: {
    title: '`stacktape.yml`',
    keys: {
      serviceName: approximated('the app has the name of its repository', {
        value: Text,
        hint: 'Write `app:` in gantry.yml for another one.',
      }),
      variables: honoured('what `$Var()` puts in'),
      'variables.*': honoured('a value for `$Var()`'),
      directives: approximated('the values that they would give are not known', {
        hint: VALUES_HINT,
        rows: 'SW-25',
      }),
      'directives[].name': honoured('the name of a directive', { value: Text, required: true }),
      'directives[].filePath': unsupported(
        'Gantry runs no code of the repository to read a config',
        VALUES_HINT,
        { value: FilePath, required: true },
      ),
      resources: honoured('processes and tasks', { required: true }),
      'resources.*': honoured('a process or task of that name: `mailWorker` is `mail-worker`', {
        name: ResourceName,
        variants: { by: 'type', sections: { ...SERVICES, ...JOBS, ...OTHER_SECTIONS } },
        rows: 'SW-19',
      }),
      scripts: honoured('what hooks run'),
      'scripts.*': honoured('a script', { name: ScriptName, variants: { by: 'type', sections: SCRIPTS } }),
      hooks: honoured('tasks'),
      ...Object.fromEntries(
        Object.entries({
          ...hookRules('beforeDeploy', 'before-deploy-SCRIPT'),
          ...hookRules('afterDeploy', 'after-deploy-SCRIPT'),
          ...otherHooks,
        }).map(([key, rule]) => [`hooks.${key}`, rule]),
      ),
      deploymentConfig: honoured('what a deployment does that fails'),
      'deploymentConfig.disableAutoRollback': honoured('`rollout.on_failure: keep`', { value: Flag }),
      'deploymentConfig.terminationProtection': noStack('Leave it out.'),
      'deploymentConfig.cloudformationRoleArn': noStack('Give the role to the job that deploys.'),
      'deploymentConfig.triggerRollbackOnAlarms': unsupported(
        'Gantry looks at no alarms',
        'Give the process a `health_check`.',
      ),
      'deploymentConfig.monitoringTimeAfterDeploymentInMinutes': unsupported(
        'a deployment ends when its instances are steady',
        'Raise `rollout.min_up` in gantry.yml.',
      ),
      'deploymentConfig.publishEventsToArn': unsupported(
        'Gantry publishes no events',
        'Use the outputs of the GitHub Action.',
      ),
      'deploymentConfig.previousVersionsToKeep': approximated(
        'the images of the last ten releases are kept',
        {
          value: wholeNumber(0, 1_000_000),
          hint: 'Leave it out.',
        },
      ),
      'deploymentConfig.disableS3TransferAcceleration': noStack('Leave it out.'),
      stackConfig: honoured('settings of the stack'),
      'stackConfig.outputs': noStack('Leave it out.'),
      'stackConfig.tags': unsupported('Gantry sets its own tags only', 'Tag what you create yourself.'),
      'stackConfig.vpc': unsupported(
        'Gantry makes no networks',
        'Name subnets and groups under `ecs.subnets` and `ecs.security_groups` in gantry.yml.',
      ),
      'stackConfig.disableStackInfoSaving': descriptive(),
      'stackConfig.stackInfoDirectory': descriptive(),
      providerConfig: unsupported('Gantry makes nothing at other providers', 'Create it yourself.'),
      cloudformationResources: unsupported('Gantry makes no CloudFormation resources', CLOUDFORMATION_HINT, {
        rows: 'SW-71, SW-72',
      }),
    },
  },
}
