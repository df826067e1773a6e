import { refuse } from './refusals.ts'

/** CPU units → MiB: from, to, and how far apart. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html */
const SIZES: Readonly<Record<number, readonly number[] | { from: number; to: number; step: number }>> = {
  256: [512, 1024, 2048],
  512: { from: 1024, to: 4096, step: 1024 },
  1024: { from: 2048, to: 8192, step: 1024 },
  2048: { from: 4096, to: 16384, step: 1024 },
  4096: { from: 8192, to: 30720, step: 1024 },
  8192: { from: 16384, to: 61440, step: 4096 },
  16384: { from: 32768, to: 122880, step: 8192 },
  32768: [61440, 122880, 249856],
}

export function checkSize(cpu: string | undefined, memory: string | undefined): void {
  if (cpu === undefined) refuse("Fargate requires that 'cpu' be defined at the task level.")
  if (memory === undefined) refuse("Fargate requires that 'memory' be defined at the task level.")
  const units = cpuUnits(cpu)
  const mebibytes = mebibytesOf(memory)
  const offered = SIZES[units]
  const isOffered = Array.isArray(offered)
    ? offered.includes(mebibytes)
    : offered !== undefined && isWithin(offered as { from: number; to: number; step: number }, mebibytes)
  if (!isOffered) {
    refuse(
      `No Fargate configuration exists for given values: ${units} CPU, ${mebibytes} memory. See the Amazon ECS documentation for the valid values.`,
    )
  }
}

/** `1024`, or `1 vCPU`. */
export function cpuUnits(value: string): number {
  const [, vcpus] = /^([\d.]+)\s*vcpu$/i.exec(value) ?? []
  return vcpus === undefined ? integer(value, 'cpu') : Number(vcpus) * 1024
}

/** `2048`, or `2 GB`. */
export function mebibytesOf(value: string): number {
  const [, gigabytes] = /^([\d.]+)\s*gb$/i.exec(value) ?? []
  return gigabytes === undefined ? integer(value, 'memory') : Number(gigabytes) * 1024
}

function integer(value: string, name: string): number {
  return /^\d+$/.test(value) ? Number(value) : refuse(`Invalid '${name}' setting for task.`)
}

function isWithin({ from, to, step }: { from: number; to: number; step: number }, value: number): boolean {
  return value >= from && value <= to && (value - from) % step === 0
}
