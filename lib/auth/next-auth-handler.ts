import nextAuthModule from 'next-auth'
import { formTooLong, readForm } from '#lib/http/read-form'
import { env } from '#lib/platform/env'
import { requestOrigin } from './client-of-request.ts'
import { readCookies, setCookieHeader } from './cookies.ts'
import { type AuthTurn, nextAuthOptions } from './next-auth-options.ts'

type Answer = { status: number; headers: Headers; body: string | undefined }
type PagesHandler = (request: unknown, response: unknown, options: unknown) => Promise<void>

/** CommonJS seen from a bundler is the function, from Node the module around it. */
const NextAuth = ((nextAuthModule as unknown as { default?: unknown }).default ??
  nextAuthModule) as unknown as PagesHandler

/** What of next-auth is reachable: nothing that only its browser client would use. */
const OPEN: Record<string, readonly string[]> = {
  GET: ['csrf', 'session', 'callback/oidc', 'error', 'signin', 'signout'],
  POST: ['callback/credentials', 'signin/oidc', 'signout', 'callback/oidc'],
}

/**
 * next-auth on a web-standard request. Its route handler reads Next's ambient request; this one takes the request it is
 * given, so that forms, pages and tests share it.
 */
export async function handleNextAuth(
  request: Request,
  turn: AuthTurn = newTurn(request),
  query: Record<string, string> = Object.fromEntries(new URL(request.url).searchParams),
): Promise<Response> {
  const path = new URL(request.url).pathname.replace(/^\/api\/auth\//, '')
  if (!OPEN[request.method]?.includes(path)) return new Response(null, { status: 404 })
  process.env.NEXTAUTH_URL = `${env().PUBLIC_URL}/api/auth`
  const body = request.method === 'POST' ? await readFields(request) : {}
  if (!body) return formTooLong()
  const answer: Answer = { status: 200, headers: new Headers(), body: undefined }
  await NextAuth(
    {
      method: request.method,
      headers: Object.fromEntries(request.headers),
      cookies: { ...turn.cookies },
      query: { ...query, nextauth: path.split('/') },
      body,
    },
    pagesResponse(answer),
    nextAuthOptions(turn),
  )
  for (const cookie of turn.setCookies) answer.headers.append('set-cookie', setCookieHeader(cookie))
  answer.headers.set('cache-control', 'no-store')
  const location = answer.headers.get('location')
  if (location) answer.headers.set('location', ownErrorPage(location))
  return new Response(answer.body ?? null, { status: answer.status, headers: answer.headers })
}

export function newTurn(request: Request, now: number = Date.now()): AuthTurn {
  return {
    cookies: readCookies(request.headers.get('cookie')),
    origin: requestOrigin(request.headers),
    now,
    setCookies: [],
  }
}

/** A form's fields, sent as JSON or not; undefined when it is too long. */
async function readFields(request: Request): Promise<Record<string, string> | undefined> {
  const text = await readForm(request)
  if (text === undefined || !request.headers.get('content-type')?.includes('json'))
    return text === undefined ? undefined : Object.fromEntries(new URLSearchParams(text))
  try {
    return JSON.parse(text) as Record<string, string>
  } catch {
    return {}
  }
}

/** next-auth sends failures to its own error route, which would redirect once more. */
function ownErrorPage(location: string): string {
  const at = location.indexOf('/api/auth/error?')
  if (at < 0) return location
  const error = new URLSearchParams(location.slice(at + '/api/auth/error?'.length)).get('error')
  return `/sign-in?error=${encodeURIComponent(error ?? 'Callback')}`
}

/** As much of a Pages API response as next-auth uses. */
function pagesResponse(answer: Answer) {
  const response = {
    status(code: number) {
      answer.status = code
      return response
    },
    setHeader(name: string, value: string | string[]) {
      answer.headers.delete(name)
      for (const each of [value].flat()) answer.headers.append(name, each)
      return response
    },
    getHeader(name: string) {
      return name.toLowerCase() === 'set-cookie' ? answer.headers.getSetCookie() : answer.headers.get(name)
    },
    json(value: unknown) {
      answer.headers.set('content-type', 'application/json')
      answer.body = JSON.stringify(value)
    },
    send(value: unknown) {
      if (value === undefined) return
      if (typeof value === 'string') answer.body = value
      else response.json(value)
    },
    end() {},
  }
  return response
}
