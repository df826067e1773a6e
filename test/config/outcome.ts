import { expect } from 'vitest'

import { ConfigError } from '../../src/app/errors.ts'
import { read } from './files.ts'

/** Accepted, or refused with a ConfigError whose errors all have a place. Anything else fails the test. */
export async function outcomeOf(
  config: string | Record<string, string>,
  environment = 'production',
): Promise<'accepted' | 'refused'> {
  try {
    await read(config, { environment })
    return 'accepted'
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    expect(error.diagnostics.length).toBeGreaterThan(0)
    for (const { place, message } of error.diagnostics) {
      expect(place, message).toBeDefined()
      // Our sentences, not those of the libraries.
      expect(message).not.toMatch(/Invalid (?:input|key|option|string)|Too (?:small|big)|undefined/)
    }
    return 'refused'
  }
}
