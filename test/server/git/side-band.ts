const HEADER = 4

/**
 * What a push is answered, out of the packets that it comes in (gitprotocol-pack, "side-band-64k"): git cuts them where
 * it happens to read, in the middle of a word too. What is not in packets, such as an HTTP error's page, is left as it is.
 */
export function withoutSideBand(body: Buffer): string {
  const parts: Buffer[] = []
  for (let at = 0; at < body.length;) {
    const header = body.subarray(at, at + HEADER).toString('latin1')
    if (!/^[0-9a-f]{4}$/.test(header)) return body.toString()
    const length = Number.parseInt(header, 16)
    // The byte after the header is the number of the band: 1 the report, 2 what is said on the way.
    if (length > HEADER) parts.push(body.subarray(at + HEADER + 1, at + length))
    at += Math.max(length, HEADER)
  }
  return Buffer.concat(parts).toString()
}
