import { parseArgs } from 'node:util'
import { type Command, UsageError } from './command.ts'

export type Parsed = { values: Record<string, unknown>; json: boolean; help: boolean }

/** The words after the command's own. Throws UsageError, in words for whoever typed them. */
export function parse(command: Command, args: string[]): Parsed {
  const options = Object.fromEntries(
    Object.entries(command.options).map(([name, { type, multiple }]) => [
      name,
      { type, multiple: multiple ?? false },
    ]),
  )
  let given: ReturnType<typeof parseArgs>
  try {
    given = parseArgs({
      args,
      options: { ...options, json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
      strict: true,
      allowPositionals: false,
    })
  } catch (error) {
    throw new UsageError((error as Error).message.replace(/\. To specify a positional.*$/s, '.'))
  }
  const { json = false, help = false, ...values } = given.values
  if (!help) for (const [name, option] of Object.entries(command.options)) check(name, option, values)
  return { values, json: Boolean(json), help: Boolean(help) }
}

function check(name: string, option: Command['options'][string], values: Record<string, unknown>): void {
  const value = values[name]
  if (option.multiple) values[name] ??= []
  if (option.type === 'boolean') values[name] ??= false
  const empty =
    value === undefined || value === '' || (Array.isArray(value) && value.some((one) => one === ''))
  if (option.required && empty) throw new UsageError(`--${name} is missing.`)
}
