import { logger } from '#lib/platform/logger'

type Closer = () => Promise<unknown> | unknown

/**
 * How this process ends: once, in order, on whatever comes first of a signal, a lost parent or an uncaught error.
 * What was opened last is closed first. A second signal cuts waiting short by ending the process at once.
 */
export class Shutdown {
  #closers: Closer[] = []
  #announcers: (() => void)[] = []
  #reason: string | undefined
  #started = false

  constructor() {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.on(signal, () => {
        if (this.#reason && signal === 'SIGINT') process.exit(130)
        this.begin(signal)
      })
    process.on('unhandledRejection', (cause) => logger().error({ err: cause }, 'unhandled rejection'))
    process.on('uncaughtException', (cause) => {
      logger().fatal({ err: cause }, 'uncaught error; stopping')
      process.exitCode = 1
      this.begin('an uncaught error')
    })
  }

  get begun(): boolean {
    return this.#reason !== undefined
  }

  /** Runs the moment a stop begins. */
  announce(announcer: () => void): void {
    this.#announcers.push(announcer)
  }

  close(closer: Closer): void {
    this.#closers.push(closer)
  }

  /** A start is finished before it is undone, so that no half-started PostgreSQL is left behind. */
  started(): void {
    this.#started = true
    if (this.#reason) void this.#run()
  }

  begin(reason: string): void {
    if (this.#reason) return
    this.#reason = reason
    console.log(`\nStopping (${reason})`)
    for (const announcer of this.#announcers) announcer()
    if (this.#started) void this.#run()
  }

  async #run(): Promise<void> {
    for (const closer of this.#closers.reverse()) {
      try {
        await closer()
      } catch (cause) {
        process.exitCode = 1
        logger().error({ err: cause }, 'while stopping')
      }
    }
    console.log('Stopped')
    process.exit()
  }
}
