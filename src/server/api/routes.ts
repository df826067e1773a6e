import { APP_ROUTES } from './apps.ts'
import { AUDIT_ROUTES } from './audit.ts'
import { DEPLOYMENT_ROUTES } from './deployments.ts'
import { LOG_ROUTES } from './logs.ts'
import { OPERATION_ROUTES } from './operations.ts'
import { PLAN_ROUTES } from './plans.ts'
import { RELEASE_ROUTES } from './releases.ts'
import type { Route } from './route.ts'
import { RUN_ROUTES } from './runs.ts'
import { describeRoutes, showServer } from './server.ts'
import { SHELL_ROUTES } from './shells.ts'
import { TASK_ROUTES } from './tasks.ts'
import { TOKEN_ROUTES } from './tokens.ts'
import { VARIABLE_ROUTES } from './variables.ts'

/** Every operation of the API. */
export const ROUTES: readonly Route[] = [
  showServer,
  describeRoutes(() => ROUTES),
  ...APP_ROUTES,
  ...PLAN_ROUTES,
  ...DEPLOYMENT_ROUTES,
  ...OPERATION_ROUTES,
  ...RELEASE_ROUTES,
  ...TASK_ROUTES,
  ...RUN_ROUTES,
  ...SHELL_ROUTES,
  ...LOG_ROUTES,
  ...VARIABLE_ROUTES,
  ...TOKEN_ROUTES,
  ...AUDIT_ROUTES,
]
