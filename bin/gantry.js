#!/usr/bin/env node
// Plain JavaScript for any Node, so that an old one gets a sentence and no syntax error.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const program = new URL('../dist/gantry.js', import.meta.url)
/** The Node that was installed with this package. */
const ownNode = fileURLToPath(new URL('../node_modules/node/bin/node', import.meta.url))

const [major] = process.versions.node.split('.')
if (Number(major) >= 24) {
  await import(program.href)
} else if (existsSync(ownNode)) {
  runWith(ownNode)
} else {
  refuse()
}

function refuse() {
  process.stderr.write(` !     Gantry needs Node 24 or newer, and this is Node ${process.versions.node}\n`)
  process.exitCode = 2
}

/** Stands for a child that runs the program: hands signals on, and ends as it ends. */
function runWith(node) {
  const child = spawn(node, [fileURLToPath(program), ...process.argv.slice(2)], { stdio: 'inherit' })
  const handOn = (signal) => child.kill(signal)
  process.on('SIGTERM', handOn)
  process.on('SIGHUP', handOn)
  // The terminal sends Ctrl-C to both of us: a second one would be taken for impatience.
  process.on('SIGINT', () => {})
  child.on('error', refuse)
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code)
    process.removeAllListeners(signal)
    process.kill(process.pid, signal)
  })
}
