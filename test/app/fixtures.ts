import type { Build, Component, Container, HealthCheck } from '../../src/app/app.ts'
import { NOTHING_UNMET } from '../../src/app/unmet.ts'

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

/** Asks for a path, and says nothing else. */
export const HEALTH_CHECK: HealthCheck = {
  path: '/healthz',
  command: null,
  tcp: false,
  interval: 10,
  timeout: 5,
  retries: 3,
  start_period: 0,
}

/** What a process and a task have in common where a test says nothing about it. */
export const COMPONENT: Omit<Component, 'name'> = {
  entry_point: null,
  command: null,
  pre_start: null,
  image: null,
  build: BUILD,
  env: {},
  secrets: {},
  cpu: 256,
  memory: 512,
  ephemeral_storage_gb: null,
  mounts: {},
  stop_timeout: 15,
  placement: null,
  ...NOTHING_UNMET,
}

/** One that runs in the image of its process. */
export function aContainer(fields: Partial<Container> = {}): Container {
  return {
    image: null,
    build: null,
    entry_point: null,
    command: null,
    env: {},
    secrets: {},
    cpu: null,
    memory: null,
    essential: true,
    depends_on: {},
    port: null,
    health_check: null,
    mounts: {},
    stop_timeout: 15,
    ...fields,
  }
}
