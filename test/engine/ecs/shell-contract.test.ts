import { putPluginOnPath } from '../../fakes/plugin-on-path.ts'
import { aProcess } from '../../plan/fixtures.ts'
import { shellContract } from '../shell-contract.ts'
import { taskSpec } from '../specs.ts'
import { SessionFiles } from './session-files.ts'
import { anEcsApp, Yard } from './yard.ts'

shellContract('ecs', async () => {
  const takeOff = await putPluginOnPath()
  const yard = await Yard.open()
  const sessions = new SessionFiles()
  yard.fake.ecs.behaviour = sessions.behaviour
  const app = anEcsApp(
    { processes: [aProcess('web', { command: '/fake/stays-up' })] },
    { exec: true, task_role: 'arn:aws:iam::123456789012:role/task' },
  )
  await yard.deploy(app)
  const [web] = (await yard.engine.observe(app)).processes
  return {
    engine: yard.engine,
    app,
    process: 'web',
    task: (command) => taskSpec('run', command, web!.spec.image, { placement: web!.spec.placement }),
    dispose: async () => {
      await yard[Symbol.asyncDispose]()
      await takeOff()
      sessions[Symbol.dispose]()
    },
  }
})
