import type { Process, Task } from '../../../app/app.ts'
import type { ContainerSpec } from '../../../app/spec.ts'
import type { UnmetOfProcess } from '../../../app/unmet.ts'

// Processes, tasks and containers apart from what they run: of the config, or as specs.

export type TaskFields = Omit<Task, 'image' | 'build' | keyof UnmetOfProcess>

export interface ProcessFields extends Omit<
  Process,
  'image' | 'build' | 'containers' | keyof UnmetOfProcess
> {
  containers: Readonly<Record<string, ContainerFields>>
}

export type ContainerFields = Omit<ContainerSpec, 'image'>
