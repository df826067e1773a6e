import { z } from 'zod'

import type { AppEntry } from '../../apps.ts'
import type { AuditEntry } from '../../audit.ts'
import { SCOPES, type TokenEntry } from '../../tokens.ts'
import { engineSettings } from '../app-settings.ts'
import { Count, model, open, Time } from './model.ts'

export type ShownApp = AppEntry & { address: string }

export const AppModel = model<ShownApp>('App')(
  open({
    name: z.string(),
    branch: z.string().meta({ description: 'A push to this branch deploys.' }),
    allow_force: z.boolean().meta({ description: 'Whether a push may rewrite the branch.' }),
    environment: z.string(),
    ...engineSettings,
    created_at: Time,
    address: z.string().meta({ description: 'Where a browser finds it, where it runs here.' }),
  }),
)

const token = {
  id: z.string(),
  name: z.string(),
  scope: z.enum(SCOPES),
  app: z.string().nullable().meta({ description: 'Null: all apps.' }),
  created_at: Time,
  used_at: Time.nullable(),
}

export const TokenModel = model<TokenEntry>('Token')(z.object(token))

export const NewTokenModel = model<TokenEntry & { token: string }>('NewToken')(
  z.object({ ...token, token: z.string().meta({ description: 'The token itself: it is not shown again.' }) }),
)

export const ServerModel = model<{ url: string; version: string }>('Server')(
  z.object({ url: z.string(), version: z.string() }),
)

export const AuditEntryModel = model<AuditEntry>('AuditEntry')(
  z.object({
    id: Count,
    at: Time,
    who: z.string().meta({ description: 'The name of the token; `owner` on the machine itself.' }),
    token: z.string().nullable().meta({ description: 'The id of the token.' }),
    app: z.string().nullable(),
    action: z.string().meta({ description: 'The id of an operation; `push`, `shell.run` and `shell.exec`.' }),
    before: z.unknown().meta({ description: 'As it was; null where there was nothing.' }),
    after: z.unknown().meta({ description: 'As it is now; null where nothing is left.' }),
    detail: z.record(z.string(), z.unknown()).meta({ description: 'What else one may want to know.' }),
  }),
  'Who changed what. Never holds a secret.',
)
