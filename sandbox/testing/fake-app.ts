import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** One request as it came over the wire: headers with their own case and order. */
export type Received = { method: string; path: string; rawHeaders: [string, string][]; body: unknown }

type Answer = {
  status: number
  headers?: Record<string, string>
  body?: unknown
  text?: string
  delay?: number
}

type Resource = Record<string, unknown> & { id: string }

const LIST = 'urn:ietf:params:scim:api:messages:2.0:ListResponse'
const ERROR = 'urn:ietf:params:scim:api:messages:2.0:Error'

/**
 * A SCIM server and token endpoint over real HTTP, just complete enough for the client under test, which
 * keeps what it received. `answers` holds replies to give instead of its own, first come first served.
 */
export class FakeApp {
  readonly received: Received[] = []
  readonly tokenRequests: { headers: Record<string, unknown>; form: Record<string, string> }[] = []
  readonly answers: ((request: Received) => Answer | undefined)[] = []
  readonly users = new Map<string, Resource>()
  readonly groups = new Map<string, Resource>()
  acceptedToken = 'access-1'
  expiresIn: number | undefined = 3600
  refuseRefresh = false
  #issued = 1
  #ids = 0
  #server: Server = createServer((request, response) => void this.#serve(request, response))

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  get baseUrl(): string {
    return `${this.origin}/scim/v2`
  }

  /** `METHOD path` of everything received since the last call, with the query decoded for reading. */
  takeLines(): string[] {
    return this.received.splice(0).map(({ method, path }) => `${method} ${decodeURIComponent(path)}`)
  }

  addUser(resource: Record<string, unknown>): Resource {
    return this.#create(this.users, 'u', resource)
  }

  addGroup(resource: Record<string, unknown>): Resource {
    return this.#create(this.groups, 'g', resource)
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const text = Buffer.concat(chunks).toString('utf8')
    const url = request.url ?? ''
    const answer = url.startsWith('/token') ? this.#token(request, text) : this.#scim(request, url, text)
    if (answer.delay !== undefined) await new Promise((resolve) => setTimeout(resolve, answer.delay))
    const body = answer.text ?? (answer.body === undefined ? '' : JSON.stringify(answer.body))
    response.writeHead(answer.status, { 'Content-Type': 'application/scim+json', ...answer.headers })
    response.end(body)
  }

  #token(request: IncomingMessage, text: string): Answer {
    const form = Object.fromEntries(new URLSearchParams(text))
    this.tokenRequests.push({ headers: request.headers, form })
    if (form.grant_type === 'refresh_token' && this.refuseRefresh) {
      return { status: 400, body: { error: 'invalid_grant', error_description: 'It was revoked.' } }
    }
    this.acceptedToken = `access-${this.#issued++}`
    return {
      status: 200,
      body: {
        access_token: this.acceptedToken,
        token_type: 'Bearer',
        ...(this.expiresIn === undefined ? {} : { expires_in: this.expiresIn }),
        refresh_token: `refresh-${this.#issued}`,
      },
    }
  }

  #scim(request: IncomingMessage, url: string, text: string): Answer {
    const rawHeaders: [string, string][] = []
    for (let i = 0; i < request.rawHeaders.length; i += 2) {
      rawHeaders.push([request.rawHeaders[i] ?? '', request.rawHeaders[i + 1] ?? ''])
    }
    const body: unknown = text === '' ? undefined : JSON.parse(text)
    const received = { method: request.method ?? '', path: url.replace('/scim/v2', ''), rawHeaders, body }
    this.received.push(received)
    const planned = this.answers[0]?.(received)
    if (planned !== undefined) {
      this.answers.shift()
      return planned
    }
    if (request.headers.authorization !== `Bearer ${this.acceptedToken}`) return failure(401, 'Unknown token')
    return this.#resource(received)
  }

  #resource({ method, path, body }: Received): Answer {
    const url = new URL(path, 'http://fake')
    const [, collection, id] = url.pathname.split('/')
    const store = collection === 'Users' ? this.users : this.groups
    if (method === 'POST') {
      const input = body as Record<string, unknown>
      const key = collection === 'Users' ? 'userName' : 'displayName'
      if ([...store.values()].some((resource) => resource[key] === input[key])) return failure(409, 'Taken')
      return { status: 201, body: this.#create(store, collection === 'Users' ? 'u' : 'g', input) }
    }
    if (id === undefined) return list(store, url)
    const resource = store.get(id)
    if (resource === undefined) return failure(404, 'Not here')
    if (method === 'GET') return { status: 200, body: resource }
    if (method === 'DELETE') {
      store.delete(id)
      return { status: 204 }
    }
    if (method === 'PUT') {
      store.set(id, { ...(body as object), id })
      return { status: 200, body: store.get(id) }
    }
    applyPatch(resource, body as { Operations: Operation[] })
    return { status: 204 }
  }

  #create(store: Map<string, Resource>, prefix: string, input: Record<string, unknown>): Resource {
    const { password: _, ...kept } = input
    const resource = { ...kept, id: `${prefix}${++this.#ids}` }
    store.set(resource.id, resource)
    return resource
  }
}

type Operation = { op: string; path?: string; value?: unknown }

function applyPatch(resource: Resource, { Operations }: { Operations: Operation[] }): void {
  for (const { op, path, value } of Operations) {
    const members = (resource.members ?? []) as { value: string }[]
    if (path === undefined) Object.assign(resource, value)
    else if (op === 'replace') resource[path] = value
    else if (op === 'add') resource.members = [...members, ...(value as { value: string }[])]
    else resource.members = members.filter((member) => path !== `members[value eq "${member.value}"]`)
  }
}

function list(store: Map<string, Resource>, url: URL): Answer {
  const [, attribute = '', value = ''] = /^(\w+) eq "(.*)"$/.exec(url.searchParams.get('filter') ?? '') ?? []
  const found = [...store.values()].filter(
    (r) => attribute === '' || String(r[attribute]).toLowerCase() === value.toLowerCase(),
  )
  const start = Number(url.searchParams.get('startIndex') ?? 1)
  const rows = found.slice(start - 1, start - 1 + Number(url.searchParams.get('count') ?? 100))
  const counts = { totalResults: found.length, startIndex: start, itemsPerPage: rows.length }
  return { status: 200, body: { schemas: [LIST], ...counts, Resources: rows } }
}

function failure(status: number, detail: string): Answer {
  return { status, body: { schemas: [ERROR], detail, status: String(status) } }
}
