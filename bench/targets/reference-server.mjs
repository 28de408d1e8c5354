// Reference, not a product: the least code on node:http and pg that does the load's work, with no authentication but one
// fixed token, no validation and no records. It shows what the machine allows. DATABASE_URL, PORT, TOKEN.
import { randomUUID } from 'node:crypto'
import http from 'node:http'
import pg from 'pg'

const { DATABASE_URL, PORT, TOKEN } = process.env
pg.types.setTypeParser(3802, (text) => text)
pg.types.setTypeParser(20, Number)
const pool = new pg.Pool({ connectionString: DATABASE_URL, max: 10 })
await pool.query(`
  create table if not exists su (id uuid primary key, seq bigserial unique, lname text not null unique, doc jsonb not null, version int not null default 1);
  create table if not exists sg (id uuid primary key, name text not null, version int not null default 1);
  create index if not exists sg_name on sg (lower(name));
  create table if not exists sm (gid uuid not null references sg (id) on delete cascade, uid uuid not null references su (id) on delete cascade, primary key (gid, uid));
  create index if not exists sm_u on sm (uid)`)

const ADD =
  'with g as (update sg set version=version+1 where id=$1 returning id) insert into sm(gid,uid) select g.id,u.id from g, su u where u.id = any($2::uuid[]) on conflict do nothing'
const REMOVE =
  'with g as (update sg set version=version+1 where id=$1 returning id) delete from sm using g where gid=g.id and uid=$2'
// The reference's own statement compares every member with every wanted one (`uid <> all`), which ends nowhere at 100,000;
// a set difference is the least that does the work.
const REPLACE = `with g as (update sg set version=version+1 where id=$1 returning id), w as materialized (select unnest($2::uuid[]) uid),
  d as (delete from sm using g where gid=g.id and not exists (select 1 from w where w.uid=sm.uid))
  insert into sm(gid,uid) select g.id,u.id from g, w join su u on u.id=w.uid on conflict do nothing`
const READ_GROUP = `select g.name, (select coalesce(string_agg('{"value":"'||uid||'"}', ','),'') from sm where gid=g.id) m from sg g where id=$1`

const query = (name, text, values) => pool.query({ name, text, values })

function send(response, status, body) {
  response.statusCode = status
  response.setHeader('content-type', 'application/scim+json')
  response.end(body === undefined || typeof body === 'string' ? body : JSON.stringify(body))
}

const fail = (response, status, detail, scimType) =>
  send(response, status, {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
    status: String(status),
    detail,
    scimType,
  })

const list = (total, start, rows) =>
  `{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":${total},"startIndex":${start},"itemsPerPage":${rows.length},"Resources":[${rows.map((row) => row.doc).join(',')}]}`

async function createUser(response, body) {
  const id = randomUUID()
  const now = new Date().toISOString()
  const { groups: _groups, ...given } = body
  const meta = {
    resourceType: 'User',
    created: now,
    lastModified: now,
    version: 'W/"1"',
    location: `/scim/v2/Users/${id}`,
  }
  const text = JSON.stringify({ ...given, id, meta })
  const { rowCount } = await query(
    'ui',
    'insert into su(id,lname,doc) values($1,$2,$3) on conflict (lname) do nothing',
    [id, body.userName.toLowerCase(), text],
  )
  return rowCount ? send(response, 201, text) : fail(response, 409, 'userName taken', 'uniqueness')
}

async function findUsers(response, url) {
  const filter = url.searchParams.get('filter')
  if (filter) {
    const match = /^userName eq "(.*)"$/.exec(filter)
    if (!match) return fail(response, 400, 'filter', 'invalidFilter')
    const { rows } = await query('uf', 'select doc from su where lname=$1', [match[1].toLowerCase()])
    return send(response, 200, list(rows.length, 1, rows))
  }
  const start = Math.max(1, Number(url.searchParams.get('startIndex') || 1))
  const count = Math.min(200, Number(url.searchParams.get('count') || 100))
  const [total, page] = await Promise.all([
    query('uc', 'select count(*) n from su'),
    query(
      'ul',
      'select u.doc from (select seq from su order by seq offset $1 limit $2) k join su u using(seq) order by seq',
      [start - 1, count],
    ),
  ])
  return send(response, 200, list(total.rows[0].n, start, page.rows))
}

