import type { Build, Component } from '../../src/app/app.ts'

/** A build that says nothing: the tree as it is. */
export const BUILD: Build = {
  context: '.',
  dockerfile: null,
  target: null,
  args: {},
  secrets: {},
  platform: null,
  ignore: [],
  include: [],
  max_age: null,
  command: null,
}

/** What a process and a task have in common where a test says nothing about it. */
export const COMPONENT: Omit<Component, 'name'> = {
  command: null,
  image: null,
  build: BUILD,
  env: {},
  secrets: {},
  cpu: 256,
  memory: 512,
  ephemeral_storage_gb: null,
  stop_timeout: 15,
  placement: null,
}
