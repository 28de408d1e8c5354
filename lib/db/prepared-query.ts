import pg from 'pg'

type Columns = { fields: pg.FieldDef[] }
/** What pg's own query has and does, which its published types leave out. */
type Connection = {
  bind(message: object): void
  execute(message: object): void
  sync(): void
}
type PgQuery = pg.Submittable & {
  name: string
  values: unknown[]
  hasBeenParsed(connection: Connection): boolean
  prepare(connection: Connection): void
  handleRowDescription(columns: Columns): void
  handleError(error: unknown, connection: Connection): void
}
const PgQuery = pg.Query as unknown as new (config: pg.QueryConfig) => PgQuery
const { prepareValue } = (pg as unknown as { utils: { prepareValue: (value: unknown) => unknown } }).utils

/** By statement: its name stands for one text, and PostgreSQL refuses to run it once its columns have changed. */
const columnsOf = new Map<string, Columns>()

/**
 * pg's query of a prepared statement, less one question: at each execution it asks for the columns, which are those of
 * the first. The message there, the one back and what is made of it are a seventh of what a short statement costs this process.
 */
export class PreparedQuery extends PgQuery {
  override handleRowDescription(columns: Columns): void {
    columnsOf.set(this.name, columns)
    super.handleRowDescription(columns)
  }

  override prepare(connection: Connection): void {
    const columns = columnsOf.get(this.name)
    if (!columns || !this.hasBeenParsed(connection)) {
      super.prepare(connection)
      return
    }
    super.handleRowDescription(columns)
    try {
      connection.bind({ statement: this.name, values: this.values, valueMapper: prepareValue })
    } catch (cause) {
      // A value that cannot be sent fails this execution alone; pg itself would close the statement, and miss it later.
      connection.sync()
      this.handleError(cause, connection)
      return
    }
    connection.execute({})
    connection.sync()
  }
}
