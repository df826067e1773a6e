import { Help, type Argument, type CommandUnknownOpts, type Option } from '@commander-js/extra-typings'
import { markdownTable } from 'markdown-table'

/** What stands above the commands. */
const INTRODUCTION = `# The command line

Made by \`scripts/generate-cli-docs.ts\` from the program itself: change it there.

Every command says the same with \`--help\`. What prints for people prints JSON with \`--json\`. The exit code is 0 for success, 1 for a
deployment, a task or a check that failed, 2 for bad input and 130 for Ctrl-C. Tab completes commands, options and the names of processes once your
shell has the script of \`gantry completion\`.
`

/** Options of most commands, told of once. */
const COMMON = ['--dir', '--app', '--environment', '--server', '--home', '--verbose']

/** The reference of a program: what it says of itself, command by command. */
export function cliPage(program: CommandUnknownOpts): string {
  const nouns = program.commands
  const common = commonOptions(program)
  return [
    INTRODUCTION.trim(),
    ...overview(program),
    '## Options of most commands',
    optionTable(common),
    'Those with a variable beside them are read from it where they are not given.',
    ...nouns.flatMap((noun) => section(noun, 2, common)),
    '',
  ].join('\n\n')
}

function allCommands(command: CommandUnknownOpts): CommandUnknownOpts[] {
  return [command, ...command.commands.flatMap(allCommands)]
}

/** Under the headings of the help. */
function overview(program: CommandUnknownOpts): string[] {
  const groups = Map.groupBy(program.commands, (each) => each.helpGroup())
  return [...groups].map(([heading, commands]) => {
    const rows = commands.map((each) => [`[${pathOf(each)}](#${anchorOf(each)})`, cell(each.description())])
    return `## ${heading.replace(/:$/, '')}\n\n${markdownTable([['command', 'what it does'], ...rows], PLAIN)}`
  })
}

function section(command: CommandUnknownOpts, level: number, all: readonly Option[]): string[] {
  const { own, common } = optionsOf(command, all)
  const after = afterHelp(command)
  const shared = common.map(({ long }) => `\`${long}\``)
  return [
    `${'#'.repeat(level)} ${pathOf(command)}`,
    sentence(command.description()),
    ...(command.commands.length > 0 ? [] : [`\`\`\`\n${new Help().commandUsage(command)}\n\`\`\``]),
    ...table('argument', command.registeredArguments.map(argumentRow)),
    ...(own.length === 0 ? [] : [optionTable(own)]),
    ...(shared.length === 0 ? [] : [`And ${shared.join(', ')}.`]),
    ...(after.text === '' ? [] : [after.text]),
    ...(after.examples.length === 0 ? [] : [`\`\`\`sh\n${after.examples.join('\n')}\n\`\`\``]),
    ...command.commands.flatMap((each) => section(each, level + 1, all)),
  ]
}

/** Of each the one that most commands have: some mean a little more by it, and say so themselves. */
function commonOptions(program: CommandUnknownOpts): Option[] {
  const options = allCommands(program).flatMap((each) => each.options)
  return COMMON.flatMap((long) => {
    const named = Map.groupBy(
      options.filter((each) => each.long === long),
      ({ description }) => description,
    )
    const [most] = [...named.values()].toSorted((a, b) => b.length - a.length)
    return most?.[0] ?? []
  })
}

function optionsOf(command: CommandUnknownOpts, all: readonly Option[]): { own: Option[]; common: Option[] } {
  const visible = command.options.filter(({ hidden }) => !hidden)
  const isCommon = ({ flags, description }: Option): boolean =>
    all.some((each) => each.flags === flags && each.description === description)
  return { own: visible.filter((each) => !isCommon(each)), common: visible.filter(isCommon) }
}

/** What a command adds to its help: sentences, and examples. */
function afterHelp(command: CommandUnknownOpts): { text: string; examples: string[] } {
  let help = ''
  command.configureOutput({ writeOut: (text) => void (help += text) }).outputHelp()
  const [, after = ''] = help.split(command.helpInformation())
  const [text = '', examples = ''] = after.split('Examples:\n')
  return {
    text: text.trim(),
    examples: examples
      .split('\n')
      .map((line) => line.trim().replace(/^\$ /, ''))
      .filter((line) => line !== ''),
  }
}

function optionTable(options: readonly Option[]): string {
  return table('option', options.map(optionRow))[0] ?? ''
}

function optionRow(option: Option): string[] {
  const { flags, description, envVar, defaultValue, defaultValueDescription, argChoices } = option
  const byDefault = defaultValueDescription ?? String(defaultValue)
  const more = [
    ...(argChoices === undefined ? [] : [`one of ${argChoices.join(', ')}`]),
    ...(defaultValue === undefined ? [] : [`default: ${byDefault}`]),
    ...(envVar === undefined ? [] : [`\`${envVar}\``]),
  ]
  return [`\`${flags}\``, cell([description, ...more].join('; '))]
}

function argumentRow(argument: Argument): string[] {
  const { description, argChoices, defaultValue, required, variadic } = argument
  const name = `${argument.name()}${variadic ? '...' : ''}`
  const more = [
    ...(argChoices === undefined ? [] : [`one of ${argChoices.join(', ')}`]),
    ...(defaultValue === undefined ? [] : [`default: ${String(defaultValue)}`]),
  ]
  const about = [description, ...more].filter((each) => each !== '').join('; ')
  return [`\`${required ? `<${name}>` : `[${name}]`}\``, cell(about)]
}

const PLAIN = { alignDelimiters: false, padding: true }

/** Arguments that say no more than their names are in the usage already. */
function table(what: string, rows: readonly string[][]): string[] {
  const telling = rows.filter(([, about]) => about !== '')
  return telling.length === 0 ? [] : [markdownTable([[what, 'what it is'], ...telling], PLAIN)]
}

function pathOf(command: CommandUnknownOpts): string {
  return command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`
}

/** As GitHub makes it of the heading. */
function anchorOf(command: CommandUnknownOpts): string {
  return pathOf(command).replaceAll(' ', '-')
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ').trim()
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}