async function replaceUser(response, id, body) {
  const { groups: _groups, ...given } = body
  const text = JSON.stringify({
    ...given,
    id,
    meta: { resourceType: 'User', lastModified: new Date().toISOString() },
  })
  const { rowCount } = await query('up', 'update su set doc=$2,lname=$3,version=version+1 where id=$1', [
    id,
    text,
    body.userName.toLowerCase(),
  ])
  return rowCount ? send(response, 200, text) : fail(response, 404, 'not found')
}

async function patchUser(response, id, body) {
  const tx = await pool.connect()
  try {
    await tx.query('begin')
    const { rows } = await tx.query({
      name: 'uu',
      text: 'select doc from su where id=$1 for update',
      values: [id],
    })
    if (!rows[0]) {
      await tx.query('rollback')
      return fail(response, 404, 'not found')
    }
    const doc = JSON.parse(rows[0].doc)
    for (const { path, value } of body.Operations) {
      if (path) setPath(doc, path, value)
      else Object.assign(doc, value)
    }
    const text = JSON.stringify(doc)
    await tx.query({
      name: 'uw',
      text: 'update su set doc=$2,version=version+1 where id=$1',
      values: [id, text],
    })
    await tx.query('commit')
    return send(response, 200, text)
  } catch (cause) {
    await tx.query('rollback').catch(() => 0)
    throw cause
  } finally {
    tx.release()
  }
}

function setPath(doc, path, value) {
  const names = path.split('.')
  const last = names.pop()
  let at = doc
  for (const name of names) at = at[name] ??= {}
  at[last] = value
}

async function users(method, id, url, body, response) {
  if (method === 'POST') return createUser(response, body)
  if (method === 'PUT') return replaceUser(response, id, body)
  if (method === 'PATCH') return patchUser(response, id, body)
  if (method !== 'GET') return
  if (!id) return findUsers(response, url)
  const { rows } = await query('ug', 'select doc from su where id=$1', [id])
  return rows[0] ? send(response, 200, rows[0].doc) : fail(response, 404, 'not found')
}

async function readGroup(response, id) {
  const { rows } = await query('gg', READ_GROUP, [id])
  if (!rows[0]) return fail(response, 404, 'not found')
  const { name, m } = rows[0]
  return send(
    response,
    200,
    `{"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group"],"id":"${id}","displayName":${JSON.stringify(name)},"members":[${m}]}`,
  )
}

async function groups(method, id, _url, body, response) {
  const values = (members) => members.map((member) => member.value)
  if (method === 'POST') {
    const made = randomUUID()
    await query('gi', 'insert into sg(id,name) values($1,$2)', [made, body.displayName])
    if (body.members?.length) await query('gadd', ADD, [made, values(body.members)])
    return send(response, 201, {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
      id: made,
      displayName: body.displayName,
    })
  }
  if (method === 'GET') return readGroup(response, id)
  if (method === 'PUT') {
    await query('grep', REPLACE, [id, values(body.members)])
    return readGroup(response, id)
  }
  if (method !== 'PATCH') return
  const [{ op, path, value }] = body.Operations
  if (op === 'add') await query('gadd', ADD, [id, values(value)])
  else if (op === 'remove') await query('grm', REMOVE, [id, /^members\[value eq "(.*)"\]$/.exec(path)[1]])
  else await query('grep', REPLACE, [id, values(value)])
  return send(response, 204)
}

http
  .createServer((request, response) => {
    const chunks = []
    request.on('data', (chunk) => chunks.push(chunk))
    request.on('end', async () => {
      try {
        if (request.headers.authorization !== `Bearer ${TOKEN}`) return fail(response, 401, 'no')
        const url = new URL(request.url, 'http://x')
        const [, , , resource, segment] = url.pathname.split('/')
        const body = chunks.length ? JSON.parse(Buffer.concat(chunks).toString()) : undefined
        const id = segment && decodeURIComponent(segment)
        await (resource === 'Users' ? users : groups)(request.method, id, url, body, response)
        if (!response.writableEnded) fail(response, 404, 'no route')
      } catch (cause) {
        fail(response, 500, String(cause))
      }
    })
  })
  .listen(Number(PORT), '127.0.0.1')

process.once('SIGTERM', () => process.exit())
