// `npm run build`: what `npm start` would do before it serves.
import { prepare } from './prepare.mjs'

await prepare({ build: true })
