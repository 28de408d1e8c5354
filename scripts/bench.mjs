// `npm run bench`: the measurements, on the built server. Flags: bench/README.md.
import { findBrowser } from './browser.mjs'
import { handOver } from './hand-over.mjs'
import { prepare } from './prepare.mjs'

await prepare({ build: true, say: console.error })
const args = process.argv.slice(2)
const browser = findBrowser()
if (browser) process.env.PLAYWRIGHT_CHROMIUM = browser
await handOver(args.includes('--scale') ? 'bench/scale/main.ts' : 'bench/main.ts', args)
