/** A string is a shell line, a list is run as it is. */
export type Command = string | readonly string[]

// Anything that makes a line more than one simple command: operators, redirections that outlive it, substitutions,
// comments, keywords and assignments in front. `$VAR`, quotes and globs stay simple.
const COMPOUND = /[;&|<>()`#\n\r{}!]|\$\(|^\s*[A-Za-z_][A-Za-z0-9_]*=/
const NO_EXEC =
  /^\s*(?:if|for|while|until|case|exec|cd|export|set|unset|umask|ulimit|trap|source|\.|eval|return|exit|wait|read|shift|times|alias|command|function|time|:)(?:\s|$)/

/**
 * The argv of a command. A shell line runs as `/bin/sh -c`, with `exec` in front where it is one simple command, so
 * that the signals of a stop reach the program and not the shell around it.
 */
export function argv(command: Command): string[] {
  if (typeof command !== 'string') return [...command]
  const line = command.trim()
  // `${VAR:-x}` is simple although it has braces.
  const bare = line.replaceAll(/\$\{[A-Za-z_][A-Za-z0-9_]*(?::?[-+=?][^{}`$();&|<>]*)?\}/g, 'x')
  const quotesRemoved = bare.replaceAll(/'[^']*'/g, 'x').replaceAll(/"[^"`$\\]*"/g, 'x')
  const simple = !COMPOUND.test(quotesRemoved) && !NO_EXEC.test(line)
  return ['/bin/sh', '-c', simple ? `exec ${line}` : line]
}

/** A command as a person reads it. */
export function showCommand(command: Command | null): string {
  if (command === null) return '(of the image)'
  if (typeof command === 'string') return command
  return command.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : JSON.stringify(word))).join(' ')
}
