import { showCpu, showMemory } from '../../app/size.ts'

/** CPU units (1024 = 1 vCPU) and memory in MiB. */
export interface Size {
  cpu: number
  memory: number
}

/**
 * The memory sizes that each size of CPU comes with, smallest first:
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html
 */
const OFFERED: readonly (readonly [cpu: number, memory: readonly number[]])[] = [
  [256, [512, 1024, 2048]],
  [512, steps(1024, 4096, 1024)],
  [1024, steps(2048, 8192, 1024)],
  [2048, steps(4096, 16_384, 1024)],
  [4096, steps(8192, 30_720, 1024)],
  [8192, steps(16_384, 61_440, 4096)],
  [16_384, steps(32_768, 122_880, 8192)],
  [32_768, [61_440, 122_880, 249_856]],
]

export const LARGEST: Size = { cpu: 32_768, memory: 249_856 }

/**
 * The next size that Fargate offers: with more memory where that is enough, with more CPU as well where the memory is
 * not to be had otherwise. Null above the largest.
 */
export function snap({ cpu, memory }: Size): Size | null {
  for (const [offered, memories] of OFFERED) {
    const enough = offered >= cpu ? memories.find((each) => each >= memory) : undefined
    if (enough !== undefined) return { cpu: offered, memory: enough }
  }
  return null
}

/** `512 MB with 0.25 vCPU` */
export function showSize({ cpu, memory }: Size): string {
  return `${showMemory(memory)} with ${showCpu(cpu)}`
}

function steps(least: number, most: number, step: number): number[] {
  return Array.from({ length: (most - least) / step + 1 }, (_, index) => least + index * step)
}
