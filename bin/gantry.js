#!/usr/bin/env node
// Plain JavaScript for any Node, so that an old one gets a sentence and no syntax error.
const [major] = process.versions.node.split('.')
if (Number(major) < 24) {
  process.stderr.write(` !     Gantry needs Node 24 or newer, and this is Node ${process.versions.node}\n`)
  process.exitCode = 2
} else {
  await import('../dist/gantry.js')
}
