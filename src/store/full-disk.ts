/** https://www.sqlite.org/rescode.html#full */
const SQLITE_FULL = 13

/** Whether something failed because there is no room, in the database or beside it. */
export function isDiskFull(error: unknown): boolean {
  const { code, errcode } = (error ?? {}) as { code?: unknown; errcode?: unknown }
  return code === 'ENOSPC' || code === 'EDQUOT' || (code === 'ERR_SQLITE_ERROR' && errcode === SQLITE_FULL)
}
