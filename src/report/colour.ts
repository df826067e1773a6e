import { styleText } from 'node:util'

type Format = Parameters<typeof styleText>[0]
export type Paint = (format: Format, text: string) => string

/** Whether colour is wanted is the door's to know: it has the terminal. */
export function painter(colour: boolean): Paint {
  return (format, text) => (colour ? styleText(format, text, { validateStream: false }) : text)
}
