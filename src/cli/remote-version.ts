/** A sentence where a server is of another version, which its API goes by; null where it is not, or says nothing. */
export function compareVersions(own: string, theirs: string): string | null {
  const [mine, other] = [partsOf(own), partsOf(theirs)]
  if (mine === null || other === null) return null
  const difference = other.major - mine.major || other.minor - mine.minor
  if (difference === 0) return null
  const [is, which] = difference > 0 ? ['newer', 'this command line'] : ['older', 'the server']
  return `the server is Gantry ${theirs}, ${is} than this one (${own}): bring ${which} up to date`
}

function partsOf(version: string): { major: number; minor: number } | null {
  const [, major, minor] = /^(\d+)\.(\d+)\.\d+/.exec(version) ?? []
  return major === undefined ? null : { major: Number(major), minor: Number(minor) }
}
