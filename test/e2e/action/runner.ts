import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { parse } from 'yaml'

import { startProgram, type Gantry } from '../../cli/gantry.ts'
import { commandsIn, type RunnerCommand } from './runner-commands.ts'

const ROOT = join(import.meta.dirname, '../../..')

interface ActionFile {
  runs: { main: string; post: string }
  inputs: Record<string, { default?: string }>
}

const action = parse(await readFile(join(ROOT, 'action.yml'), 'utf8')) as ActionFile

export interface Step {
  event: string
  payload?: object
  sha: string
  inputs?: Record<string, string>
  /** Of the job: credentials. */
  environment?: Record<string, string>
}

export interface StepResult {
  code: number | null
  stdout: string
  stderr: string
  commands: RunnerCommand[]
  outputs: Record<string, string>
  summary: string
}

export interface RunningStep {
  program: Gantry
  /** When its process was started, by `performance.now()`. */
  started: number
  ended: Promise<StepResult>
}

/** A runner of GitHub as a step sees it: files, variables, the event; and the built Action that action.yml names. */
export class Runner implements AsyncDisposable {
  readonly workspace: string
  readonly #folder: string
  readonly #apiUrl: string
  #state: Record<string, string> = {}
  #steps = 0

  private constructor(folder: string, apiUrl: string) {
    this.#folder = folder
    this.workspace = join(folder, 'work/shop/shop')
    this.#apiUrl = apiUrl
  }

  static async start(apiUrl: string): Promise<Runner> {
    const runner = new Runner(await mkdtemp(join(tmpdir(), 'gantry-runner-')), apiUrl)
    await mkdir(runner.workspace, { recursive: true })
    return runner
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true })
  }

  async main(step: Step): Promise<RunningStep> {
    return this.#run(action.runs.main, step)
  }

  /** Of the step that ran before. */
  async post(step: Step): Promise<StepResult> {
    return (await this.#run(action.runs.post, step)).ended
  }

  async step(step: Step): Promise<StepResult> {
    return (await this.main(step)).ended
  }

  async #run(file: string, step: Step): Promise<RunningStep> {
    const folder = join(this.#folder, `step-${++this.#steps}`)
    await mkdir(folder)
    const files = { OUTPUT: '', STATE: '', STEP_SUMMARY: '', EVENT_PATH: JSON.stringify(step.payload ?? {}) }
    await Promise.all(Object.entries(files).map(([name, content]) => writeFile(join(folder, name), content)))
    const variables = Object.keys(files).map((name) => [`GITHUB_${name}`, join(folder, name)])
    const state = Object.entries(this.#state).map(([name, value]) => [`STATE_${name}`, value])
    const started = performance.now()
    const program = startProgram(join(ROOT, file), [], {
      cwd: this.workspace,
      env: {
        ...Object.fromEntries([...variables, ...state, ...inputsOf(step)]),
        CI: 'true',
        GITHUB_ACTIONS: 'true',
        GITHUB_ACTOR: 'octocat',
        GITHUB_API_URL: this.#apiUrl,
        GITHUB_EVENT_NAME: step.event,
        GITHUB_REF_NAME: 'main',
        GITHUB_REPOSITORY: 'acme/shop',
        GITHUB_RUN_ATTEMPT: '1',
        GITHUB_RUN_ID: '4711',
        GITHUB_SERVER_URL: 'https://github.test',
        GITHUB_SHA: step.sha,
        GITHUB_WORKSPACE: this.workspace,
        ...step.environment,
      },
    })
    return { program, started, ended: this.#result(folder, program) }
  }

  async #result(folder: string, program: Gantry): Promise<StepResult> {
    const { code, stdout, stderr } = await program.ended
    const read = (name: string) => readFile(join(folder, name), 'utf8')
    Object.assign(this.#state, valuesIn(await read('STATE')))
    const [outputs, summary] = [valuesIn(await read('OUTPUT')), await read('STEP_SUMMARY')]
    return { code, stdout, stderr, commands: commandsIn(stdout), outputs, summary }
  }
}

/** With the defaults of action.yml, as the runner gives them. */
function inputsOf({ inputs = {} }: Step): [string, string][] {
  const defaults = Object.entries(action.inputs).map(([name, input]) => [name, input.default ?? ''] as const)
  return Object.entries({ ...Object.fromEntries(defaults), ...inputs }).map(([name, value]) => [
    `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`,
    value.replace('${{ github.token }}', 'ghs_token-of-the-job'),
  ])
}

/** `name<<delimiter`, lines, `delimiter`: https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands */
function valuesIn(text: string): Record<string, string> {
  const pairs = text.matchAll(/^([^\n]+?)<<([^\n]+)\n([\s\S]*?)\n?\2\n/gm)
  return Object.fromEntries([...pairs].map(([, name, , value]) => [name!, value!]))
}
