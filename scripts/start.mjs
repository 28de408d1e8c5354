// `npm start`: everything between a fresh clone and a running Muster, as far as it is needed.

import { handOver } from './hand-over.mjs'
import { prepare } from './prepare.mjs'

const dev = process.argv.includes('--dev')
await prepare({ build: !dev })
await handOver('server.mjs', process.argv.slice(2))
