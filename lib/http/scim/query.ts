/**
 * The query parameters of a URL, the first of each name. A `+` is a space, as in a form, unless the value writes its
 * spaces as %20: then it is a plus that the client did not encode, as in `userName eq "a+b@example.com"`.
 */
export function readQuery(search: string): Map<string, string> {
  const query = new Map<string, string>()
  if (search.length < 2) return query
  for (const pair of search.slice(1).split('&')) {
    const equals = pair.indexOf('=')
    const name = decode(equals < 0 ? pair : pair.slice(0, equals))
    if (name !== '' && !query.has(name)) query.set(name, equals < 0 ? '' : decode(pair.slice(equals + 1)))
  }
  return query
}

function decode(text: string): string {
  const spaced = text.includes('+') && !text.includes('%20') ? text.replaceAll('+', ' ') : text
  try {
    return decodeURIComponent(spaced)
  } catch {
    // A stray percent sign: taken as it stands, and the filter's own parser says what is wrong.
    return spaced
  }
}
