export type Outline = { title: string; columns?: readonly string[] }

/** What a page looks like before it is there: its title and, for a table, its columns. */
const TABLES: Record<string, Outline> = {
  connections: {
    title: 'Connections',
    columns: ['Name', 'Status', 'Users', 'Groups', 'Errors (24 h)', 'Last push'],
  },
  users: { title: 'Users', columns: ['Name', 'Status', 'Groups', 'Roles', 'Managed in', 'Last change'] },
  groups: { title: 'Groups', columns: ['Name', 'Members', 'Roles', 'Push status', 'Last push'] },
  roles: { title: 'Roles', columns: ['Role', 'Granted to groups', 'People'] },
  activity: { title: 'Activity', columns: ['Time (UTC)', 'What happened', 'Status', 'Took'] },
}

/** By a path within a team: `/acme/users` is a table, `/acme/users/{id}` one thing. */
export function outlineOf(path: string): Outline {
  const [, , room = '', within] = path.split('/')
  const table = Object.hasOwn(TABLES, room) ? TABLES[room] : undefined
  return table && !within ? table : { title: table?.title ?? 'Loading…' }
}
