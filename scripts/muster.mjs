// `npm run --silent muster -- …`: the operator's command line.
import { handOver } from './hand-over.mjs'
import { prepare } from './prepare.mjs'

await prepare({ build: false, say: console.error })
await handOver('cli/main.ts', process.argv.slice(2))
