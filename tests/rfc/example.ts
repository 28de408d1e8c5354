import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect } from 'vitest'

/**
 * An example of an RFC as data. `{{name}}` stands for what an earlier step kept, `{{base}}` for the SCIM base URL: the RFC's
 * ids are the server's to give.
 */
export type Example = { example: string; steps: Step[] }

export type Step = {
  /** Method and path below the base URL: `GET /Users/{{id}}`. */
  send: string
  headers?: Record<string, string>
  body?: unknown
  status: number
  /**
   * What the answer's JSON holds at least: an object may have more members, an array has exactly these elements. A string
   * that begins with ~ is a regular expression.
   */
  answer?: unknown
  /** Members that the answer does not have: `password`, `Resources.0.name`. */
  absent?: string[]
  answerHeaders?: Record<string, string>
  /** Name → path in the answer (`id`, `Resources.0.id`) or a header (`header etag`). */
  keep?: Record<string, string>
}

export function readExamples(folder: string): { file: string; examples: Example[] }[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((file) => ({
      file,
      examples: JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as Example[],
    }))
}

/** Sends one step over HTTP and holds the answer against it; `known` gathers what is kept. */
export async function runStep(
  step: Step,
  base: string,
  headers: Record<string, string>,
  known: Map<string, string>,
): Promise<void> {
  const filled = fill(step, known)
  const [method = '', target = ''] = split(filled.send)
  const response = await fetch(base + target, {
    method,
    headers: {
      ...headers,
      ...(filled.body === undefined ? {} : { 'content-type': 'application/scim+json' }),
      ...filled.headers,
    },
    body: filled.body === undefined ? undefined : JSON.stringify(filled.body),
  })
  const text = await response.text()
  expect(response.status, `${filled.send}\n${text}`).toBe(filled.status)
  const json: unknown = text ? JSON.parse(text) : undefined
  if (filled.answer !== undefined) expect(json, filled.send).toEqual(shaped(filled.answer))
  for (const where of filled.absent ?? [])
    expect(valueAt(json, where), `${filled.send}: ${where}`).toBeUndefined()
  for (const [name, value] of Object.entries(filled.answerHeaders ?? {}))
    expect(response.headers.get(name), `${filled.send}: ${name}`).toEqual(shaped(value))
  for (const [name, where] of Object.entries(filled.keep ?? {})) {
    const value = where.startsWith('header ') ? response.headers.get(where.slice(7)) : valueAt(json, where)
    expect(value, `${filled.send}: ${where}`).toEqual(expect.any(String))
    known.set(name, value as string)
  }
}

function split(send: string): [string, string] {
  const space = send.indexOf(' ')
  const target = send.slice(space + 1)
  const mark = target.indexOf('?')
  if (mark < 0) return [send.slice(0, space), target]
  // The RFC prints queries unescaped, for reading.
  const query = target
    .slice(mark + 1)
    .split('&')
    .map((pair) => {
      const equals = pair.indexOf('=')
      return equals < 0 ? pair : `${pair.slice(0, equals)}=${encodeURIComponent(pair.slice(equals + 1))}`
    })
  return [send.slice(0, space), `${target.slice(0, mark)}?${query.join('&')}`]
}

function fill<T>(value: T, known: ReadonlyMap<string, string>): T {
  return JSON.parse(
    JSON.stringify(value).replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => {
      const found = known.get(name)
      if (found === undefined) throw new Error(`nothing is kept as ${name}`)
      return JSON.stringify(found).slice(1, -1)
    }),
  ) as T
}

function shaped(expected: unknown): unknown {
  if (typeof expected === 'string' && expected.startsWith('~'))
    return expect.stringMatching(new RegExp(expected.slice(1), 's'))
  if (Array.isArray(expected)) return expected.map(shaped)
  if (typeof expected !== 'object' || expected === null) return expected
  return expect.objectContaining(
    Object.fromEntries(Object.entries(expected).map(([name, value]) => [name, shaped(value)])),
  )
}

function valueAt(json: unknown, where: string): unknown {
  let value = json
  for (const name of where.split('.')) value = (value as Record<string, unknown> | undefined)?.[name]
  return value
}
