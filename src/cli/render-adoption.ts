import type { Adoption } from '../engine/ecs/adopt/adoption.ts'
import { linesIn } from '../report/lines.ts'
import { showKept } from '../report/kept.ts'
import { showChange } from '../report/values.ts'

/** What adopting a service would do, for people. */
export function renderAdoption(adoption: Adoption, { colour }: { colour: boolean }): string[] {
  const { step, detail, problem } = linesIn(colour)
  const { process, service, revision, container, kept, changed, carried, refused } = adoption
  if (refused.length > 0) {
    return [
      problem(`${service} cannot be adopted as process ${process}`),
      ...refused.flatMap(({ reason, hint }) => [detail(reason), detail(`  ${hint}`)]),
    ]
  }
  return [
    step(`Adopting service ${service} as process ${process}`),
    detail(`it runs ${revision}, in which the container ${container} is the process, and is only tagged`),
    ...section(
      'Stays as it is, as set by operator, because the config does not name it',
      kept.flatMap(showKept),
    ),
    ...section('Is taken over by every new revision, because a process has no words for it', carried),
    ...section(
      'Differs from what the config names, so that the next deploy changes it',
      changed.map((each) => showChange({ ...each, owner: 'config' })),
    ),
  ]

  function section(title: string, lines: readonly string[]): string[] {
    return lines.length === 0 ? [] : [step(title), ...lines.map(detail)]
  }
}
