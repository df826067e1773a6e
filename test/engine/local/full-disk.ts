import type { Database } from '../../../src/store/database.ts'

/**
 * From now on a table takes no row (or lets none go), as when the disk is full, until it is disposed of.
 *
 * @param when SQL about the row (`NEW`, `OLD`), for a disk that is full in one moment only
 */
export function fullDisk(
  db: Database,
  table: string,
  { on = 'INSERT', when = '1' }: { on?: 'INSERT' | 'DELETE'; when?: string } = {},
): Disposable {
  db.run(`CREATE TEMP TRIGGER full_disk BEFORE ${on} ON main.${table} WHEN ${when}
    BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END`)
  return { [Symbol.dispose]: () => void db.run('DROP TRIGGER IF EXISTS full_disk') }
}
