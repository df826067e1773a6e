/** One measured line: what, how much, against what, and what it may be at most. */
export interface Measure {
  what: string
  value: string
  /** The named baseline of the same run and the ratio to it; empty where there is none. */
  against: string
  budget: string
  ok: boolean
}

export function print(title: string, measures: readonly Measure[]): void {
  console.log(`\n${title}`)
  const rows = measures.map((each) => [
    each.what,
    each.value,
    each.against,
    each.budget,
    each.ok ? 'ok' : 'OVER',
  ])
  const all = [['what', 'measured', 'against', 'budget', ''], ...rows]
  const widths = all[0]!.map((_, column) => Math.max(...all.map((row) => row[column]!.length)))
  for (const row of all)
    console.log(`  ${row.map((cell, column) => cell.padEnd(widths[column]!)).join('  ')}`.trimEnd())
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}

export function ms(value: number): string {
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`
}
