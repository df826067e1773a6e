import { z } from 'zod'

/**
 * A schema that the document names. The compiler sees that all that the code has is as the schema says; that the schema
 * says all that there is, the tests see in real answers.
 */
export function model<T>(id: string) {
  return <Schema extends z.ZodType>(
    schema: Schema & ([T] extends [z.output<Schema>] ? unknown : { 'not all of it is like this': T }),
    description?: string,
  ): z.ZodType<T> =>
    schema.meta({ id, ...(description !== undefined && { description }) }) as unknown as z.ZodType<T>
}

/** One that has more fields than these: those of `gantry.yml`, which grow. */
export function open<Shape extends z.ZodRawShape>(shape: Shape): z.ZodObject<Shape> {
  return z.object(shape).meta({ additionalProperties: true })
}

export const Time = z.string().meta({ format: 'date-time', description: 'ISO 8601, in UTC.' })
export const Count = z.int().min(0)
/** Words of a program, or a line for the shell. */
export const Command = z.union([z.string(), z.array(z.string()).readonly()])
