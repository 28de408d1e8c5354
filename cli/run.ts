import { DomainError } from '#lib/platform/domain-error'
import { startError } from '#server/start-error'
import { type Command, UsageError, type Values } from './command.ts'
import { commands } from './commands.ts'
import { withDatabase } from './connect.ts'
import { helpOf, overview } from './help.ts'
import { type Parsed, parse } from './parse.ts'

const DONE = 0
const FAILED = 1
const WRONG_USE = 2

/** Runs one command: its answer to standard output, everything else to standard error. Returns the exit code. */
export async function runCommandLine(args: string[]): Promise<number> {
  const words = args.findIndex((arg) => arg.startsWith('-'))
  const name = args.slice(0, words === -1 ? args.length : words).join(' ')
  const command = commands[name]
  if (!command) {
    const wantsHelp = name === '' && args.some((arg) => arg === '--help' || arg === '-h')
    if (wantsHelp) console.log(overview(commands))
    else
      console.error(
        `${name ? `There is no command "${name}".` : 'Say which command.'}\n\n${overview(commands)}`,
      )
    return wantsHelp ? DONE : WRONG_USE
  }
  const json = args.includes('--json')
  try {
    const parsed = parse(command, args.slice(words === -1 ? args.length : words))
    if (parsed.help) {
      console.log(helpOf(name, command))
      return DONE
    }
    const answer = await run(command, parsed)
    console.log(json ? JSON.stringify(answer.json) : answer.text)
    return answer.failed ? FAILED : DONE
  } catch (error) {
    if (error instanceof UsageError) {
      say(json, 'usage', error.message)
      if (!json) console.error(`\n${helpOf(name, command)}`)
      return WRONG_USE
    }
    if (error instanceof DomainError) say(json, error.code, error.message)
    else say(json, 'failed', startError(error))
    return FAILED
  }
}

function run(command: Command, { values }: Parsed) {
  const work = () => command.run(values as Values<Command['options']>)
  return command.offline ? work() : withDatabase(work)
}

function say(json: boolean, code: string, message: string): void {
  console.error(json ? JSON.stringify({ error: code, message }) : `✗ ${message}`)
}
