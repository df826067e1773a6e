/** A JSON object as it comes over the wire. */
export type Input = Record<string, unknown>

/** One AWS service of the fake: its state, and what each operation does to it. */
export interface FakeService {
  /** The operation's name as in the API's reference: `DescribeServices`. Throws an AwsError to refuse it. */
  handle(operation: string, input: Input): unknown
  /** Lets everything happen that is due by the clock; called before each call of any service, which may depend on it. */
  advance?(): void
}
