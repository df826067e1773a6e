import { defineConfig } from 'rolldown'

/**
 * The command line and server: bundled they start faster and take less memory than the sources run natively. What is
 * imported when it is needed, such as the clients of AWS, is a file of its own.
 */
export default defineConfig({
  input: { gantry: 'src/cli/main.ts' },
  platform: 'node',
  output: {
    dir: 'dist',
    format: 'esm',
    // Stable names: a change of one file must not rename the others.
    chunkFileNames: '[name].js',
    comments: { legal: false },
  },
})
