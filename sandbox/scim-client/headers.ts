/** Exactly the headers of Okta's SCIM client; `Content-Type` only when there is a body. */
export function scimHeaders(authorization: string, hasBody: boolean): Record<string, string> {
  const headers: Record<string, string> = {
    'User-Agent': 'Okta SCIM Client 1.0.0',
    Accept: 'application/scim+json',
    'Accept-Charset': 'utf-8',
    'Accept-Encoding': 'gzip,deflate',
  }
  if (hasBody) headers['Content-Type'] = 'application/scim+json; charset=utf-8'
  if (authorization !== '') headers.Authorization = authorization
  return headers
}
