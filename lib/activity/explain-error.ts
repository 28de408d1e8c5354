/**
 * What a refused request says of itself: its HTTP status, SCIM's `scimType` (or `token …`), what it was about, and where
 * known its method and the detail that its client was told.
 */
export type Refused = {
  status: number
  errorType: string | undefined
  resourceType: string | undefined
  method?: string
  detail?: string
}

/** What an error means, where that is laid down, and what whoever runs Okta does about it. */
export type Explanation = { meaning: string; rfc: string; remedy: string }

/** How a refusal says that a group's name is `everyone` or `owners`. */
export const OWN_GROUP = 'is the name of Muster’s own group'

const MAPPING = 'Correct the attribute’s mapping in Okta (Provisioning → To App), then push again.'

/** RFC 7644 §3.12, Table 9. */
const SCIM_TYPES: Record<string, { meaning: string; remedy?: string }> = {
  invalidFilter: { meaning: 'The filter is not of the grammar, or compares what cannot be compared.' },
  tooMany: {
    meaning: 'The answer would have cost more than the server allows.',
    remedy: 'Ask for less at once: a narrower filter, or a smaller count.',
  },
  uniqueness: { meaning: 'A value that must be unique is in use already.' },
  mutability: { meaning: 'The attribute cannot be changed in this way.', remedy: MAPPING },
  invalidSyntax: { meaning: 'The body does not have the form that the request needs.' },
  invalidPath: { meaning: 'The path of a PATCH operation names nothing that exists.', remedy: MAPPING },
  noTarget: { meaning: 'The path of a PATCH operation selected nothing.', remedy: MAPPING },
  invalidValue: {
    meaning: 'A required value is missing, or a value does not fit its attribute.',
    remedy: MAPPING,
  },
  invalidVers: { meaning: 'The SCIM version, or an entity tag, is not one that is supported.' },
  invalidCursor: {
    meaning: 'The cursor is damaged, or belongs to another query.',
    remedy: 'Start again without a cursor.',
  },
  expiredCursor: { meaning: 'The cursor is too old.', remedy: 'Start again without a cursor.' },
  invalidCount: {
    meaning: 'The page size is not one that is supported.',
    remedy: 'Ask for fewer at once.',
  },
  sensitive: { meaning: 'The request carried something sensitive in its address, where it must not.' },
}

const TOKEN_REQUEST = {
  meaning: 'The token request does not have a form that Muster takes.',
  remedy: 'Open the request to see what was sent, and correct it in the client that sent it.',
}

/** RFC 6749 §5.2: what the token endpoint says. */
const OAUTH_TYPES: Record<string, { meaning: string; remedy: string }> = {
  invalid_grant: {
    meaning: 'The refresh token or the code has ended, or belongs to another client.',
    remedy: 'Authenticate again in Okta (Provisioning → Integration).',
  },
  invalid_client: {
    meaning: 'The client’s id or secret is not right.',
    remedy:
      'Copy id and secret to Okta again, or replace the secret under Connections → Clients; then authenticate again.',
  },
  invalid_request: TOKEN_REQUEST,
  invalid_scope: TOKEN_REQUEST,
  unauthorized_client: TOKEN_REQUEST,
  unsupported_grant_type: TOKEN_REQUEST,
}

/** Types that paging by cursor adds. */
const PAGING = new Set(['invalidCursor', 'expiredCursor', 'invalidCount'])

const LOOK = 'Open the request to see what was sent, correct it in Okta, then push again.'

