import type { EngineName } from '../../app/app.ts'
import type { DockerfileFacts } from './dockerfile.ts'
import type { Note } from '../gantry-yml/write.ts'
import type { Proposal } from './proposer.ts'

const WEB = ['processes', 'web']

/** What is proposed for an engine, with what a Dockerfile says. */
export function withDockerfile(
  proposal: Proposal,
  dockerfile: DockerfileFacts | null,
  engine: EngineName,
): Proposal {
  return engine === 'ecs' ? onEcs(proposal, dockerfile) : onLocal(proposal, dockerfile)
}

/** The local engine runs the tree itself. A Dockerfile only helps where nothing else says what to run. */
function onLocal(proposal: Proposal, dockerfile: DockerfileFacts | null): Proposal {
  if (dockerfile === null) return proposal
  const about = { path: [], text: 'The local engine runs the tree itself: the Dockerfile is for ECS.' }
  const guesses = [about, ...proposal.guesses]
  const { command } = dockerfile
  if (Object.keys(proposal.processes).length > 0 || command === null) return { ...proposal, guesses }
  const text = `From ${command.place}. It must listen on the port that PORT names; if it serves nothing, give it another name than \`web\`.`
  return {
    ...proposal,
    processes: { web: { command: command.value } },
    guesses: [...guesses, { path: WEB, text }],
  }
}

/** On ECS an image that knows what to run does so, and has its packages in it. */
function onEcs(proposal: Proposal, dockerfile: DockerfileFacts | null): Proposal {
  const { build: _, buildEnv: __, ...rest } = proposal
  const guesses = proposal.guesses.filter((guess) => !isAbout(guess, ['build', 'command']))
  if (dockerfile === null) {
    const text = 'ECS runs images, and there is no Dockerfile to make one from: write one.'
    return { ...rest, guesses: [{ path: [], text }, ...guesses] }
  }
  const { web, ...others } = proposal.processes
  const isAlone = Object.keys(proposal.processes).length === 0
  if (!isAlone && (!dockerfile.runs || web === undefined)) return { ...rest, guesses }
  const { command: ___, ...settings } = web ?? {}
  const { port, command } = dockerfile
  const how = dockerfile.runs
    ? `It runs what the image runs${command === null ? '' : `: ${command.place}`}.`
    : 'It runs what the image runs: the Dockerfile names no command, so that of its base.'
  return {
    ...rest,
    processes: { web: { ...settings, ...(port !== null && { port: port.value }) }, ...others },
    guesses: [
      ...guesses.filter((guess) => !isAbout(guess, WEB)),
      { path: WEB, text: how },
      ...(port === null ? [] : [{ path: [...WEB, 'port'], text: `From ${port.place}.` }]),
    ],
  }
}

function isAbout({ path }: Note, other: readonly string[]): boolean {
  return path.join('.') === other.join('.')
}
