import { expect, it } from 'vitest'

import { verify } from '../../../src/engine/local/verify.ts'
import { aContainer } from '../../app/fixtures.ts'
import { anApp, aProcess } from '../../plan/fixtures.ts'

it('verify looks at the container images beside processes, each once [SW-12]', async () => {
  const containers = {
    proxy: aContainer({ image: 'envoy:1' }),
    agent: aContainer({ image: 'envoy:1' }),
    own: aContainer({ image: 'key:abcdef' }),
  }
  const checks = await verify(anApp({ processes: [aProcess('web', { containers })] }))
  expect(checks.map(({ subject }) => subject)).toEqual(['git', 'image envoy:1'])
})
