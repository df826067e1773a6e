import { z } from 'zod'

const Text = z.string().min(1).max(500)
const Texts = z.array(Text).max(100)
const Engine = z.enum(['local', 'ecs'])

/** As in `gantry.yml`. */
const ecs = {
  region: Text.nullable().meta({ description: 'Null: that of the environment of the server.' }),
  cluster: Text.nullable().meta({ description: 'Null: the one called `default`.' }),
  subnets: Texts,
  security_groups: Texts,
  assign_public_ip: z.boolean(),
  namespace: Text.nullable(),
  execution_role: Text.nullable(),
  task_role: Text.nullable(),
  scheduler_role: Text.nullable(),
  exec: z.boolean().exactOptional().meta({ description: 'Whether commands may be run in instances.' }),
}

/** Where an app runs, and what its pushed file may ask for there. */
export const engineSettings = {
  engine: Engine.meta({ description: 'Where it runs: `local` is the machine of the server.' }),
  ecs: z.object(ecs).meta({ description: 'Where and as what it runs on the engine `ecs`.' }),
  secret_prefixes: Texts.meta({
    description: 'Secrets that the pushed file may name: `ssm:/shop/` is all below it.',
  }),
  target_groups: Texts.meta({ description: 'ARNs of the target groups that its processes may be in.' }),
}

/** What an admin sets: what is left out stays as it is. */
export const SettingsInput = z.strictObject({
  branch: z.string().max(200).exactOptional(),
  allow_force: z.boolean().exactOptional(),
  environment: z.string().max(63).exactOptional(),
  engine: Engine.exactOptional(),
  ecs: z
    .strictObject(
      Object.fromEntries(
        Object.entries(ecs).map(([name, schema]) => [name, (schema as z.ZodType).exactOptional()]),
      ) as { [Name in keyof typeof ecs]: z.ZodExactOptional<(typeof ecs)[Name]> },
    )
    .exactOptional(),
  secret_prefixes: Texts.exactOptional(),
  target_groups: Texts.exactOptional(),
})
