/** As times are written on the wire: seconds since the epoch. */
export function seconds(milliseconds: number | null): number | undefined {
  return milliseconds === null ? undefined : milliseconds / 1_000
}
