import v8 from 'node:v8'
import { runInNewContext } from 'node:vm'

const AFTER_MS = 1_000

/**
 * Gives back, once, what starting left behind: the pages' code is read into some 25 MB that are garbage afterwards, and V8
 * would keep them until it is short of room. It takes some tens of milliseconds, when hardly anybody has asked yet.
 */
export function giveBackMemory(): void {
  setTimeout(() => {
    v8.setFlagsFromString('--expose-gc')
    runInNewContext('gc')()
  }, AFTER_MS).unref()
}
