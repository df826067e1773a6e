import type { App, Component, Process, Task } from './app.ts'
import type { ProcessSpec, ProcessState, TaskSpec } from './spec.ts'
import { NOTHING_UNMET, NOTHING_UNMET_OF_PROCESS } from './unmet.ts'

// What was written down before there was a field means what it meant then: an upgrade replaces no instance, and one can
// still go back to what was released before it.

type Later<T> = { [Field in keyof T]?: T[Field] }

const COMPONENT = { entry_point: null, pre_start: null, mounts: {} } satisfies Later<Component>
const PROCESS = { ...COMPONENT, containers: {}, depends_on: {}, readiness: null } satisfies Later<
  Process & ProcessSpec
>

/** A process's state as an earlier version may have stored it. */
export function storedState(state: ProcessState): ProcessState {
  return { ...state, spec: { ...PROCESS, ...state.spec } }
}

/** A task as an earlier version may have stored it. */
export function storedTask(spec: TaskSpec): TaskSpec {
  return { ...COMPONENT, ...spec }
}

/** The config of a release as an earlier version may have stored it. */
export function storedApp(app: App): App {
  return {
    ...app,
    logs: app.logs ?? { retention: null },
    processes: app.processes.map((each): Process => ({ ...PROCESS, ...NOTHING_UNMET_OF_PROCESS, ...each })),
    tasks: app.tasks.map((each): Task => ({ ...COMPONENT, ...NOTHING_UNMET, ...each })),
  }
}
