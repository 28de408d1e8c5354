// `npm run bench`: the measurements, on the built server. Flags: bench/README.md.
import { handOver } from './hand-over.mjs'
import { prepare } from './prepare.mjs'

await prepare({ build: true, say: console.error })
const args = process.argv.slice(2)
await handOver(args.includes('--scale') ? 'bench/scale/main.ts' : 'bench/main.ts', args)
