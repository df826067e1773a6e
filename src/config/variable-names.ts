import { VariableName } from './gantry-yml/scalars.ts'

/** Why no variable of an app can have a name, and what to do; null for one that is fine. */
export function whyNoVariable(name: string): { text: string; hint: string } | null {
  const issue = VariableName.safeParse(name).error?.issues[0]
  if (issue === undefined) return null
  const hint =
    name === 'PORT' ? 'Leave it out: the process reads its port from PORT.' : 'Give it another name.'
  return { text: `the name must be ${issue.message}`, hint }
}
