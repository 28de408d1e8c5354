import { DEFAULT_COUNT, MAX_COUNT } from '../pagination.ts'
import { SERVICE_PROVIDER_CONFIG_SCHEMA } from './urns.ts'

export type ServerFacts = {
  /** Without a trailing slash. */
  readonly baseUrl: string
  readonly documentationUri?: string
  /** 0: bulk requests are not served. */
  readonly maxBulkOperations: number
  readonly maxBulkPayloadBytes: number
  readonly cursorLifetimeSeconds: number
  /** False: access tokens are issued through OAuth only, none can be pasted. */
  readonly staticTokens: boolean
}

const oauth = {
  type: 'oauth2',
  name: 'OAuth 2.0',
  description: 'Access tokens through the authorization code grant or client credentials',
  specUri: 'https://www.rfc-editor.org/info/rfc6749',
  primary: true,
}

const bearer = {
  type: 'oauthbearertoken',
  name: 'OAuth Bearer Token',
  description: 'A bearer token in the Authorization header',
  specUri: 'https://www.rfc-editor.org/info/rfc6750',
}

const basic = {
  type: 'httpbasic',
  name: 'HTTP Basic',
  description: 'The name of a service user, and its static token as the password',
  specUri: 'https://www.rfc-editor.org/info/rfc7617',
}

/** What the server does, for `/ServiceProviderConfig` (RFC 7643 §5, with `pagination` of RFC 9865 §4). */
export function serviceProviderConfig(facts: ServerFacts) {
  return {
    schemas: [SERVICE_PROVIDER_CONFIG_SCHEMA],
    ...(facts.documentationUri !== undefined && { documentationUri: facts.documentationUri }),
    patch: { supported: true },
    bulk: {
      supported: facts.maxBulkOperations > 0,
      maxOperations: facts.maxBulkOperations,
      maxPayloadSize: facts.maxBulkPayloadBytes,
    },
    filter: { supported: true, maxResults: MAX_COUNT },
    changePassword: { supported: false },
    sort: { supported: true },
    etag: { supported: true },
    pagination: {
      cursor: true,
      index: true,
      defaultPaginationMethod: 'index',
      defaultPageSize: DEFAULT_COUNT,
      maxPageSize: MAX_COUNT,
      cursorTimeout: facts.cursorLifetimeSeconds,
    },
    authenticationSchemes: facts.staticTokens ? [oauth, bearer, basic] : [oauth],
    meta: { resourceType: 'ServiceProviderConfig', location: `${facts.baseUrl}/ServiceProviderConfig` },
  }
}
