import { r as Argument } from "./extra-typings.js";
import { t as examples } from "./help.js";
// src/cli/completion/scripts.ts
/**
* What a shell is told to do when somebody presses Tab in a command line that begins with `gantry`: each asks
* `gantry __complete WORDS`, of which the last one is not finished. It answers with a line for each word that it could be,
* with its description behind a tab; and with none where the shell may offer files.
*/
const SCRIPTS = {
	bash: `# gantry completion for bash. To have it: source <(gantry completion bash)
_gantry() {
  local typed=\${COMP_LINE:0:COMP_POINT} cur=\${COMP_WORDS[COMP_CWORD]} line IFS=$' \\t\\n'
  local -a words
  read -ra words <<<"$typed"
  [[ $typed == *[[:space:]] ]] && words+=('')
  # Bash takes these for the end of a word: what stands before them is not to be repeated.
  [[ $cur == [=:] ]] && cur=
  local last=\${words[\${#words[@]}-1]}
  local prefix=\${last%"$cur"}
  COMPREPLY=()
  while IFS= read -r line; do
    line=\${line%%$'\\t'*}
    COMPREPLY+=("\${line#"$prefix"}")
  done < <(gantry __complete "\${words[@]:1}" 2>/dev/null)
  # What wants a value gets no space behind it.
  [[ \${#COMPREPLY[@]} == 1 && \${COMPREPLY[0]} == *= ]] && compopt -o nospace 2>/dev/null
  return 0
}
complete -o bashdefault -o default -F _gantry gantry
`,
	zsh: `#compdef gantry
# gantry completion for zsh. To have it: source <(gantry completion zsh)
_gantry() {
  local line
  local -a found
  while IFS= read -r line; do
    local word=\${line%%$'\\t'*} about=''
    [[ $line == *$'\\t'* ]] && about=":\${line#*$'\\t'}"
    found+=("\${word//:/\\\\:}$about")
  done < <(gantry __complete "\${(@)words[2,CURRENT]}" 2>/dev/null)
  if (( \${#found} )); then _describe -V gantry found; else _files; fi
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then _gantry "$@"; else compdef _gantry gantry; fi
`,
	fish: `# gantry completion for fish. To have it: gantry completion fish | source
function __gantry_complete
    set -l words (commandline -opc) (commandline -ct)
    gantry __complete $words[2..-1] 2>/dev/null
end
complete -c gantry -a '(__gantry_complete)'
`
};
const SHELLS = Object.keys(SCRIPTS);
// src/cli/commands/completion.ts
function addCompletion(program) {
	program.command("completion").description("print the script with which your shell completes commands, options and the names of processes").addArgument(new Argument("<shell>", "your shell").choices(SHELLS)).addHelpText("after", examples("source <(gantry completion bash)", "source <(gantry completion zsh)", "gantry completion fish > ~/.config/fish/completions/gantry.fish")).action((shell) => void process.stdout.write(SCRIPTS[shell]));
}
export { addCompletion };
