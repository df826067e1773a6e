import { approximated, honoured, unsupported } from '../catalogue/catalogue.ts'
import type { KeyRule, Section } from '../catalogue/catalogue.ts'
import { ImageReference } from '../gantry-yml/scalars.ts'
import { FilePath, Text } from './rules.ts'

const NO_BUILDPACK =
  'no buildpack is run: the image is built from the Dockerfile, and on the local engine the tree itself runs'
const DOCKERFILE_HINT = 'Write a Dockerfile that builds it.'
const BUNDLE_HINT = 'Where it must be bundled, do it in the Dockerfile, and name the `command` in gantry.yml.'
const BUILD_HINT = 'Do it in the Dockerfile, or on the local engine with `build.command` in gantry.yml.'
const IGNORE_HINT = 'Write it into .dockerignore, or under `build.ignore` and `build.include` in gantry.yml.'
const NO_BUILD = unsupported('no buildpack is run', BUILD_HINT)
const NO_FILES = unsupported('no buildpack picks files', IGNORE_HINT)

const commandRules = (text: string): Record<string, KeyRule> => ({
  'properties.command': honoured(text),
  'properties.command[]': honoured('a word of it', { value: Text }),
})

const entryPointRules: Record<string, KeyRule> = {
  'properties.entryPoint': honoured('`entry_point`: it takes the place of that of the image'),
  'properties.entryPoint[]': honoured('a word of it', { value: Text }),
}

const STACKTAPE_BUILDPACK: Section = {
  title: 'Packaging by `stacktape-image-buildpack`',
  keys: {
    type: approximated(NO_BUILDPACK, { hint: DOCKERFILE_HINT, rows: 'SW-04, SW-20' }),
    properties: honoured('the code', { required: true }),
    'properties.entryfilePath': approximated(
      '`command`: `node` or `python` runs this file as it is, not bundled',
      { value: FilePath, required: true, hint: BUNDLE_HINT, rows: 'SW-20' },
    ),
    'properties.includeFiles': NO_FILES,
    'properties.excludeFiles': NO_FILES,
    'properties.excludeDependencies': NO_BUILD,
    'properties.languageSpecificConfig': NO_BUILD,
    'properties.requiresGlibcBinaries': NO_BUILD,
    'properties.customDockerBuildCommands': NO_BUILD,
  },
}

const EXTERNAL_BUILDPACK: Section = {
  title: 'Packaging by `external-buildpack`',
  keys: {
    type: approximated(NO_BUILDPACK, { hint: DOCKERFILE_HINT, rows: 'SW-21' }),
    properties: honoured('the code', { required: true }),
    'properties.sourceDirectoryPath': honoured('`build.context`', { value: FilePath, required: true }),
    ...commandRules('`command`'),
    'properties.builder': NO_BUILD,
    'properties.buildpacks': NO_BUILD,
  },
}

const NIXPACKS: Section = {
  title: 'Packaging by `nixpacks`',
  keys: {
    type: approximated(NO_BUILDPACK, { hint: DOCKERFILE_HINT }),
    properties: honoured('the code', { required: true }),
    'properties.sourceDirectoryPath': honoured('`build.context`', { value: FilePath, required: true }),
    'properties.startCmd': honoured('`command`, a line for the shell', { value: Text }),
    'properties.buildImage': NO_BUILD,
    'properties.providers': NO_BUILD,
    'properties.startRunImage': NO_BUILD,
    'properties.startOnlyIncludeFiles': NO_FILES,
    'properties.phases': NO_BUILD,
  },
}

const DOCKERFILE: Section = {
  title: 'Packaging by `custom-dockerfile`',
  keys: {
    type: honoured('the image is built from the Dockerfile', { rows: 'SW-22' }),
    properties: honoured('`build`', { required: true }),
    'properties.buildContextPath': honoured('`build.context`', { value: FilePath, required: true }),
    'properties.dockerfilePath': honoured('`build.dockerfile`', { value: FilePath }),
    'properties.buildArgs[].argName': honoured('the name of an argument of the build', {
      value: Text,
      required: true,
    }),
    'properties.buildArgs[].value': honoured('its value', { value: Text, required: true }),
    ...commandRules('`command`'),
    ...entryPointRules,
  },
}

const IMAGE: Section = {
  title: 'Packaging by `prebuilt-image`',
  keys: {
    type: honoured('the image is pinned: deploys do not change it', { rows: 'SW-23' }),
    properties: honoured('the image', { required: true }),
    'properties.image': honoured('`image`', { value: ImageReference, required: true, rows: 'SW-23' }),
    ...commandRules('`command`'),
    ...entryPointRules,
    'properties.repositoryCredentialsSecretArn': unsupported(
      'Gantry keeps no passwords of registries',
      'Log in to the registry where the engine fetches images: `docker login`, or the execution role on ECS.',
      { value: Text },
    ),
  },
}

/** As the founding text has it; the schema of Stacktape has no `s`. */
export const PLURAL_IMAGE = 'prebuilt-images'

/** The kinds of packaging of a container, by their `type`. */
export const PACKAGING = {
  by: 'type',
  sections: {
    'stacktape-image-buildpack': STACKTAPE_BUILDPACK,
    'external-buildpack': EXTERNAL_BUILDPACK,
    'custom-dockerfile': DOCKERFILE,
    'prebuilt-image': IMAGE,
    [PLURAL_IMAGE]: IMAGE,
    nixpacks: NIXPACKS,
  },
} satisfies KeyRule['variants']
