import type pg from 'pg'
import { singleton } from '#lib/platform/singleton'
import { pool, prepared } from './pool.ts'

/** The types that columns of a RowType may have, with PostgreSQL's numbers for them (pg_type.dat). */
const OIDS = { bool: 16, int4: 23, text: 25, 'text[]': 1009, timestamptz: 1184, uuid: 2950, jsonb: 3802 }
export type ColumnType = keyof typeof OIDS

/**
 * A composite type of the database, by which one parameter carries many rows in PostgreSQL's binary form (array_recv,
 * record_recv). As JSON each row's names were met and copied one by one, and long texts escaped here and unescaped there:
 * writing the record of a request took PostgreSQL a third longer.
 */
export class RowType {
  readonly #name: string
  readonly #types: readonly ColumnType[]

  /** @param columns  those of the type, all of them and in its order */
  constructor(name: string, columns: readonly (readonly [name: string, type: ColumnType])[]) {
    this.#name = name
    this.#types = columns.map(([, type]) => type)
  }

  /** SQL, for a FROM clause: the rows in a parameter, as `alias`. Sub-select: how many they are is no reason to plan anew. */
  from(parameter: string, alias: string): string {
    return `unnest((SELECT ${parameter}::${this.#name}[])) AS ${alias}`
  }

  /**
   * The value of that parameter.
   * @param rows  of each the values of its columns: timestamps as ISO text or Date, jsonb as JSON text. Throws RangeError
   *   for a value that its column cannot hold.
   */
  async parameter(rows: readonly (readonly unknown[])[]): Promise<Buffer> {
    const oid = await oidOf(this.#name)
    const bytes = new Bytes(rows.length * 4096)
    bytes.arrayHead(oid, rows.length)
    for (const row of rows) {
      bytes.measured(() => {
        bytes.int(this.#types.length)
        for (const [i, type] of this.#types.entries()) {
          bytes.int(OIDS[type])
          bytes.value(type, row[i] ?? null)
        }
      })
    }
    return bytes.done()
  }
}

const EPOCH_MS = Date.UTC(2000, 0, 1)
const NULL = -1

/** Values in PostgreSQL's binary form, each behind its length. */
class Bytes {
  #bytes: Buffer
  #at = 0

  constructor(size: number) {
    this.#bytes = Buffer.allocUnsafe(Math.max(size, 64))
  }

  done(): Buffer {
    return this.#bytes.subarray(0, this.#at)
  }

  int(value: number): void {
    this.#room(4)
    this.#at = this.#bytes.writeInt32BE(value, this.#at)
  }

  /** What `write` writes, behind its length. */
  measured(write: () => void): void {
    const start = this.#at
    this.int(0)
    write()
    this.#bytes.writeInt32BE(this.#at - start - 4, start)
  }

  arrayHead(elementType: number, length: number): void {
    this.int(length > 0 ? 1 : 0)
    this.int(0)
    this.int(elementType)
    if (length === 0) return
    this.int(length)
    this.int(1)
  }

  value(type: ColumnType, value: unknown): void {
    if (value === null) this.int(NULL)
    else if (type === 'text') this.#text(String(value))
    else if (type === 'jsonb') this.#text(String(value), 1)
    else if (type === 'uuid') this.#uuid(String(value))
    else if (type === 'int4') this.#number(Number(value))
    else if (type === 'bool') this.#bool(value === true)
    else if (type === 'timestamptz') this.#time(value instanceof Date ? value : new Date(String(value)))
    else this.#texts(value as readonly string[])
  }

  /** @param version  a byte before the text: jsonb has one */
  #text(text: string, version?: number): void {
    const before = version === undefined ? 0 : 1
    // A UTF-16 unit is three bytes at most.
    this.#room(4 + before + text.length * 3)
    const start = this.#at + 4 + before
    const length = this.#bytes.write(text, start)
    this.#bytes.writeInt32BE(length + before, this.#at)
    if (version !== undefined) this.#bytes.writeUInt8(version, this.#at + 4)
    this.#at = start + length
  }

  #uuid(text: string): void {
    this.int(16)
    this.#room(16)
    const digits = text.replaceAll('-', '')
    if (digits.length !== 32 || this.#bytes.write(digits, this.#at, 16, 'hex') !== 16)
      throw new RangeError(`not a uuid: ${text.slice(0, 40)}`)
    this.#at += 16
  }

  #number(value: number): void {
    if (!Number.isInteger(value)) throw new RangeError(`not a whole number: ${value}`)
    this.int(4)
    this.int(value)
  }

  #bool(value: boolean): void {
    this.int(1)
    this.#room(1)
    this.#at = this.#bytes.writeUInt8(value ? 1 : 0, this.#at)
  }

  /** Microseconds since 2000. */
  #time(value: Date): void {
    const ms = value.getTime()
    if (Number.isNaN(ms)) throw new RangeError('not a time')
    this.int(8)
    this.#room(8)
    this.#at = this.#bytes.writeBigInt64BE(BigInt(ms - EPOCH_MS) * 1000n, this.#at)
  }

  #texts(texts: readonly string[]): void {
    this.measured(() => {
      this.arrayHead(OIDS.text, texts.length)
      for (const text of texts) this.#text(text)
    })
  }

  #room(bytes: number): void {
    if (this.#at + bytes <= this.#bytes.length) return
    const larger = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#at + bytes))
    this.#bytes.copy(larger, 0, 0, this.#at)
    this.#bytes = larger
  }
}

/** The number that this database gave to a type; asked for again when a connection is new, as its database may be. */
function oidOf(name: string): Promise<number> {
  const known = numbers()
  const asked = known.get(name) ?? ask(name)
  known.set(name, asked)
  asked.catch(() => known.delete(name))
  return asked
}

async function ask(name: string): Promise<number> {
  const { rows } = await prepared<{ oid: number }>(pool(), 'type-oid', 'SELECT $1::regtype::oid AS oid', [
    name,
  ])
  return (rows[0] as { oid: number }).oid
}

function numbers(): Map<string, Promise<number>> {
  const ofPools = singleton('row-types', () => new WeakMap<pg.Pool, Map<string, Promise<number>>>())
  const current = pool()
  const known = ofPools.get(current)
  if (known) return known
  const made = new Map<string, Promise<number>>()
  current.on('connect', () => made.clear())
  ofPools.set(current, made)
  return made
}
