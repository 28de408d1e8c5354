/** A hostile request and how it must be refused. `{user}` and `{group}` in a path are ids of what is there. */
export type Hostile = {
  name: string
  method?: string
  /** Below the SCIM base, sent byte for byte. */
  path: string
  headers?: Record<string, string>
  body?: Buffer | string
  /** The body comes as chunks of this size, without a length. */
  chunks?: number
  status: number
  scimType?: string
}

const user = (more = '') =>
  `{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"evil@example.com"${more}}`
const patch = (operation: string) =>
  `{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[${operation}]}`
const post = (name: string, body: Buffer | string, scimType = 'invalidSyntax', status = 400): Hostile => ({
  name,
  method: 'POST',
  path: '/Users',
  body,
  status,
  scimType,
})
const patchUser = (name: string, operation: string, scimType: string): Hostile => ({
  name,
  method: 'PATCH',
  path: '/Users/{user}',
  body: patch(operation),
  status: 400,
  scimType,
})
const filter = (name: string, text: string, scimType = 'invalidFilter'): Hostile => ({
  name,
  path: `/Users?filter=${encodeURIComponent(text)}`,
  status: 400,
  scimType,
})
const get = (name: string, path: string, status: number, scimType?: string): Hostile => ({
  name,
  path,
  status,
  ...(scimType === undefined ? {} : { scimType }),
})

const MB = 1024 * 1024

const BODIES: Hostile[] = [
  post('arrays nested 100,000 deep', '['.repeat(100_000)),
  post('objects nested 100,000 deep', '{"a":'.repeat(100_000)),
  post('nested 65 deep, and closed', user(`,"x":${'['.repeat(65)}${']'.repeat(65)}`)),
  post('brackets in strings do not hide nesting', `{"a":"[[[\\"","b":${'['.repeat(70)}${']'.repeat(70)}}`),
  post('__proto__ as a key', user(',"__proto__":{"active":false}')),
  post('__proto__ as an escaped key', user(',"\\u005f\\u005fproto\\u005f_":{"active":false}')),
  post('__proto__ deep inside', user(',"name":{"givenName":"E","__proto__":{"familyName":"x"}}')),
  post('a number beyond a double', user(',"age":1e999')),
  post('a negative one, deep inside', user(',"emails":[{"value":-1e400}]')),
  post('a number where a string belongs', user(',"displayName":12345678901234567890123'), 'invalidValue'),
  post('a number of 100,000 digits', user(`,"displayName":${'9'.repeat(100_000)}`)),
  post('a boolean of another kind', user(',"active":1e308'), 'invalidValue'),
  post('half of a surrogate pair in a value', user(',"displayName":"\\ud83d"')),
  post('the other half in a key', user(',"\\udc00":"x"')),
  post('a half in what no schema knows', user(',"unknown":{"a":["\\uD800"]}')),
  post(
    'a raw surrogate, as bytes',
    Buffer.from([...Buffer.from('{"userName":"'), 0xed, 0xa0, 0x80, 0x22, 0x7d]),
  ),
  post('invalid UTF-8', Buffer.from([...Buffer.from('{"userName":"a'), 0xff, 0xfe, 0x22, 0x7d])),
  post('an overlong encoding', Buffer.from([...Buffer.from('{"userName":"'), 0xc0, 0xaf, 0x22, 0x7d])),
  post('a cut sequence at the end', Buffer.from([...Buffer.from('{"userName":"a"}'), 0xe2, 0x82])),
  post('UTF-16', Buffer.from(user(), 'utf16le')),
  post(
    'UTF-16 with its byte order mark',
    Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(user(), 'utf16le')]),
  ),
  post('two byte order marks', `\ufeff\ufeff${user()}`),
  post('a name twice', user(',"userName":"other@example.com"')),
  post('a name twice, once escaped', user(',"user\\u004eame":"other@example.com"')),
  post('a name twice, deep inside', user(',"emails":[{"value":"a@example.com","value":"b@example.com"}]')),
  post('one attribute in two spellings', user(',"USERNAME":"other@example.com"'), 'invalidSyntax'),
  post('NUL in a value', user(',"displayName":"a\\u0000b"'), 'invalidValue'),
  post('NUL in the user name', '{"userName":"evil\\u0000@example.com"}', 'invalidValue'),
  post('NUL between tokens', '{"userName":\0"evil@example.com"}'),
  post('nothing', ''),
  post('white space', ' \n\t '),
  post('null', 'null'),
  post('a string', '"userName"'),
  post('an array of users', `[${user()}]`),
  post('two documents', user() + user()),
  post('a trailing comma', '{"userName":"evil@example.com",}'),
  post('NaN', '{"userName":NaN}'),
  post('a comment', '{/* */"userName":"evil@example.com"}'),
  post('XML', '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'),
  post('a user name of 300 characters', `{"userName":"${'a'.repeat(300)}"}`, 'invalidValue'),
  post('a value of a million characters', user(`,"title":"${'a'.repeat(1_000_000)}"`), 'invalidValue'),
  post(
    'ten thousand emails',
    user(
      `,"emails":[${Array.from({ length: 10_000 }, (_, i) => `{"value":"a${i}@example.com"}`).join(',')}]`,
    ),
    'invalidValue',
  ),
  post('schemas of the wrong kind', '{"schemas":[{"a":1}],"userName":"evil@example.com"}', 'invalidValue'),
  post('a user without a name', '{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"]}', 'invalidValue'),
  post('a name of white space', '{"userName":"   "}', 'invalidValue'),
]

