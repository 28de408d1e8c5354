import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'

const PATIENCE_MS = 3_000

/** Listens and returns the port, the one the system picked for 0. A Muster that is just stopping frees its port soon. */
export async function listen(server: Server, host: string, port: number): Promise<number> {
  const started = Date.now()
  for (;;) {
    try {
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject)
        server.listen(port, host, () => {
          server.off('error', reject)
          resolve()
        })
      })
      return (server.address() as AddressInfo).port
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'EADDRINUSE' && Date.now() - started < PATIENCE_MS) await delay(100)
      else if (code === 'EADDRINUSE')
        throw new Error(`Port ${port} on ${host} is taken by another program. Choose another with PORT.`)
      else if (code === 'EACCES')
        throw new Error(`Port ${port} may not be used by this user. Choose another with PORT.`)
      else if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
        throw new Error(`${host} is not an address of this machine. Choose another with HOST.`)
      else throw error
    }
  }
}
