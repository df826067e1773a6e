import { randomBytes } from 'node:crypto'
import { accessSync, constants } from 'node:fs'
import { mkdir, rm, stat } from 'node:fs/promises'
import { delimiter, isAbsolute, join } from 'node:path'

import { execa } from 'execa'

import type { User } from './users.ts'

/** Milliseconds. */
const TRY_TIMEOUT = 10_000

export const NO_MOUNTS = 'mounts need user namespaces, which this machine does not let apps make'
export const ALLOW_MOUNTS =
  'allow them: `sysctl user.max_user_namespaces` and, on Debian and Ubuntu, `kernel.unprivileged_userns_clone=1` and `kernel.apparmor_restrict_unprivileged_userns=0`; or leave `mounts` out and write below $HOME or $TMPDIR'

/** What an instance sees otherwise than this machine has it. */
export interface MountView {
  /** Absolute. The next two are from here. */
  base: string
  /** The app's tree, which the instance begins in. */
  tree: string
  /**
   * A folder of empty folders that is laid over the tree, for what is mounted in there; null: nothing is. Neither this
   * path nor that of the tree has colons or commas then.
   */
  points: string | null
  /** Where each folder appears; the targets exist, or are in `points`. */
  folders: readonly MountedFolder[]
}

/** Absolute paths. */
export interface MountedFolder {
  source: string
  target: string
}

/** Where the programs are that make a view. */
export interface MountTools {
  unshare: string
  mount: string
}

// An overlay of lower folders alone is read-only, and a folder of the upper one hides a link of the lower one: where the
// tree says `var -> /etc`, there is a folder `var` now.
const LAY_OUT = `fail() { echo "gantry: $1" >&2; exit 125; }
mount=$1 base=$2 tree=$3 points=$4; shift 4
cd "$base" || fail "cannot enter the app's folder"
[ -z "$points" ] || "$mount" -t overlay -o "ro,lowerdir=$points:$tree" overlay "$tree" || fail "cannot lay the mounts over the tree"
while [ "$1" != -- ]; do
  [ -d "$2" ] || fail "there is no folder $2 on this machine to mount over: make it, or mount inside of the app's own folder"
  "$mount" --bind -- "$1" "$2" || fail "cannot mount $2"
  shift 2
done
shift
cd "$tree" || fail "a mount hides the app's own folder"
exec "$@"`

/**
 * What runs a program with its mounts. All of this is done by the app's own user, as the root of a user namespace that it
 * gives up before the program starts. So the server's root has no part in it: neither a link that the app has left
 * nor a mount over `/etc` gets it anything that it could not have anyway, and programs of others with the set-uid bit
 * run without it. The namespaces go with the last process in them.
 */
export function viewing(
  { base, tree, points, folders }: MountView,
  { unshare, mount }: MountTools,
  { uid, gid }: User,
  argv: readonly string[],
): string[] {
  const enter = [unshare, '--user', '--map-root-user', '--mount', '--', '/bin/sh', '-c', LAY_OUT, 'gantry']
  const leave = [unshare, '--user', `--map-user=${uid}`, `--map-group=${gid}`, '--']
  const pairs = folders.flatMap(({ source, target }) => [source, target])
  return [...enter, mount, base, tree, points ?? '', ...pairs, '--', ...leave, ...argv]
}

/** Per kind of user and file system: what a machine allows does not change while a server runs. */
const answers = new Map<string, Promise<MountTools | null>>()

/**
 * Whether apps may make views of what is in this folder, found out by making one; null: they may not.
 *
 * @param user one like theirs; null where they have none of their own
 */
export async function findMountTools(folder: string, user: User | null): Promise<MountTools | null> {
  const key = `${user === null}:${(await stat(folder)).dev}`
  let answer = answers.get(key)
  if (answer === undefined) answers.set(key, (answer = tryMounting(folder, user)))
  return answer
}

async function tryMounting(folder: string, user: User | null): Promise<MountTools | null> {
  const [unshare, mount] = [programOf('unshare'), programOf('mount')]
  if (unshare === null || mount === null) return null
  const base = join(folder, `mounts-${randomBytes(6).toString('hex')}`)
  try {
    for (const each of ['', 'tree', 'points', 'points/here', 'source']) await mkdir(join(base, each))
    const folders = [{ source: join(base, 'source'), target: join(base, 'tree', 'here') }]
    const view = { base, tree: 'tree', points: 'points', folders }
    const nothing = ['/bin/sh', '-c', ':']
    const [program = '', ...args] = viewing(view, { unshare, mount }, user ?? ownUser(), nothing)
    const surroundings = { env: {}, extendEnv: false, ...user }
    const { failed } = await execa(program, args, { reject: false, timeout: TRY_TIMEOUT, ...surroundings })
    return failed ? null : { unshare, mount }
  } finally {
    await rm(base, { recursive: true, force: true })
  }
}

/** Whoever the server is. */
export function ownUser(): User {
  return { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 }
}

function programOf(name: string): string | null {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(isAbsolute)
  return folders.map((folder) => join(folder, name)).find(isProgram) ?? null
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
