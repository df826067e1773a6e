import type { AppId } from '../../app/app.ts'
import { isoNow, type Clock } from '../../app/clock.ts'
import { fromJson, type Database, type Row } from '../../store/database.ts'
import type {
  Deployment,
  DeploymentEnd,
  DeploymentRecord,
  Ledger,
  NewDeployment,
  NewRelease,
  Release,
} from '../ledger.ts'
import { storedRecord, storedRelease } from '../stored.ts'

/** Higher than all that there are. */
const NO_NUMBER = Number.MAX_SAFE_INTEGER

/** The ledger in the home's database. */
export class LocalLedger implements Ledger {
  readonly #db: Database
  readonly #clock: Clock

  constructor(db: Database, clock: Clock) {
    this.#db = db
    this.#clock = clock
  }

  async open(app: AppId, deployment: NewDeployment): Promise<Deployment> {
    const number = this.#next('deployments', app)
    this.#db.run(
      'INSERT INTO deployments (app, number, kind, commit_id, by, title, status, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
      app.name,
      number,
      deployment.kind,
      deployment.commit,
      deployment.by,
      deployment.title,
      'queued',
      isoNow(this.#clock),
    )
    return (await this.deployment(app, number))!
  }

  async start(app: AppId, number: number): Promise<void> {
    this.#db.run(
      "UPDATE deployments SET status = 'running', started_at = ? WHERE app = ? AND number = ?",
      isoNow(this.#clock),
      app.name,
      number,
    )
  }

  async record(app: AppId, number: number, record: DeploymentRecord): Promise<void> {
    this.#db.run(
      'UPDATE deployments SET record = ? WHERE app = ? AND number = ?',
      JSON.stringify(record),
      app.name,
      number,
    )
  }

  async finish(app: AppId, number: number, end: DeploymentEnd): Promise<Release | null> {
    const now = isoNow(this.#clock)
    const release = this.#db.transaction(() => {
      const made = end.release === null ? null : this.#addRelease(app, number, end.release, now)
      this.#db.run(
        'UPDATE deployments SET status = ?, reason = ?, release = ?, finished_at = ? WHERE app = ? AND number = ?',
        end.outcome,
        end.reason,
        made,
        now,
        app.name,
        number,
      )
      return made
    })
    return release === null ? null : this.release(app, release)
  }

  #addRelease(app: AppId, deployment: number, release: NewRelease, now: string): number {
    const number = this.#next('releases', app)
    const { by, title } = this.#db.get(
      'SELECT by, title FROM deployments WHERE app = ? AND number = ?',
      app.name,
      deployment,
    )!
    this.#db.run(
      'INSERT INTO releases (app, number, deployment, by, title, content, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
      app.name,
      number,
      deployment,
      String(by),
      String(title),
      JSON.stringify(release),
      now,
    )
    return number
  }

  async taskSucceeded(app: AppId, task: string, fingerprint: string): Promise<void> {
    this.#db.run(
      'INSERT OR REPLACE INTO task_successes (app, task, fingerprint) VALUES (?, ?, ?)',
      app.name,
      task,
      fingerprint,
    )
  }

  /** Task name to fingerprint. */
  succeeded(app: AppId): Record<string, string> {
    const rows = this.#db.all('SELECT task, fingerprint FROM task_successes WHERE app = ?', app.name)
    return Object.fromEntries(rows.map((row) => [String(row['task']), String(row['fingerprint'])]))
  }

  async deployment(app: AppId, number: number): Promise<Deployment | null> {
    const row = this.#db.get('SELECT * FROM deployments WHERE app = ? AND number = ?', app.name, number)
    return row === undefined ? null : toDeployment(row)
  }

  async deployments(app: AppId, limit: number, before = NO_NUMBER): Promise<Deployment[]> {
    return this.#newest('deployments', app, limit, before).map(toDeployment)
  }

  async unfinished(app: AppId): Promise<Deployment[]> {
    return this.#db
      .all('SELECT * FROM deployments WHERE app = ? AND finished_at IS NULL ORDER BY number', app.name)
      .map(toDeployment)
  }

  async releases(app: AppId, limit: number, before = NO_NUMBER): Promise<Release[]> {
    return this.#newest('releases', app, limit, before).map(toRelease)
  }

  async release(app: AppId, number: number): Promise<Release | null> {
    const row = this.#db.get('SELECT * FROM releases WHERE app = ? AND number = ?', app.name, number)
    return row === undefined ? null : toRelease(row)
  }

  #newest(table: 'deployments' | 'releases', app: AppId, limit: number, before: number): Row[] {
    return this.#db.all(
      `SELECT * FROM ${table} WHERE app = ? AND number < ? ORDER BY number DESC LIMIT ?`,
      app.name,
      before,
      limit,
    )
  }

  #next(table: 'deployments' | 'releases', app: AppId): number {
    const row = this.#db.get(`SELECT max(number) AS highest FROM ${table} WHERE app = ?`, app.name)
    return Number(row?.['highest'] ?? 0) + 1
  }
}

function toDeployment(row: Row): Deployment {
  return {
    number: Number(row['number']),
    kind: String(row['kind']) as Deployment['kind'],
    commit: text(row['commit_id']),
    by: String(row['by']),
    title: String(row['title']),
    status: String(row['status']) as Deployment['status'],
    reason: text(row['reason']),
    release: row['release'] == null ? null : Number(row['release']),
    record: row['record'] == null ? null : storedRecord(fromJson<DeploymentRecord>(row['record'])),
    created_at: String(row['created_at']),
    started_at: text(row['started_at']),
    finished_at: text(row['finished_at']),
  }
}

function toRelease(row: Row): Release {
  return {
    ...storedRelease(fromJson<NewRelease>(row['content'])),
    number: Number(row['number']),
    deployment: Number(row['deployment']),
    by: String(row['by']),
    title: String(row['title']),
    created_at: String(row['created_at']),
  }
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}