const PATCHES: Hostile[] = [
  patchUser('a path of __proto__', '{"op":"add","path":"__proto__","value":{"active":false}}', 'invalidPath'),
  patchUser(
    'a path through __proto__',
    '{"op":"add","path":"__proto__.active","value":false}',
    'invalidPath',
  ),
  patchUser(
    'a path of constructor',
    '{"op":"replace","path":"constructor.prototype","value":{}}',
    'invalidPath',
  ),
  patchUser(
    'a sub-attribute of constructor',
    '{"op":"add","path":"name.constructor","value":"x"}',
    'invalidPath',
  ),
  patchUser(
    'the id',
    '{"op":"replace","path":"id","value":"00000000-0000-7000-8000-000000000000"}',
    'mutability',
  ),
  patchUser('the groups', '{"op":"add","path":"groups","value":[{"value":"x"}]}', 'mutability'),
  patchUser('the version', '{"op":"replace","path":"meta.version","value":"W/\\"9\\""}', 'mutability'),
  patchUser(
    'a path nested in brackets',
    `{"op":"remove","path":"emails${'['.repeat(5_000)}"}`,
    'invalidPath',
  ),
  patchUser(
    'a path of a hundred thousand dots',
    `{"op":"remove","path":"a${'.a'.repeat(100_000)}"}`,
    'invalidPath',
  ),
  patchUser('an empty filter', '{"op":"remove","path":"emails[]"}', 'invalidPath'),
  patchUser('an operation of another kind', '{"op":"move","path":"title","from":"x"}', 'invalidSyntax'),
  patchUser('an operation that is a number', '{"op":1e300,"path":"title"}', 'invalidSyntax'),
  patchUser('a path that is an object', '{"op":"add","path":{"toString":1},"value":1}', 'invalidPath'),
  patchUser('NUL in a path', '{"op":"add","path":"tit\\u0000le","value":"x"}', 'invalidPath'),
  patchUser('all of it removed', '{"op":"remove","path":"userName"}', 'mutability'),
  {
    ...patchUser(
      'a good operation before a bad one',
      '{"op":"add","path":"title","value":"Changed"},{"op":"add","path":"nope","value":1}',
      'invalidPath',
    ),
  },
  {
    name: 'twenty thousand operations',
    method: 'PATCH',
    path: '/Groups/{group}',
    body: patch(Array.from({ length: 20_000 }, () => '{"op":"add","path":"members","value":[]}').join(',')),
    status: 400,
    scimType: 'invalidSyntax',
  },
  {
    name: 'members that are no members',
    method: 'PATCH',
    path: '/Groups/{group}',
    body: patch('{"op":"replace","path":"members","value":[{"value":{"$ne":null}}]}'),
    status: 400,
    scimType: 'invalidValue',
  },
  {
    name: 'more members than one request may name',
    method: 'PUT',
    path: '/Groups/{group}',
    body: `{"displayName":"Kept","members":[${'{"value":"x"},'.repeat(100_001)}{"value":"y"}]}`,
    status: 413,
  },
  {
    name: 'a group that takes another’s id',
    method: 'PUT',
    path: '/Groups/00000000-0000-7000-8000-000000000000',
    body: '{"id":"{group}","displayName":"Kept"}',
    status: 404,
  },
]

