/** `/Users?filter=userName eq "…"&startIndex=1&count=100`, percent-encoded as Okta encodes it. */
export function findPath(collection: 'Users' | 'Groups', attribute: string, value: string): string {
  const literal = `"${value.replace(/\\/g, '\\\\').replace(/"/g, '\\"')}"`
  return `/${collection}?filter=${encodeURIComponent(`${attribute} eq ${literal}`)}&startIndex=1&count=100`
}
