/** Each entry takes the database one version further. Never edit one that was released; add another. */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE apps (
    name TEXT PRIMARY KEY,
    settings TEXT NOT NULL,
    uid INTEGER UNIQUE,
    created_at TEXT NOT NULL
  ) STRICT;

  -- Numbers for user ids. AUTOINCREMENT: what an app has left behind must never belong to another.
  CREATE TABLE uids (number INTEGER PRIMARY KEY AUTOINCREMENT, app TEXT NOT NULL) STRICT;

  CREATE TABLE tokens (
    id TEXT PRIMARY KEY,
    hash BLOB NOT NULL,
    name TEXT NOT NULL,
    scope TEXT NOT NULL,
    app TEXT REFERENCES apps(name) ON DELETE CASCADE,
    created_at TEXT NOT NULL,
    used_at TEXT
  ) STRICT;

  CREATE TABLE deployments (
    app TEXT NOT NULL,
    number INTEGER NOT NULL,
    kind TEXT NOT NULL,
    commit_id TEXT,
    by TEXT NOT NULL,
    title TEXT NOT NULL,
    status TEXT NOT NULL,
    reason TEXT,
    release INTEGER,
    record TEXT,
    created_at TEXT NOT NULL,
    started_at TEXT,
    finished_at TEXT,
    PRIMARY KEY (app, number)
  ) STRICT;

  CREATE TABLE deployment_events (
    app TEXT NOT NULL,
    number INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    event TEXT NOT NULL,
    PRIMARY KEY (app, number, seq)
  ) STRICT, WITHOUT ROWID;

  -- A ref that is to move when its deployment has succeeded. Kept until git has done it.
  CREATE TABLE ref_moves (
    app TEXT NOT NULL,
    number INTEGER NOT NULL,
    ref TEXT NOT NULL,
    old_id TEXT NOT NULL,
    new_id TEXT NOT NULL,
    PRIMARY KEY (app, number)
  ) STRICT;

  CREATE TABLE releases (
    app TEXT NOT NULL,
    number INTEGER NOT NULL,
    deployment INTEGER NOT NULL,
    by TEXT NOT NULL,
    title TEXT NOT NULL,
    content TEXT NOT NULL,
    created_at TEXT NOT NULL,
    PRIMARY KEY (app, number)
  ) STRICT;

  CREATE TABLE task_successes (
    app TEXT NOT NULL,
    task TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    PRIMARY KEY (app, task)
  ) STRICT;

  CREATE TABLE processes (
    app TEXT NOT NULL,
    name TEXT NOT NULL,
    state TEXT NOT NULL,
    PRIMARY KEY (app, name)
  ) STRICT;

  CREATE TABLE schedules (
    app TEXT NOT NULL,
    name TEXT NOT NULL,
    spec TEXT NOT NULL,
    PRIMARY KEY (app, name)
  ) STRICT;

  -- Every value under a version of its own: what runs, and what a roll-back brings back, keeps the value it began with.
  -- AUTOINCREMENT, so that a version is never used again.
  CREATE TABLE variables (
    version INTEGER PRIMARY KEY AUTOINCREMENT,
    app TEXT NOT NULL,
    name TEXT NOT NULL,
    process TEXT NOT NULL,
    secret INTEGER NOT NULL,
    value TEXT NOT NULL,
    current INTEGER NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX variables_current ON variables (app, name, process) WHERE current = 1;

  CREATE TABLE images (
    app TEXT NOT NULL,
    digest TEXT NOT NULL,
    key TEXT NOT NULL,
    created_at TEXT NOT NULL,
    PRIMARY KEY (app, digest)
  ) STRICT;

  -- Every child that may be alive. A row is written before the child may run its command and deleted when it has ended.
  CREATE TABLE children (
    secret TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    pid INTEGER NOT NULL,
    start_time TEXT NOT NULL,
    boot_id TEXT NOT NULL
  ) STRICT;

  CREATE TABLE audit (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    app TEXT,
    action TEXT NOT NULL,
    detail TEXT NOT NULL
  ) STRICT;
  `,
  `
  -- Runs of tasks, newest last. Active: its program may be running.
  CREATE TABLE task_runs (
    number INTEGER PRIMARY KEY,
    app TEXT NOT NULL,
    id TEXT NOT NULL,
    active INTEGER NOT NULL,
    run TEXT NOT NULL,
    UNIQUE (app, id)
  ) STRICT;
  `,
  `
  -- Apps whose output is kept for so many seconds, and no longer.
  CREATE TABLE log_retentions (app TEXT PRIMARY KEY, seconds REAL NOT NULL) STRICT;
  `,
  `
  -- By which token, and what was so before and after. What was written earlier has it all in its detail.
  ALTER TABLE audit ADD COLUMN token TEXT;
  ALTER TABLE audit ADD COLUMN before TEXT NOT NULL DEFAULT 'null';
  ALTER TABLE audit ADD COLUMN after TEXT NOT NULL DEFAULT 'null';
  CREATE INDEX audit_by_app ON audit (app, id);

  -- Requests with an Idempotency-Key. Written before anything is done; answer null: it was not finished.
  CREATE TABLE idempotency_keys (
    token TEXT NOT NULL,
    key TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    answer TEXT,
    created_at TEXT NOT NULL,
    PRIMARY KEY (token, key)
  ) STRICT;
  CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);
  `,
]
