import { Pool } from 'undici'

/** A signed-in browser without a screen: its cookie, and pages fetched whole. */
export class Browser {
  readonly #pool: Pool
  readonly #cookie: string
  readonly origin: string

  private constructor(origin: string, cookie: string, connections: number) {
    this.origin = origin
    this.#cookie = cookie
    this.#pool = new Pool(origin, { connections, headersTimeout: 60_000, bodyTimeout: 0 })
  }

  static async signIn(origin: string, email: string, password: string, connections = 16): Promise<Browser> {
    const answer = await fetch(`${origin}/sign-in/submit`, {
      method: 'POST',
      redirect: 'manual',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        origin,
        'sec-fetch-site': 'same-origin',
      },
      body: new URLSearchParams({ email, password, next: '/' }),
    })
    const cookie = answer.headers
      .getSetCookie()
      .map((line) => line.split(';', 1)[0])
      .join('; ')
    if (!cookie.includes('muster.session')) throw new Error(`no session: ${answer.headers.get('location')}`)
    return new Browser(origin, cookie, connections)
  }

  /** A page's whole text. Throws unless it is answered with 200. */
  async page(path: string, headers: Record<string, string> = {}): Promise<string> {
    const { statusCode, body } = await this.#pool.request({
      method: 'GET',
      path,
      headers: { cookie: this.#cookie, accept: 'text/html', ...headers },
    })
    const text = await body.text()
    if (statusCode !== 200) throw new Error(`${path} gave ${statusCode}`)
    return text
  }

  /** What a tab asks for when it refreshes: the page's server components. Without `_rsc` it would be led there. */
  refresh(path: string): Promise<string> {
    return this.page(`${path}?_rsc`, { rsc: '1', accept: '*/*' })
  }

  /** Opens a team's events; `heard` is called for each. Returns how to close them. */
  async events(slug: string, heard: (data: string) => void): Promise<() => void> {
    const { statusCode, body } = await this.#pool.request({
      method: 'GET',
      path: `/${slug}/events`,
      headers: { cookie: this.#cookie, accept: 'text/event-stream' },
    })
    if (statusCode !== 200) throw new Error(`the events gave ${statusCode}`)
    let connected: () => void
    const open = new Promise<void>((resolve) => {
      connected = resolve
    })
    body.on('data', (chunk: Buffer) => {
      connected()
      for (const line of chunk.toString().split('\n')) if (line.startsWith('data: ')) heard(line.slice(6))
    })
    body.on('error', () => {})
    await open
    return () => body.destroy()
  }

  /** Its cookies, for a browser with a screen. */
  cookies(): { name: string; value: string; url: string }[] {
    return this.#cookie.split('; ').map((pair) => {
      const at = pair.indexOf('=')
      return { name: pair.slice(0, at), value: pair.slice(at + 1), url: this.origin }
    })
  }

  close(): Promise<void> {
    return this.#pool.destroy()
  }
}
