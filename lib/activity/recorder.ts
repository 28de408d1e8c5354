import { beginningOf, bytesOf, type LongText } from '#lib/platform/long-text'
import { type Change, type ExchangeDraft, KEPT_CHARACTERS } from './exchange.ts'
import { exchangeValues, insertExchange } from './exchange-sql.ts'
import { type EventActor, eventValues, insertEvent } from './record-event.ts'

/** What a write did, in words and in data. `responseBody` is the answer that a SCIM client will get. */
export type Deed = {
  action: string
  summary: string
  resource: { type: 'User' | 'Group' | 'Role'; id: string; name: string }
  changes?: Change[] | null
  notes?: readonly { path: string; message: string }[]
  status?: number
  responseBody?: LongText | null
}

/** SQL expressions that know better than the caller what the statement did. */
export type DeedOverrides = { summary?: string; changes?: string; resource_name?: string }

/**
 * How a write of the directory is recorded, in its own statement: as the exchange of a SCIM request, or as an event when
 * a person made the change by hand. `kind` distinguishes the prepared statements that the two lead to.
 */
export type Recorder = {
  readonly kind: 'exchange' | 'event'
  readonly exchangeId: string | null
  /** The INSERT, its parameters from `$first`; nothing is inserted when `from` yields no row. */
  insert(first: number, from: string, overrides?: DeedOverrides): string
  values(deed: Deed): unknown[]
  /** The transaction committed. */
  done(): void
}

/** A statement that holds its record's insert: its text is made once for each kind of recorder. */
export function perRecorder(build: (recorder: Recorder) => string): (recorder: Recorder) => string {
  const made = new Map<Recorder['kind'], string>()
  return (recorder) => {
    const text = made.get(recorder.kind) ?? build(recorder)
    made.set(recorder.kind, text)
    return text
  }
}

export function exchangeRecorder(draft: ExchangeDraft): Recorder {
  return {
    kind: 'exchange',
    exchangeId: draft.id,
    insert: (first, from, overrides = {}) => insertExchange(first, from, overrides),
    values: (deed) => {
      describeExchange(draft, deed)
      return exchangeValues(draft)
    },
    done: () => {
      draft.recorded = true
    },
  }
}

/** Fills in what an exchange did; for reads as well, which are written later. */
function describeExchange(draft: ExchangeDraft, deed: Deed): void {
  draft.action = deed.action
  draft.summary = deed.summary
  draft.resourceType = deed.resource.type
  draft.resourceId = deed.resource.id
  draft.resourceName = deed.resource.name
  draft.changes = deed.changes?.length ? deed.changes : null
  draft.notes = (deed.notes ?? []).map((note) => `${note.path}: ${note.message}`)
  draft.status = deed.status ?? 200
  draft.responseBody = deed.responseBody ? beginningOf(deed.responseBody, KEPT_CHARACTERS) : null
  draft.responseBytes = deed.responseBody ? bytesOf(deed.responseBody) : 0
}

export function eventRecorder(teamId: string, actor: EventActor): Recorder {
  return {
    kind: 'event',
    exchangeId: null,
    insert: (first, from, overrides = {}) => insertEvent(first, from, overrides),
    values: (deed) =>
      eventValues({
        teamId,
        actor,
        action: deed.action,
        summary: deed.summary,
        resource: deed.resource,
        detail: deed.changes?.length ? { changes: deed.changes } : undefined,
      }),
    done: () => undefined,
  }
}
