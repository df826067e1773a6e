import { defineConfig } from 'rolldown'

/** The command line and server as one file: it starts faster and takes less memory than the sources run natively. */
export default defineConfig({
  input: { gantry: 'src/cli/main.ts' },
  platform: 'node',
  output: {
    dir: 'dist',
    format: 'esm',
    // Stable names: a change of one file must not rename the others.
    chunkFileNames: '[name].js',
    codeSplitting: false,
    comments: { legal: false },
  },
})
