import { z } from 'zod'

import { NotFoundError } from '../../app/errors.ts'
import { json, page } from './answers.ts'
import { Num } from './input.ts'
import { ReleaseModel } from './models/history.ts'
import { pageOf, pageQuery } from './pages.ts'
import { look, type Route } from './route.ts'

export const RELEASE_ROUTES: readonly Route[] = [
  look({
    id: 'release.list',
    path: '/apps/{app}/releases',
    needs: 'read',
    summary: 'List releases, the newest first',
    query: pageQuery(Num),
    answer: page(ReleaseModel, 'A part of the list.'),
    handle: ({ engine, of: { id }, query: { limit, cursor } }) =>
      pageOf(
        limit,
        (count) => engine.ledger.releases(id, count, cursor),
        ({ number }) => number,
      ),
  }),

  look({
    id: 'release.show',
    path: '/apps/{app}/releases/{number}',
    needs: 'read',
    summary: 'Show what a release is made of, with its whole config',
    params: z.strictObject({ number: Num }),
    answer: json(ReleaseModel),
    handle: async ({ engine, of: { id }, params: { number } }) => {
      const release = await engine.ledger.release(id, number)
      if (release === null) throw new NotFoundError(`${id.name} has no release v${number}`)
      return release
    },
  }),
]
