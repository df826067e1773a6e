import { defineConfig } from 'rolldown'

import { licences } from './scripts/licences.ts'

/**
 * Clients of AWS of which few operations are used: in this form, unlike in that which `main` names, what nobody calls can be left
 * out. EC2 alone would be 1.6 MB.
 */
const SHAKEN = ['@aws-sdk/client-ec2', '@aws-sdk/client-iam']

/**
 * The command line with the server, what holds a terminal, and the two steps of the Action: bundled they start faster and take less memory than
 * the sources run natively. What is imported when it is needed, such as the clients of AWS, is a file of its own.
 */
export default defineConfig({
  input: {
    gantry: 'src/cli/main.ts',
    // Run by its path, beside whatever opens a terminal.
    'terminal-host': 'src/engine/terminal/terminal-host.ts',
    'action/main': 'src/action/main.ts',
    'action/post': 'src/action/post.ts',
  },
  platform: 'node',
  resolve: { alias: Object.fromEntries(SHAKEN.map((name) => [name, `${name}/dist-es/index.js`])) },
  treeshake: {
    // For a way to log in that is not used, @actions/core would load all of undici before the first line.
    moduleSideEffects: [{ test: /\/node_modules\/(?:@actions|undici|tunnel)\//, sideEffects: false }],
  },
  output: {
    dir: 'dist',
    format: 'esm',
    // Stable names: a change of one file must not rename the others.
    chunkFileNames: '[name].js',
    comments: { legal: false },
  },
  plugins: [licences('licences.txt')],
})
