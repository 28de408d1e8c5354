import { env } from '#lib/platform/env'
import { reasonOf } from './send-step.ts'

const TIMEOUT_MILLISECONDS = 5_000

export type Reached = {
  scimBaseUrl: string
  /** What the reader should know: the public address was not reachable from here. */
  note?: string
}

/**
 * Where this server's SCIM API is to be tested: at its public address, the way Okta comes, with the proxy before it. When
 * that cannot be reached from the server itself, at the port it listens on, with a note. Throws when neither answers.
 */
export async function reachServer(): Promise<Reached> {
  const { PUBLIC_URL, HOST, PORT } = env()
  const atPublicUrl = `${PUBLIC_URL}/scim/v2`
  const problem = await problemAt(atPublicUrl)
  if (!problem) return { scimBaseUrl: atPublicUrl }
  const host = HOST === '0.0.0.0' || HOST === '::' ? '127.0.0.1' : HOST.includes(':') ? `[${HOST}]` : HOST
  const atPort = `http://${host}:${PORT}/scim/v2`
  if (atPort !== atPublicUrl && !(await problemAt(atPort)))
    return {
      scimBaseUrl: atPort,
      note: `From this server, PUBLIC_URL (${PUBLIC_URL}) is not reachable: ${problem} The test ran against ${atPort} instead. Make sure that Okta reaches PUBLIC_URL.`,
    }
  throw new Error(`${atPublicUrl} is not reachable: ${problem}`)
}

/** Muster answers a SCIM request without a token with a SCIM error; anything else is somebody else's answer. */
async function problemAt(scimBaseUrl: string): Promise<string | undefined> {
  try {
    const response = await fetch(`${scimBaseUrl}/ServiceProviderConfig`, {
      headers: { accept: 'application/scim+json' },
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
    })
    await response.body?.cancel()
    const type = response.headers.get('content-type') ?? 'no content type'
    return type.startsWith('application/scim+json')
      ? undefined
      : `it answers ${response.status} with ${type}, which is not Muster.`
  } catch (error) {
    return `${reasonOf(error)}.`
  }
}
