/** What an instance gets: vCPU and MiB. */
export interface Size {
  cpu: number
  memory: number
  arm: boolean
}

const TYPE =
  /^(?<family>[cmrt])\d+(?<options>[a-z-]*)\.(?<size>nano|micro|small|medium|large|(?<times>\d{0,2})xlarge)$/
const GIB_PER_CPU: Readonly<Record<string, number>> = { c: 2, m: 4, r: 8 }
const CPUS: Readonly<Record<string, number>> = { medium: 1, large: 2, xlarge: 4 }
/** Burstable types: the CPU that they have all the time, rounded up, and their GiB (EC2 user guide: baseline). */
const BURSTABLE: Readonly<Record<string, readonly [cpu: number, gib: number]>> = {
  nano: [0.25, 0.5],
  micro: [0.25, 1],
  small: [0.5, 2],
  medium: [0.5, 4],
  large: [1, 8],
  xlarge: [2, 16],
  '2xlarge': [4, 32],
}
const LARGEST_CPU = 16

/** The size on Fargate that comes closest to an EC2 type of the common families; null for any other. */
export function sizeOfType(type: string): Size | null {
  const { family, options, size, times } = TYPE.exec(type)?.groups ?? {}
  if (family === undefined || size === undefined) return null
  const [cpu, gib] = family === 't' ? (BURSTABLE[size] ?? []) : ratioSize(family, size, times)
  if (cpu === undefined || gib === undefined || cpu > LARGEST_CPU) return null
  return { cpu, memory: Math.min(gib * 1024, largestMemory(cpu)), arm: options!.startsWith('g') }
}

function ratioSize(family: string, size: string, times: string | undefined): [cpu?: number, gib?: number] {
  const cpu = times === undefined || times === '' ? CPUS[size] : Number(times) * 4
  return cpu === undefined ? [] : [cpu, cpu * GIB_PER_CPU[family]!]
}

/** MiB that a container on Fargate may have with so many vCPU (ECS developer guide: task CPU and memory). */
export function memoriesFor(cpu: number): number[] {
  if (cpu === 0.25) return [512, 1024, 2048]
  const step = cpu < 8 ? 1024 : cpu * 512
  const least = cpu * 2048
  return Array.from({ length: (largestMemory(cpu) - least) / step + 1 }, (_, index) => least + index * step)
}

function largestMemory(cpu: number): number {
  return cpu === 0.25 ? 2048 : cpu < 4 ? cpu * 8192 : cpu * 7680
}
