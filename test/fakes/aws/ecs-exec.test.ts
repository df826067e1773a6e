import type { ExecuteCommandCommandInput } from '@aws-sdk/client-ecs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { iamArn } from './ecs/arns.ts'
import { EcsFixture } from './ecs/fixtures.ts'

const TASK_ROLE = iamArn('role/task')

let fixture: EcsFixture
beforeEach(async () => {
  fixture = await EcsFixture.start()
  await fixture.define({}, { taskRoleArn: TASK_ROLE })
})
afterEach(() => fixture[Symbol.asyncDispose]())

async function started(enableExecuteCommand = true): Promise<string> {
  const { tasks } = await fixture.run({ enableExecuteCommand })
  return tasks![0]!.taskArn!
}

const agentOf = async (task: string): Promise<string | undefined> =>
  (await fixture.task(task)).containers![0]!.managedAgents?.[0]!.lastStatus

const execute = (task: string, more: Partial<ExecuteCommandCommandInput> = {}) =>
  fixture.ecs.executeCommand({ task, command: 'sh', interactive: true, ...more })

describe('the agent', () => {
  it('runs a while after its task, and only where it was asked for', async () => {
    const [one, other] = [await started(), await started(false)]
    expect(await agentOf(one)).toBe('PENDING')
    fixture.clock.advance(15)
    expect(await agentOf(one)).toBe('PENDING')
    fixture.clock.advance(10)
    expect(await agentOf(one)).toBe('RUNNING')
    expect(await agentOf(other)).toBeUndefined()
    fixture.fake.ecs.loseAgents('web')
    expect(await agentOf(one)).toBe('STOPPED')
  })
})

describe('a command', () => {
  it('is refused while no agent runs', async () => {
    const [one, other] = [await started(), await started(false)]
    await expect(execute(one)).rejects.toThrow('agent isn’t running')
    fixture.clock.advance(60)
    await expect(execute(other)).rejects.toMatchObject({ name: 'InvalidParameterException' })
    await expect(execute(one)).resolves.toBeDefined()
    await fixture.ecs.stopTask({ task: one })
    await expect(execute(one)).rejects.toThrow('agent isn’t running')
  })

  it('is refused for what is not there, and where nobody could talk to it', async () => {
    const task = await started()
    fixture.clock.advance(60)
    await expect(execute('nobody')).rejects.toMatchObject({ name: 'InvalidParameterException' })
    await expect(execute(task, { interactive: false })).rejects.toThrow('Interactive')
    await expect(execute(task, { container: 'nobody' })).rejects.toThrow('container')
    const main = { name: 'main', image: 'a', essential: true }
    await fixture.define(
      {},
      { taskRoleArn: TASK_ROLE, containerDefinitions: [main, { ...main, name: 'proxy' }] },
    )
    const two = await started()
    fixture.clock.advance(60)
    await expect(execute(two)).rejects.toThrow('container name is required')
    await expect(execute(two, { container: 'proxy' })).resolves.toMatchObject({ containerName: 'proxy' })
  })

  it('does not reach a task whose role may not use ssmmessages', async () => {
    const task = await started()
    fixture.clock.advance(60)
    fixture.fake.ecs.muteRole(TASK_ROLE)
    await expect(execute(task)).rejects.toMatchObject({ name: 'TargetNotConnectedException' })
  })

  it('gets a session, which goes on until it is ended', async () => {
    const task = await started()
    fixture.clock.advance(60)
    const { session } = await execute(task)
    expect(session).toEqual({
      sessionId: expect.stringMatching(/^ecs-execute-command-\w+$/),
      streamUrl: expect.stringMatching(/^wss:/),
      tokenValue: expect.any(String),
    })
    const { sessions } = fixture.fake.ssm
    expect([...sessions]).toEqual([session!.sessionId])
    fixture.fake.ssm.handle('TerminateSession', { SessionId: session!.sessionId })
    expect([...sessions]).toEqual([])
  })
})
