import { expect, test } from 'vitest'

import type { Build } from '../../src/app/app.ts'
import { UserError } from '../../src/app/errors.ts'
import { selectEntries } from '../../src/build/content.ts'
import { build, file } from './fixtures.ts'

function selected(
  paths: readonly string[],
  settings: Partial<Build> = {},
  rules: { configFiles?: string[]; dockerignore?: string } = {},
): string[] {
  const entries = paths.map((path) => file(path))
  const { configFiles = [], dockerignore = null } = rules
  return selectEntries(entries, build(settings), { configFiles, dockerignore }).map(({ path }) => path)
}

test('everything but the config files that were read goes in', () => {
  const paths = ['gantry.yml', 'Procfile', 'src/a', 'sub/gantry.yml']
  expect(selected(paths, {}, { configFiles: ['gantry.yml', './Procfile'] })).toEqual([
    'src/a',
    'sub/gantry.yml',
  ])
})

test('include puts back what is left out by any rule', () => {
  const paths = ['gantry.yml', 'docs/a', 'docs/b', 'x.log', '.dockerignore']
  const settings = { ignore: ['docs'], include: ['gantry.yml', 'docs/b', '*.log', '.dockerignore'] }
  expect(selected(paths, settings, { configFiles: ['gantry.yml'], dockerignore: '*.log' })).toEqual([
    'gantry.yml',
    'docs/b',
    'x.log',
    '.dockerignore',
  ])
})

test('paths are relative to the context, and so are patterns', () => {
  const paths = ['gantry.yml', 'worker/Dockerfile', 'worker/src/a', 'worker/tmp/b', 'workers/c', 'tmp/d']
  for (const context of ['worker', './worker/', 'x/../worker']) {
    expect(selected(paths, { context, ignore: ['/tmp'] })).toEqual(['Dockerfile', 'src/a'])
  }
})

test('a config file inside the context is known by its path from the root', () => {
  const paths = ['app/gantry.yml', 'app/a']
  expect(selected(paths, { context: 'app' }, { configFiles: ['app/gantry.yml'] })).toEqual(['a'])
  expect(selected(paths, { context: 'app' }, { configFiles: ['gantry.yml'] })).toEqual(['gantry.yml', 'a'])
})

test('the Dockerfile is in even where .dockerignore names it', () => {
  const rules = { dockerignore: '**\n!src' }
  expect(selected(['Dockerfile', 'src/a', 'b'], { dockerfile: './Dockerfile' }, rules)).toEqual([
    'Dockerfile',
    'src/a',
  ])
  expect(selected(['Dockerfile', 'src/a', 'b'], {}, rules)).toEqual(['src/a'])
})

test('.dockerignore files have been obeyed and stay out, those of other Dockerfiles go in', () => {
  const paths = [
    '.dockerignore',
    'Dockerfile',
    'Dockerfile.dockerignore',
    'Other.dockerignore',
    'sub/.dockerignore',
  ]
  expect(selected(paths, { dockerfile: 'Dockerfile' })).toEqual([
    'Dockerfile',
    'Other.dockerignore',
    'sub/.dockerignore',
  ])
})

test('submodules are left out', () => {
  const entries = [file('a'), file('lib', { mode: '160000' })]
  const rules = { configFiles: [], dockerignore: null }
  expect(selectEntries(entries, build({ include: ['lib'] }), rules)).toEqual([file('a')])
})

test.each(['..', '../x', '/etc', 'a/../../b'])('a context of %j is refused', (context) => {
  expect(() => selected(['a'], { context })).toThrow(UserError)
})

test('a Dockerfile outside of the context is refused', () => {
  expect(() => selected(['a'], { dockerfile: '../Dockerfile' })).toThrow(/build.dockerfile/)
})
