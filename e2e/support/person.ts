import { readFileSync } from 'node:fs'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '../..')

type Action = { filename: string; exportedName: string; workers: Record<string, unknown> }

/** How a browser calls a server action: by its id, on a page that has it (`/[team]/users/[id]`). */
export type ServerAction = { id: string; page: string }

/** The server actions of the build, by `file#name`. */
export function serverActions(): Map<string, ServerAction> {
  const manifest = JSON.parse(
    readFileSync(path.join(root, '.next/server/server-reference-manifest.json'), 'utf8'),
  ) as { node: Record<string, Action> }
  return new Map(
    Object.entries(manifest.node).map(([id, { filename, exportedName, workers }]) => [
      `${filename}#${exportedName}`,
      { id, page: addressOf(Object.keys(workers).sort()[0] ?? '') },
    ]),
  )
}

/** A page's or route's address, as Next makes it from its place: `app/(auth)/account/page` is `/account`. */
export function addressOf(file: string): string {
  const parts = path
    .dirname(file)
    .split('/')
    .slice(1)
    .filter((part) => !/^\(.*\)$/.test(part))
  return `/${parts.join('/')}`
}

/** Somebody at a browser, without the browser: keeps cookies, follows no redirect. Signed out until `signIn`. */
export class Person {
  readonly #url: string
  readonly cookies = new Map<string, string>()

  constructor(url: string) {
    this.#url = url
  }

  async send(path: string, init: RequestInit = {}): Promise<Response> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { ...(init.headers as Record<string, string>), ...(cookie ? { cookie } : {}) }
    const response = await fetch(this.#url + path, { redirect: 'manual', ...init, headers })
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      const equals = pair.indexOf('=')
      if (/max-age=0/i.test(line)) this.cookies.delete(pair.slice(0, equals))
      else this.cookies.set(pair.slice(0, equals), pair.slice(equals + 1))
    }
    return response
  }

  /** Sends a form as our own pages do. */
  submit(path: string, fields: Record<string, string>, headers: Record<string, string> = {}) {
    return this.send(path, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'sec-fetch-site': 'same-origin',
        origin: this.#url,
        ...headers,
      },
      body: new URLSearchParams(fields).toString(),
    })
  }

  signIn(email: string, password: string): Promise<Response> {
    return this.submit('/sign-in/submit', { email, password, next: '/' })
  }

  /**
   * Calls a server action with any arguments, as React does from a page but without one: what an attacker would do.
   * A `Fields` among them travels as the form that it stands for.
   */
  act(page: string, actionId: string, args: unknown[]): Promise<Response> {
    const body = new FormData()
    const root = args.map((arg, at) => {
      if (!(arg instanceof Fields)) return arg
      for (const [name, value] of Object.entries(arg.values)) body.append(`_${at + 1}_${name}`, value)
      return `$K${at + 1}`
    })
    body.append('0', JSON.stringify(root))
    return this.send(page, {
      method: 'POST',
      headers: { 'next-action': actionId, accept: 'text/x-component', origin: this.#url },
      body,
    })
  }
}

/** A form's fields, as the argument of a server action. */
export class Fields {
  readonly values: Record<string, string>
  constructor(values: Record<string, string>) {
    this.values = values
  }
}

/** Where an answer leads: a redirect's address, or that of a server action; undefined when it stays. */
export function leadsTo(response: Response): string | undefined {
  const action = response.headers.get('x-action-redirect')?.replace(/;(?:push|replace)$/, '')
  return action ?? response.headers.get('location') ?? undefined
}
