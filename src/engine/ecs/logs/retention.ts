const DAY = 24 * 3600

/** Days: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const OFFERED = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
]

/** Seconds for which CloudWatch would keep what is to be kept for so many: never less, as far as it goes. */
export function fitRetention(seconds: number): number {
  return (OFFERED.find((days) => days * DAY >= seconds) ?? OFFERED.at(-1)!) * DAY
}

/** Days of what `fitRetention` has made. */
export function daysOf(seconds: number): number {
  return seconds / DAY
}
