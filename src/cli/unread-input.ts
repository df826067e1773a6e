import { fstatSync } from 'node:fs'

import { note } from './output.ts'

/** Says that nobody reads the input, where there seems to be one. */
export function noteUnreadInput(): void {
  if (!mayHaveInput(0)) return
  note(
    '       The input is not passed on: without a terminal `run` has none; `gantry exec` has, on the local engine',
  )
}

/** Whether somebody has put a file or a pipe there. What is in a pipe only reading tells, which would take it from others. */
export function mayHaveInput(descriptor: number): boolean {
  try {
    const file = fstatSync(descriptor)
    return file.isFIFO() || (file.isFile() && file.size > 0)
  } catch {
    return false
  }
}
