/** One row of the activity log: a request with its answer, or something a person (or Muster) did. */
export type ActivityRow = {
  id: string
  kind: 'exchange' | 'event'
  at: string
  actor: { kind: 'serviceUser' | 'member' | 'operator' | 'muster' | 'nobody'; name: string }
  summary: string
  action: string
  request: { method: string; path: string; status: number; durationMs: number } | undefined
  errorDetail: string | undefined
  resource: { type: string; id: string | undefined; name: string | undefined } | undefined
  connectionId: string | undefined
}

/** As the statements of activity-sql.ts give it. */
export type Row = {
  id: string
  kind: 'exchange' | 'event'
  at: Date
  actor_kind: ActivityRow['actor']['kind']
  actor_name: string | null
  summary: string
  action: string
  method: string | null
  path: string | null
  status: number | null
  duration_us: number | null
  error_detail: string | null
  resource_type: string | null
  resource_id: string | null
  resource_name: string | null
  connection_id: string | null
}

export function activityRow(row: Row): ActivityRow {
  return {
    id: row.id,
    kind: row.kind,
    at: row.at.toISOString(),
    actor: {
      kind: row.actor_kind,
      name: row.actor_name ?? (row.actor_kind === 'nobody' ? 'not signed in' : 'removed'),
    },
    summary: row.summary,
    action: row.action,
    request:
      row.method === null
        ? undefined
        : {
            method: row.method,
            path: row.path ?? '',
            status: row.status ?? 0,
            durationMs: (row.duration_us ?? 0) / 1000,
          },
    errorDetail: row.error_detail ?? undefined,
    resource: row.resource_type
      ? { type: row.resource_type, id: row.resource_id ?? undefined, name: row.resource_name ?? undefined }
      : undefined,
    connectionId: row.connection_id ?? undefined,
  }
}
