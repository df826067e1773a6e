import { z } from 'zod'

import type { AppId } from '../../app/app.ts'
import { setVariable, unsetVariable } from '../../deploy/variables.ts'
import type { Variable } from '../../engine/engine.ts'
import { json, nothing } from './answers.ts'
import { Name } from './input.ts'
import { VariableModel } from './models/running.ts'
import { change, look, type Call, type Route } from './route.ts'

const ByName = z.strictObject({ name: z.string() })

/** Variables set by hand. Values go in; none ever comes out, in an answer or in the audit trail. */
export const VARIABLE_ROUTES: readonly Route[] = [
  look({
    id: 'variable.list',
    path: '/apps/{app}/variables',
    needs: 'read',
    summary: 'List the variables that were set by hand, without their values',
    answer: json(z.array(VariableModel)),
    handle: async ({ engine, of: { id } }) => (await engine.observe(id)).variables,
  }),

  change({
    id: 'variable.set',
    method: 'put',
    path: '/apps/{app}/variables/{name}',
    needs: 'operate',
    summary: 'Set a variable',
    description: 'Processes get it with the next deploy, or when they are restarted.',
    params: ByName,
    body: z.strictObject({
      value: z.string(),
      secret: z.boolean().default(false),
      process: z.string().nullable().default(null).meta({ description: 'Null: every process and task.' }),
    }),
    answer: nothing('It is set.'),
    handle: async ({ engine, of: { id }, params: { name }, body }) => {
      const variable = { name, process: body.process }
      const before = await found(engine, id, variable)
      await setVariable(engine, id, { name, ...body })
      return { before, after: await found(engine, id, variable), answer: undefined }
    },
  }),

  change({
    id: 'variable.unset',
    method: 'delete',
    path: '/apps/{app}/variables/{name}',
    needs: 'operate',
    summary: 'Take a variable away; what the config says holds again',
    params: ByName,
    query: z.strictObject({
      process: Name.nullable().default(null).meta({ description: 'The one of this process only.' }),
    }),
    answer: nothing('It is no longer set by hand.'),
    handle: async ({ engine, of: { id }, params: { name }, query: { process } }) => {
      const before = await found(engine, id, { name, process })
      await unsetVariable(engine, id, name, process)
      return { before, after: null, answer: undefined }
    },
  }),
]

/** Which one there is, by its version: never its value. */
async function found(
  engine: Call['engine'],
  id: AppId,
  { name, process }: Pick<Variable, 'name' | 'process'>,
): Promise<Variable | null> {
  const { variables } = await engine.observe(id)
  return variables.find((each) => each.name === name && each.process === process) ?? null
}
