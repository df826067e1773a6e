import type { Command } from '../../app/command.ts'
import { parseDuration, showDuration } from '../../app/duration.ts'
import { parseCpu, showMemory } from '../../app/size.ts'
import type { Plain, PlainMap } from './write-yaml.ts'

/** More digits are not read. */
const CPU_DIGITS = 6

/** MiB, as `512 MB` or `1.5 GB`. */
export function memory(mib: number): Plain {
  return showMemory(mib)
}

/** CPU units as vCPU, with as few digits as say it: 256 is `0.25`. */
export function cpu(units: number): Plain {
  for (let digits = 0; digits < CPU_DIGITS; digits++) {
    const scale = 10 ** digits
    // It is rounded up when it is read.
    const vcpu = Math.floor((units / 1024) * scale) / scale
    if (parseCpu(vcpu) === units) return vcpu
  }
  return (Math.floor((units / 1024) * 10 ** CPU_DIGITS) / 10 ** CPU_DIGITS).toFixed(CPU_DIGITS)
}

/** Seconds, as `30s` or `15m`. */
export function duration(seconds: number): Plain {
  const text = showDuration(seconds)
  return parseDuration(text) === seconds ? text : seconds
}

export function command(value: Command): Plain {
  return typeof value === 'string' ? value : [...value]
}

export function asIs<Value extends string | number | boolean>(value: Value): Plain {
  return value
}

export function list(values: readonly string[]): Plain {
  return [...values]
}

export function mapOf<Value>(write: (value: Value) => Plain) {
  return (values: Readonly<Record<string, Value>>): PlainMap =>
    new Map(Object.entries(values).map(([name, value]) => [name, write(value)]))
}

/** For what is null, or not there, where nobody says it: that can be left out, and not be written. */
export function orLeftOut<Value>(write: (value: Value) => Plain) {
  return (value: Value | null | undefined): Plain | undefined =>
    value === null || value === undefined ? undefined : write(value)
}
