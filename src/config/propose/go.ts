import { foldName } from '../names.ts'
import { Draft } from './proposer.ts'
import type { Proposer } from './proposer.ts'
import type { Repository } from './repository.ts'

const SERVES = /\bListenAndServe|"github\.com\/(?:gin-gonic\/gin|labstack\/echo|gofiber\/fiber|go-chi\/chi)/

interface Program {
  name: string
  /** Its files. */
  sources: string[]
  package: string
}

export const GO: Proposer = {
  language: 'Go',
  marker: 'go.mod',
  wants: /^(?:go\.mod|(?:cmd\/[\w-]+\/)?[\w-]+\.go)$/,
  propose(repository) {
    if (!repository.has('go.mod')) return null
    const draft = new Draft()
    const programs = programsOf(repository)
    draft.builds(
      programs.map((each) => `go build -o bin/${each.name} ${each.package}`),
      'From go.mod.',
    )
    const served = programs.find(({ sources }) => repository.find(sources, SERVES) !== undefined)
    // What serves is `web`, whatever another one is called.
    const first = served === undefined ? [] : [served]
    for (const program of new Set([...first, ...programs]))
      addProgram(program, program === served, repository, draft)
    return draft
  },
}

/** What has a `package main`: the root, and folders of `cmd`. */
function programsOf(repository: Repository): Program[] {
  const folders = Map.groupBy(repository.matching(/^(?:cmd\/[\w-]+\/)?[\w-]+\.go$/), (path) =>
    path.replace(/\/?[^/]+$/, ''),
  )
  return [...folders].flatMap(([folder, all]): Program[] => {
    const sources = all.filter((path) => !path.endsWith('_test.go'))
    if (repository.find(sources, /^package main\b/m) === undefined) return []
    const name = foldName(folder.replace(/^cmd\//, '')) ?? 'app'
    return [{ name, sources, package: folder === '' ? '.' : `./${folder}` }]
  })
}

function addProgram(
  { name, sources }: Program,
  isServed: boolean,
  repository: Repository,
  draft: Draft,
): void {
  const command = `bin/${name}`
  const { place } = repository.find(sources, /^package main\b/m)!
  if (/migrat/.test(name)) {
    draft.migration(command, `${place}, and its name`, name)
    return
  }
  const from = isServed ? repository.find(sources, SERVES)!.place : place
  draft.process(isServed ? 'web' : name === 'app' ? 'worker' : name, { command }, `From ${from}.`)
  if (isServed && repository.find(sources, /["`]PORT["`]/) === undefined) {
    draft.guess(
      ['processes', 'web'],
      'No file that was looked at reads the variable PORT: it must listen on the port that PORT names.',
    )
  }
}
