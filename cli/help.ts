import type { Command } from './command.ts'

const RUN = 'npm run --silent muster --'

export function overview(commands: Record<string, Command>): string {
  const width = Math.max(...Object.keys(commands).map((name) => name.length))
  const lines = Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`)
  return `Muster's command line, for what automation needs. It works on the same database as a running server.

${RUN} COMMAND [options]

${lines.join('\n')}

Each has --help, and --json for an answer that programs read.
DATABASE_URL or MUSTER_DATA_DIR (default ./data) says which installation. Exit codes: 0 done, 1 failed, 2 wrong use.`
}

export function helpOf(name: string, { summary, options, notes }: Command): string {
  const written = Object.entries(options).map(([option, { value, required, multiple, help }]) => {
    const shape = `--${option}${value ? ` ${value}` : ''}`
    return { shape, use: required ? `${shape}${multiple ? ' …' : ''}` : `[${shape}]`, help }
  })
  written.push({ shape: '--json', use: '[--json]', help: 'answer in JSON' })
  const width = Math.max(...written.map(({ shape }) => shape.length))
  return `${summary}

${RUN} ${name} ${written.map(({ use }) => use).join(' ')}

${written.map(({ shape, help }) => `  ${shape.padEnd(width)}  ${help}`).join('\n')}${notes ? `\n\n${notes}` : ''}`
}
