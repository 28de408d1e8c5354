// Lets each of some processes run for a part of the time only, one after the other, as if it had a slow machine of its own.
// Arguments: milliseconds of a turn, milliseconds until the next of the same process, process ids. Ends on SIGTERM.
const [turnMs, periodMs, ...pids] = process.argv.slice(2).map(Number)
const rest = new Int32Array(new SharedArrayBuffer(4))
const wait = (ms) => Atomics.wait(rest, 0, 0, Math.max(0, ms))
const signal = (pid, name) => {
  try {
    process.kill(pid, name)
  } catch {
    process.exit(0) // it has ended
  }
}
for (const pid of pids) signal(pid, 'SIGSTOP')
let over = false
process.on('SIGTERM', () => {
  over = true
})
for (let begun = performance.now(); !over; begun += periodMs) {
  for (const [i, pid] of pids.entries()) {
    wait(begun + i * turnMs - performance.now())
    signal(pid, 'SIGCONT')
    wait(turnMs)
    signal(pid, 'SIGSTOP')
  }
  wait(begun + periodMs - performance.now())
  await new Promise(setImmediate) // where SIGTERM arrives
}
for (const pid of pids) signal(pid, 'SIGCONT')
