import type { Task } from '@aws-sdk/client-ecs'
import { expect, it } from 'vitest'

import { hasEnded, outcomeOf, stopReason } from '../../../src/engine/ecs/tasks/outcome.ts'

const ended = (more: Partial<Task>): Task => ({
  lastStatus: 'STOPPED',
  stopCode: 'EssentialContainerExited',
  stoppedReason: 'Essential container in task exited',
  ...more,
})

it('ecs.md §4.4: is a success when every essential container exited with 0: one that is not may have no exit code', () => {
  const containers = [
    { name: 'aws-guardduty-agent-x1', lastStatus: 'STOPPED' },
    { name: 'main', exitCode: 0 },
  ]
  expect(outcomeOf(ended({ containers }), null)).toEqual({ exit_code: 0, reason: null })
})

it('is no success when an exit code is missing, whatever else is said', () => {
  const containers = [{ name: 'main', reason: 'CannotStartContainerError: no such file' }]
  expect(outcomeOf(ended({ containers }), null)).toEqual({
    exit_code: null,
    reason: 'Essential container in task exited: CannotStartContainerError: no such file',
  })
  expect(outcomeOf({ lastStatus: 'STOPPED' }, null)).toEqual({
    exit_code: null,
    reason: 'ECS gives no reason',
  })
})

it.each([
  'UserInitiated',
  'SpotInterruption',
  'TerminationNotice',
  'InfrastructureHealth',
  'TaskFailedToStart',
] as const)('ecs.md §4.4: is no success with the stop code %s, even with exit code 0', (stopCode) => {
  const containers = [{ name: 'main', exitCode: 0 }]
  const task = ended({ stopCode, stoppedReason: `because of ${stopCode}`, containers })
  expect(outcomeOf(task, null)).toEqual({ exit_code: null, reason: `because of ${stopCode}` })
})

it('gives the reason for which it was asked to stop, also where ECS tells no stop code', () => {
  const containers = [{ name: 'main', exitCode: 143 }]
  expect(outcomeOf(ended({ stopCode: 'UserInitiated', containers }), 'cancelled').reason).toBe('cancelled')
  expect(outcomeOf({ lastStatus: 'STOPPED', containers }, 'cancelled')).toEqual({
    exit_code: null,
    reason: 'cancelled',
  })
  expect(outcomeOf(ended({ containers }), 'too late')).toEqual({ exit_code: 143, reason: null })
})

it('has ended when the exit code is final, and not before', () => {
  const executionStoppedAt = new Date()
  const main = { name: 'main', exitCode: 0 }
  expect(hasEnded({ lastStatus: 'RUNNING', containers: [{ name: 'main' }] })).toBe(false)
  expect(hasEnded({ lastStatus: 'STOPPING', containers: [main] })).toBe(false)
  expect(hasEnded({ lastStatus: 'DEPROVISIONING', executionStoppedAt, containers: [] })).toBe(false)
  expect(hasEnded({ lastStatus: 'DEPROVISIONING', executionStoppedAt, containers: [main] })).toBe(true)
  expect(hasEnded({ lastStatus: 'STOPPED' })).toBe(true)
})

it('cleans and cuts the reason of a stop', () => {
  expect(stopReason(' a\r\n\u001B[31mb\u2028c ')).toBe('a [31mb c')
  expect(stopReason('x'.repeat(300))).toHaveLength(255)
  expect(stopReason(`${'x'.repeat(254)}😀`).isWellFormed()).toBe(true)
})
