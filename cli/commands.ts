import type { Command } from './command.ts'
import { status } from './commands/status.ts'

export const commands: Record<string, Command> = {
  status,
}
