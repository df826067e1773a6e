import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** For the programs that tests start again and again: they are compiled once, which is most of what a short one does. */
export const COMPILE_CACHE = { NODE_COMPILE_CACHE: join(tmpdir(), 'gantry-test-compile-cache') }
