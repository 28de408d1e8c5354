/** What the HTTP parser already refuses, sent as raw bytes. */
export const MALFORMED: readonly { name: string; bytes: string; status: number }[] = [
  { name: 'no HTTP at all', bytes: '\u0016\u0003\u0001\u0002\r\n\r\n', status: 400 },
  { name: 'a version that is none', bytes: 'GET /scim/v2/Users HTTP/9.9\r\n\r\n', status: 400 },
  { name: 'a method that is none', bytes: 'FETCH /scim/v2/Users HTTP/1.1\r\nHost: a\r\n\r\n', status: 501 },
  { name: 'no host', bytes: 'GET /scim/v2/Users HTTP/1.1\r\n\r\n', status: 400 },
  { name: 'a host that is none', bytes: 'GET /scim/v2/Users HTTP/1.1\r\nHost: a b/c?d\r\n\r\n', status: 400 },
  {
    name: 'two lengths',
    bytes: 'POST /scim/v2/Users HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}',
    status: 400,
  },
  {
    name: 'a length and chunks',
    bytes:
      'POST /scim/v2/Users HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    status: 400,
  },
  {
    name: 'a negative length',
    bytes: 'POST /scim/v2/Users HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n',
    status: 400,
  },
  {
    name: 'a header with NUL',
    bytes: 'GET /scim/v2/Users HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n',
    status: 400,
  },
  {
    name: 'a folded header',
    bytes: 'GET /scim/v2/Users HTTP/1.1\r\nHost: a\r\nX: a\r\n b\r\n\r\n',
    status: 400,
  },
  {
    name: 'a space before the colon',
    bytes: 'GET /scim/v2/Users HTTP/1.1\r\nHost: a\r\nAuthorization : x\r\n\r\n',
    status: 400,
  },
  {
    name: 'an address of 100,000 characters',
    bytes: `GET /scim/v2/Users?filter=${'a'.repeat(100_000)} HTTP/1.1\r\nHost: a\r\n\r\n`,
    status: 431,
  },
  {
    name: 'a header of 100,000 characters',
    bytes: `GET /scim/v2/Users HTTP/1.1\r\nHost: a\r\nX: ${'a'.repeat(100_000)}\r\n\r\n`,
    status: 431,
  },
  {
    name: 'ten thousand headers',
    bytes: `GET /scim/v2/Users HTTP/1.1\r\nHost: a\r\n${Array.from({ length: 10_000 }, (_, i) => `X${i}: a`).join('\r\n')}\r\n\r\n`,
    status: 431,
  },
  {
    name: 'a bad chunk',
    bytes: 'POST /scim/v2/Users HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
    status: 400,
  },
  {
    name: 'an expectation that is none',
    bytes: 'POST /scim/v2/Users HTTP/1.1\r\nHost: a\r\nExpect: miracles\r\nContent-Length: 0\r\n\r\n',
    status: 417,
  },
]
