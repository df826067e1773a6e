/** A command to the runner that a step has written into its log. */
export interface RunnerCommand {
  name: string
  properties: Record<string, string>
  message: string
}

/** https://github.com/actions/runner/blob/main/src/Runner.Worker/ActionCommandManager.cs */
const REGISTERED = new Set([
  'add-mask',
  'add-matcher',
  'add-path',
  'debug',
  'echo',
  'endgroup',
  'error',
  'group',
  'notice',
  'remove-matcher',
  'save-state',
  'set-env',
  'set-output',
  'stop-commands',
  'warning',
])

/** The commands among the lines of a log, read as the runner reads them: Runner.Common/ActionCommand.cs, both versions. */
export function commandsIn(log: string): RunnerCommand[] {
  return log.split(/\r\n|\n|\r/).flatMap((line) => {
    const match =
      /^\s*::([^\s:]+)(?: ([^:]*(?::(?!:)[^:]*)*))?::(.*)$/.exec(line) ??
      /##\[([^\s\]]+) ?([^\]]*)\](.*)/.exec(line)
    const [, name = '', properties = '', message = ''] = match ?? []
    if (!REGISTERED.has(name.toLowerCase())) return []
    const pairs = properties
      .split(',')
      .filter((pair) => pair !== '')
      .map((pair) => pair.split(/=(.*)/s).map(unescape).slice(0, 2) as [string, string])
    return [{ name, properties: Object.fromEntries(pairs), message: unescape(message) }]
  })
}

function unescape(text: string): string {
  return text
    .replaceAll('%0D', '\r')
    .replaceAll('%0A', '\n')
    .replaceAll('%3A', ':')
    .replaceAll('%2C', ',')
    .replaceAll('%25', '%')
}
