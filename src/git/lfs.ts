import { ByteReader } from './byte-reader.ts'
import { streamGit } from './git.ts'
import type { TreeEntry } from './tree.ts'

const POINTER = 'version https://git-lfs.github.com/spec/'
/** Pointers are about 130 bytes; only so many files of that size are looked at, which is enough to warn. */
const POINTER_SIZE = { from: 110, to: 250 }
const MAX_LOOKED_AT = 1000

/** Entries that are pointers of Git LFS: they name contents which are not in the repository. */
export async function lfsPointers(gitDir: string, entries: readonly TreeEntry[]): Promise<TreeEntry[]> {
  const isCandidate = ({ mode, size }: TreeEntry) =>
    mode.startsWith('100') && size >= POINTER_SIZE.from && size <= POINTER_SIZE.to
  const candidates = entries.filter(isCandidate).slice(0, MAX_LOOKED_AT)
  if (candidates.length === 0) return []
  const input = candidates.map(({ oid }) => `${oid}\n`).join('')
  return await streamGit(gitDir, ['cat-file', '--batch', '--buffer'], { input }, async (stdout) => {
    const pointers: TreeEntry[] = []
    const blobs = new ByteReader(stdout)
    for (const entry of candidates) {
      await blobs.line(200)
      const contents = await blobs.bytes(entry.size + 1)
      if (contents.toString('latin1').startsWith(POINTER)) pointers.push(entry)
    }
    return pointers
  })
}