const SIZES: Hostile[] = [
  {
    ...post('50 MB with its length', Buffer.alloc(50 * MB, 0x20), undefined, 413),
    scimType: undefined as never,
  },
  {
    ...post('50 MB in chunks', Buffer.alloc(50 * MB, 0x20), undefined, 413),
    chunks: MB,
    scimType: undefined as never,
  },
  {
    ...post('50 MB of an open string, in chunks', Buffer.alloc(50 * MB, 0x61), undefined, 413),
    chunks: 256 * 1024,
    scimType: undefined as never,
  },
  {
    name: '50 MB without a token',
    method: 'POST',
    path: '/Users',
    headers: { authorization: '' },
    body: Buffer.alloc(50 * MB, 0x20),
    chunks: MB,
    status: 401,
  },
  {
    name: 'gzip',
    method: 'POST',
    path: '/Users',
    headers: { 'content-encoding': 'gzip' },
    body: Buffer.from('H4sIAAAAAAAAA6tWKi1OLfJLzE1VslJKLUvMcUitSMwtyElVqgUAa8m5fRsAAAA=', 'base64'),
    status: 415,
  },
  {
    name: 'brotli',
    method: 'PUT',
    path: '/Users/{user}',
    headers: { 'content-encoding': 'br' },
    body: Buffer.from('8b0080', 'hex'),
    status: 415,
  },
]

const REDOS = 'a'.repeat(3_000)
const FILTERS: Hostile[] = [
  filter('a filter of 100 brackets', `${'('.repeat(100)}active eq true${')'.repeat(100)}`),
  filter('a filter of 200 nots', `${'not ('.repeat(200)}active eq true${')'.repeat(200)}`),
  filter('a filter of 4,097 characters', `userName eq "${'a'.repeat(4_090)}"`),
  filter('many conditions', Array.from({ length: 200 }, () => 'title pr').join(' or ')),
  filter('an open string', 'userName eq "a'),
  filter('an open bracket', 'emails[type eq "work"'),
  filter('nothing but an operator', 'eq'),
  filter('an operator that is none', 'userName like "a%"'),
  filter('SQL', "userName eq 'a' or 1=1; DROP TABLE directory_user; --"),
  filter('a number where a string belongs, huge', 'userName eq 1e999'),
  filter('a date that is none', 'meta.created gt "9999-99-99T99:99:99Z"'),
  filter('a date for a slow reader', `meta.created gt "2024-01-01T00:00:00.${'0'.repeat(3_000)}!"`),
  filter('words for a slow reader', `${REDOS}! eq "x"`),
  filter('spaces for a slow reader', `userName${' '.repeat(3_000)}`),
  filter('backslashes for a slow reader', `userName eq "${'\\'.repeat(2_001)}"`),
  filter('a comparison that has no order', 'active gt true'),
  filter('NUL', 'userName eq "a\0b" and (', 'invalidFilter'),
  get('a stray percent sign', '/Users?filter=%', 400, 'invalidFilter'),
  get('invalid UTF-8 in the query', '/Users?filter=userName%20eq%20%22%ff%fe', 400, 'invalidFilter'),
  get('startIndex that is no number', '/Users?startIndex=1e999', 400, 'invalidValue'),
  get('startIndex beyond all', '/Users?startIndex=99999999999999999999999', 400, 'invalidValue'),
  get('count that is no number', '/Users?count=NaN', 400, 'invalidValue'),
  get('count beyond all', '/Users?count=1e400', 400, 'invalidValue'),
  get('sorted by __proto__', '/Users?sortBy=__proto__', 400),
  get('sorted by constructor', '/Users?sortBy=constructor.prototype', 400),
  get('a cursor of someone else’s', '/Users?cursor=AAAA', 400, 'invalidCursor'),
  get('a cursor of 10,000 characters', `/Users?cursor=${'A'.repeat(10_000)}`, 400, 'invalidCursor'),
  {
    name: 'a search of the wrong kind',
    method: 'POST',
    path: '/Users/.search',
    body: '{"filter":{"$gt":""},"count":"x"}',
    status: 400,
  },
]

const PATHS: Hostile[] = [
  get('an id that is none', '/Users/1', 404),
  get('an id of 10,000 characters', `/Users/${'a'.repeat(10_000)}`, 404),
  get('an id with NUL', '/Users/%00', 404),
  get('an id of invalid UTF-8', '/Users/%ff%fe', 404),
  get('a stray percent sign', '/Users/%', 404),
  get('SQL as an id', "/Users/'%20OR%201=1--", 404),
  get('__proto__ as an id', '/Users/__proto__', 404),
  get('__proto__ as an endpoint', '/__proto__', 404),
  get('constructor as an endpoint', '/constructor', 404),
  get('toString below an endpoint', '/Users/{user}/toString', 404),
  get('an encoded slash', '/Users%2F{user}', 404),
  get('dots', '/Users/..%2f..%2f..%2fetc%2fpasswd', 404),
  get('an endpoint in other letters', '/users', 404),
  get('a double slash', '//Users', 404),
  get('a schema that is none', '/Schemas/__proto__', 404),
  get('a resource type that is none', '/ResourceTypes/constructor', 404),
  { name: 'a method that is not there', method: 'DELETE', path: '/Users', status: 405 },
  { name: 'a method of WebDAV', method: 'PROPFIND', path: '/Users', status: 405 },
  { name: 'TRACE', method: 'TRACE', path: '/Users', status: 405 },
  {
    name: 'a body on DELETE of what is not there',
    method: 'DELETE',
    path: '/Users/1',
    body: '{"a":1}',
    status: 404,
  },
]

