// Works for ever: says so every few seconds.
let done = 0
const pause = Number(process.env.PAUSE ?? 1) * 1000
console.log(`works every ${pause / 1000} s`)
setInterval(() => console.log(`${process.env.GREETING}, job ${++done} done`), pause)
process.on('SIGTERM', () => process.exit(0))
