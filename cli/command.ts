export type Option = {
  type: 'string' | 'boolean'
  /** How the help names its value: `--name NAME`. */
  value?: string
  help: string
  required?: boolean
  /** May be given more than once. */
  multiple?: boolean
}

type ValueOf<O extends Option> = O['type'] extends 'boolean'
  ? boolean
  : O['multiple'] extends true
    ? string[]
    : O['required'] extends true
      ? string
      : string | undefined

export type Values<Options extends Record<string, Option>> = {
  [Name in keyof Options]: ValueOf<Options[Name]>
}

/**
 * What a command answers: `json` for programs (`--json`), `text` for people. Secrets stand in it once, and nowhere else.
 * `failed`: what it looked at is not well, although it could look; the exit code says so.
 */
export type Answer = { json: unknown; text: string; failed?: boolean }

export type Command<Options extends Record<string, Option> = Record<string, Option>> = {
  summary: string
  options: Options
  run(values: Values<Options>): Promise<Answer>
  /** What `--help` adds below the options. */
  notes?: string
  /** Runs without an open database: the command looks for the installation itself. */
  offline?: boolean
}

/** Keeps the types of a command's options for its `run`. */
export function command<const Options extends Record<string, Option>>(given: Command<Options>): Command {
  return given as unknown as Command
}

/** The command line itself is wrong: exit code 2, with the help of the command. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
