import type { Audit } from '../audit.ts'
import { page } from './answers.ts'
import { Num } from './input.ts'
import { AuditEntryModel } from './models/admin.ts'
import { pageOf, pageQuery } from './pages.ts'
import { look, type Route } from './route.ts'

const query = pageQuery(Num)
const answer = page(AuditEntryModel, 'A part of the list.')

export const AUDIT_ROUTES: readonly Route[] = [
  look({
    id: 'audit.list',
    path: '/audit',
    needs: 'admin',
    summary: 'List who changed what, of all apps and of those that are deleted, the newest first',
    query,
    answer,
    handle: ({ context, query: { limit, cursor } }) => listed(context.audit, null, limit, cursor),
  }),

  look({
    id: 'audit.app',
    path: '/apps/{app}/audit',
    needs: 'admin',
    summary: 'List who changed what of an app, the newest first',
    query,
    answer,
    handle: ({ context, of: { app }, query: { limit, cursor } }) =>
      listed(context.audit, app.name, limit, cursor),
  }),
]

function listed(audit: Audit, app: string | null, limit: number, cursor?: number) {
  return pageOf(
    limit,
    (count) => audit.list(app, count, cursor),
    ({ id }) => id,
  )
}
