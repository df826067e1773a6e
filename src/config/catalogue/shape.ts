import type { KeyRule, Section } from './catalogue.ts'

/** The patterns of a section as a tree: what may stand at one place of a file. */
export interface Shape {
  rule?: KeyRule
  names: Map<string, Shape>
  /** Under any other name. */
  any?: Shape
  /** In each item of a list. */
  item?: Shape
}

const shapes = new WeakMap<Section, Shape>()

export function shapeOf(section: Section): Shape {
  let shape = shapes.get(section)
  if (shape === undefined) {
    shape = { names: new Map() }
    for (const [pattern, rule] of Object.entries(section.keys)) at(shape, pattern).rule = rule
    shapes.set(section, shape)
  }
  return shape
}

/** Whether something may stand below it. */
export function hasContent({ rule, names, any, item }: Shape): boolean {
  return names.size > 0 || [any, item, rule?.section, rule?.variants].some((each) => each !== undefined)
}

function at(root: Shape, pattern: string): Shape {
  return pattern
    .replaceAll('[]', '.[]')
    .split('.')
    .filter((step) => step !== '')
    .reduce(below, root)
}

function below(shape: Shape, step: string): Shape {
  if (step === '*') return (shape.any ??= { names: new Map() })
  if (step === '[]') return (shape.item ??= { names: new Map() })
  const known = shape.names.get(step)
  if (known !== undefined) return known
  const made: Shape = { names: new Map() }
  shape.names.set(step, made)
  return made
}
