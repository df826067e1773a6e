import type { Call } from '../../../fakes/aws/faults.ts'

/** Members of inputs that say what a call is about. */
const SUBJECTS = [
  'Name',
  'serviceName',
  'service',
  'family',
  'taskDefinition',
  'resourceArn',
  'ResourceId',
  'Names',
  'services',
  'startedBy',
]

/** What a call does to what, the same in each run: `CreateService orderdesk--production--web`. */
export function labelOf({ operation, input }: Call): string {
  const subject = SUBJECTS.map((member) => input[member] as string | string[] | undefined).find(
    (value) => value !== undefined,
  )
  // The end of an ARN; and a one-off schedule is called after a task, which has another id each time.
  const name = [subject ?? '']
    .flat()
    .map((each) => each.slice(each.lastIndexOf('/') + 1))
    .join()
  return `${operation} ${name.replace(/^gantry-stop-.*/, 'gantry-stop')}`.trim()
}

/** Numbers calls as they come: `PutParameter state 2`. To be asked once for each. */
export function numbering(): (call: Call) => string {
  const counts = new Map<string, number>()
  return (call) => {
    const label = labelOf(call)
    const count = (counts.get(label) ?? 0) + 1
    counts.set(label, count)
    return `${label} ${count}`
  }
}