const HEADERS: Hostile[] = [
  {
    name: 'a form',
    method: 'POST',
    path: '/Users',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'userName=evil',
    status: 415,
  },
  {
    name: 'text',
    method: 'POST',
    path: '/Users',
    headers: { 'content-type': 'text/plain' },
    body: user(),
    status: 415,
  },
  {
    name: 'a content type for a slow reader',
    method: 'POST',
    path: '/Users',
    headers: { 'content-type': `application/${'json;'.repeat(2_000)}` },
    body: '{',
    status: 400,
  },
  {
    name: 'a content type that is nonsense',
    method: 'POST',
    path: '/Users',
    headers: { 'content-type': '/'.repeat(5_000) },
    body: user(),
    status: 415,
  },
  {
    name: 'a charset that is not UTF-8',
    method: 'POST',
    path: '/Users',
    headers: { 'content-type': 'application/scim+json; charset=utf-16' },
    body: Buffer.from(user(), 'utf16le'),
    status: 400,
  },
  { name: 'accepts images only', path: '/Users', headers: { accept: 'image/png' }, status: 406 },
  {
    name: 'accepts for a slow reader',
    path: '/Users',
    headers: { accept: `${'text/html,'.repeat(900)}a` },
    status: 406,
  },
  { name: 'no token', path: '/Users', headers: { authorization: '' }, status: 401 },
  { name: 'half a token', path: '/Users', headers: { authorization: 'Bearer' }, status: 401 },
  {
    name: 'a token of 10,000 characters',
    path: '/Users',
    headers: { authorization: `Bearer ${'a'.repeat(10_000)}` },
    status: 401,
  },
  {
    name: 'a token of another kind',
    path: '/Users',
    headers: { authorization: 'Digest username="Mufasa"' },
    status: 401,
  },
  { name: 'Basic that is no base64', path: '/Users', headers: { authorization: 'Basic ÿÿÿ' }, status: 401 },
  {
    name: 'an If-Match that is nonsense',
    method: 'DELETE',
    path: '/Users/{user}',
    headers: { 'if-match': 'x'.repeat(8_000) },
    status: 412,
  },
  {
    name: 'an If-Match that is another’s',
    method: 'PUT',
    path: '/Users/{user}',
    headers: { 'if-match': 'W/"99999999999999999999"' },
    body: user(),
    status: 412,
  },
]

export const CORPUS: readonly Hostile[] = [...BODIES, ...PATCHES, ...SIZES, ...FILTERS, ...PATHS, ...HEADERS]

/** Filters that mean nothing: answered, with nobody found (RFC 7644 §3.4.2.2). */
export const FINDS_NOBODY: readonly [name: string, filter: string][] = [
  ['an attribute that is none', 'passwd eq "x"'],
  ['__proto__', '__proto__ eq "x"'],
  ['something inside __proto__', '__proto__.active eq true'],
  ['constructor', 'constructor.name eq "Object"'],
  ['toString', 'toString pr'],
  ['what is never returned', 'password pr'],
  ['half of a surrogate pair', 'userName eq "\\ud800"'],
  ['a wildcard of SQL', 'userName sw "%"'],
  ['another wildcard', 'userName co "_ept@"'],
  ['a quote', `userName eq "' OR ''='"`],
]

/** What the HTTP parser already refuses, sent as raw bytes. */
export const MALFORMED: readonly { name: string; bytes: string; status: number }[] = [
  { name: 'no HTTP at all', bytes: '\u0016\u0003\u0001\u0002\r\n\r\n', status: 400 },
  { name: 'a version that is none', bytes: 'GET /scim/v2/Users HTTP/9.9\r\n\r\n', status: 400 },
  { name: 'a method that is none', bytes: 'FETCH /scim/v2/Users HTTP/1.1\r\nHost: a\r\n\r\n', status: 400 },
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
