/** Whether AWS refused a call with one of these codes: `ImageNotFoundException`. */
export function isNamed(error: unknown, ...codes: string[]): boolean {
  return error instanceof Error && codes.includes(error.name)
}