const STATUSES: Record<number, Explanation> = {
  400: { meaning: 'The request could not be understood.', rfc: 'RFC 7644 §3.12', remedy: LOOK },
  401: {
    meaning: 'The bearer token is missing, unknown, expired or revoked.',
    rfc: 'RFC 6750 §3.1',
    remedy: 'Authenticate again in Okta (Provisioning → Integration), or give it a new token.',
  },
  403: { meaning: 'The token does not permit this.', rfc: 'RFC 7644 §3.12', remedy: LOOK },
  404: {
    meaning: 'Muster does not have what the request names; it may have been removed here.',
    rfc: 'RFC 7644 §3.12',
    remedy: 'Unassign the person, or unlink the group, in Okta; then assign or push again.',
  },
  405: { meaning: 'The method does not exist at this address.', rfc: 'RFC 9110 §15.5.6', remedy: LOOK },
  409: {
    meaning: 'It is in conflict with what Muster has.',
    rfc: 'RFC 7644 §3.12',
    remedy: LOOK,
  },
  412: {
    meaning: 'The resource has changed since the client read it.',
    rfc: 'RFC 7644 §3.14',
    remedy: 'Push again: Okta reads the newest version first.',
  },
  413: {
    meaning: 'The body is longer than Muster takes.',
    rfc: 'RFC 7644 §3.12',
    remedy: 'Send the change in several smaller requests.',
  },
  415: { meaning: 'The body’s media type is not JSON.', rfc: 'RFC 9110 §15.5.16', remedy: LOOK },
  429: {
    meaning: 'More requests came than this connection may send.',
    rfc: 'RFC 6585 §4',
    remedy: 'Nothing to do: Okta waits and tries again by itself.',
  },
}

const FAILED: Explanation = {
  meaning: 'Muster failed; nothing was changed.',
  rfc: 'RFC 9110 §15.6',
  remedy: 'Push again. If it stays, Muster’s operator finds the cause in the log under the request id.',
}

/** A read has no mapping to correct, and nothing to push again. */
const LOOK_AT_READ = 'Open the request to see what was asked for, and correct it in the client that asked.'

/** By status and type of resource: what is to do with a person is not what is to do with a group. */
const REMEDIES: Record<string, string> = {
  '404 User': 'Unassign the person in Okta, then assign them again.',
  '404 Group': 'Unlink the group in Okta (Push Groups → Unlink pushed group), then push it again.',
  '404 Role': 'Import the roles in Okta again (Governance → Entitlements), then assign one of those.',
  '409 User':
    'Retry the assignment in Okta: it finds the person who is there by userName and takes them over.',
  '409 Group':
    'Rename the group in Okta, or choose Link Group for the one that is there; then push it again.',
}

const OWN_GROUP_REMEDY =
  'Muster’s own groups cannot be linked: give the group another name in Okta, or unlink it there.'

/** Nothing of SCIM is at the address, so that nobody has to be unassigned or unlinked. */
const NO_SUCH_ADDRESS =
  'Compare the address with the SCIM connector base URL in Okta (Provisioning → Integration).'

/** In a line each: what the error means, the section that defines it, and what to do. */
export function explainError(refused: Refused): Explanation {
  const { status, errorType } = refused
  if (errorType && Object.hasOwn(OAUTH_TYPES, errorType))
    return { ...(OAUTH_TYPES[errorType] as typeof TOKEN_REQUEST), rfc: 'RFC 6749 §5.2' }
  const byStatus = status >= 500 ? FAILED : (STATUSES[status] ?? (STATUSES[400] as Explanation))
  const byType = errorType && Object.hasOwn(SCIM_TYPES, errorType) ? SCIM_TYPES[errorType] : undefined
  return {
    meaning: byType?.meaning ?? byStatus.meaning,
    rfc: byType ? (PAGING.has(errorType ?? '') ? 'RFC 9865 §2.1' : 'RFC 7644 §3.12') : byStatus.rfc,
    remedy: ownRemedy(refused) ?? byType?.remedy ?? byStatus.remedy,
  }
}

/** What is to do in a case that its status and `scimType` alone do not tell. */
function ownRemedy({ status, errorType, resourceType, method, detail }: Refused): string | undefined {
  if (status === 409 && detail?.includes(OWN_GROUP)) return OWN_GROUP_REMEDY
  if (status === 404 && resourceType === undefined) return NO_SUCH_ADDRESS
  const read = method === 'GET' || method === 'HEAD'
  if (read && status === 400 && !PAGING.has(errorType ?? '') && errorType !== 'tooMany') return LOOK_AT_READ
  return REMEDIES[`${status} ${resourceType}`]
}
