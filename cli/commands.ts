import type { Command } from './command.ts'
import { clientCreate } from './commands/client-create.ts'
import { clientList } from './commands/client-list.ts'
import { clientRotateSecret } from './commands/client-rotate-secret.ts'
import { memberCreate } from './commands/member-create.ts'
import { memberList } from './commands/member-list.ts'
import { memberRecover } from './commands/member-recover.ts'
import { memberResetPassword } from './commands/member-reset-password.ts'
import { schemaAdd } from './commands/schema-add.ts'
import { schemaList } from './commands/schema-list.ts'
import { schemaRemove } from './commands/schema-remove.ts'
import { selftest } from './commands/selftest.ts'
import { serviceUserCreate } from './commands/service-user-create.ts'
import { serviceUserExpire } from './commands/service-user-expire.ts'
import { serviceUserList } from './commands/service-user-list.ts'
import { status } from './commands/status.ts'
import { teamCreate } from './commands/team-create.ts'

export const commands: Record<string, Command> = {
  'team create': teamCreate,
  'member create': memberCreate,
  'member list': memberList,
  'member recover': memberRecover,
  'member reset-password': memberResetPassword,
  'client create': clientCreate,
  'client list': clientList,
  'client rotate-secret': clientRotateSecret,
  'service-user create': serviceUserCreate,
  'service-user list': serviceUserList,
  'service-user expire': serviceUserExpire,
  'schema add': schemaAdd,
  'schema list': schemaList,
  'schema remove': schemaRemove,
  selftest,
  status,
}
