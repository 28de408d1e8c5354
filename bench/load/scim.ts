import { Pool } from 'undici'

export type Reply = {
  status: number
  text: string
  // biome-ignore lint/suspicious/noExplicitAny: what a SCIM server answers is checked by the work that asked
  json: any
}

/** Sends what Okta would: its headers, one keep-alive connection for each of its workers. */
export class Scim {
  readonly #pool: Pool
  readonly #path: string
  readonly #headers: Record<string, string>

  constructor(baseUrl: string, token: string, connections: number) {
    const { origin, pathname } = new URL(baseUrl)
    const patience = { headersTimeout: 120_000, bodyTimeout: 120_000 }
    this.#pool = new Pool(origin, { connections, pipelining: 1, keepAliveTimeout: 60_000, ...patience })
    this.#path = pathname
    this.#headers = {
      authorization: `Bearer ${token}`,
      accept: 'application/scim+json, application/json',
      'content-type': 'application/scim+json; charset=utf-8',
      'user-agent': 'Okta SCIM Client 1.0.0',
    }
  }

  async call(method: string, path: string, body?: unknown, headers = {}): Promise<Reply> {
    const { statusCode, body: answer } = await this.#pool.request({
      method: method as 'GET',
      path: this.#path + path,
      headers: { ...this.#headers, ...headers },
      body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
    })
    const text = await answer.text()
    return { status: statusCode, text, json: text.startsWith('{') ? JSON.parse(text) : undefined }
  }

  /** The same, and an error unless the status is one of `expected`. */
  async must(expected: number[], method: string, path: string, body?: unknown): Promise<Reply> {
    const reply = await this.call(method, path, body)
    if (!expected.includes(reply.status))
      throw new Error(`${method} gave ${reply.status}: ${reply.text.slice(0, 200)}`)
    return reply
  }

  close(): Promise<void> {
    return this.#pool.close()
  }
}
