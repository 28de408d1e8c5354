import type pg from 'pg'
import { createPartition, WEEK_MS } from '#lib/activity/maintain-partitions'
import type { FillContext } from './fill-directory.ts'
import { groupIdSql, idSql, literal, userIdSql } from './ids.ts'

const WEEKS = 8
const BATCH = 250_000

/**
 * Exchanges of eight weeks, in the proportions of a live Okta integration: look-ups, creates, updates, group pushes,
 * lists, one in fifty refused. Nine in ten come from one connection, one in a thousand from `rareConnectionId`.
 */
export async function fillExchanges(
  client: pg.Client,
  context: FillContext & { serviceUserId: string; rareConnectionId: string },
) {
  const { teamId, now, size } = context
  const first = Math.floor((now - WEEKS * WEEK_MS) / WEEK_MS) * WEEK_MS
  for (let from = first; from <= now; from += WEEK_MS)
    await createPartition(client, from).catch((cause) => {
      if ((cause as { code?: string }).code !== '42P07') throw cause
    })
  const every = (now - first - 60_000) / size.exchanges
  for (let from = 1; from <= size.exchanges; from += BATCH) {
    const to = Math.min(size.exchanges, from + BATCH - 1)
    await client.query(`
      INSERT INTO exchange (team_id, id, at, kind, method, path, status, duration_us, connection_id, service_user_id, ip, user_agent,
        request_headers, request_body, request_bytes, response_body, response_bytes, action, summary, resource_type, resource_id,
        resource_name, error_type, error_detail, changes)
      SELECT ${literal(teamId)}::uuid, ${idSql('at', "'exchange ' || n")}, to_timestamp(at / 1000.0), 'scim', method, path,
        status, 900 + n % 4000, connection_id, ${literal(context.serviceUserId)}::uuid, '198.51.100.7', 'Okta SCIM Client 1.0.0',
        '{"accept": "application/scim+json", "content-type": "application/scim+json; charset=utf-8"}'::jsonb,
        CASE WHEN method <> 'GET' THEN request END, CASE WHEN method <> 'GET' THEN length(request) ELSE 0 END,
        response, length(response), action, action || ' ' || name, resource_type, resource_id, name,
        CASE WHEN status = 409 THEN 'uniqueness' END, CASE WHEN status >= 400 THEN 'The userName ' || name || ' is already in use in Muster.' END,
        CASE WHEN action = 'user.update' THEN '[{"path": "title", "before": "Analyst", "after": "Engineer"}]'::jsonb END
      FROM (
        SELECT *, CASE WHEN resource_type = 'Group' THEN ${groupIdSql('(1 + n % groups)', size.groups, now)} ELSE ${userIdSql('u', size.users, now)} END AS resource_id,
          CASE WHEN k < 45 THEN '/scim/v2/Users?filter=userName%20eq%20%22' || name || '%22' WHEN resource_type = 'Group' THEN '/scim/v2/Groups/' || n ELSE '/scim/v2/Users/' || n END AS path,
          '{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"' || name || '","name":{"givenName":"Ana","familyName":"Silva"},"emails":[{"primary":true,"value":"' || name || '","type":"work"}],"displayName":"Ana Silva","locale":"en-US","externalId":"00u' || n || '","groups":[],"password":"[redacted]","active":true}' AS request,
          '{"id":"' || n || '","meta":{"resourceType":"User","created":"2026-01-01T00:00:00.000Z","lastModified":"2026-01-01T00:00:00.000Z","version":"W/\\"1\\"","location":"https://muster.example.com/scim/v2/Users/' || n || '"},"groups":[],"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"' || name || '","name":{"givenName":"Ana","familyName":"Silva"},"active":true}' AS response
        FROM (
          SELECT n, k, u, groups, at, 'person.' || u || '@corp.example' AS name, CASE WHEN k >= 80 AND k < 95 THEN 'Group' ELSE 'User' END AS resource_type,
            CASE WHEN k < 45 THEN 'GET' WHEN k < 65 THEN 'POST' WHEN k < 95 THEN 'PATCH' ELSE 'PUT' END AS method,
            CASE WHEN k < 45 THEN 'user.find' WHEN k < 65 THEN 'user.create' WHEN k < 80 THEN 'user.update' WHEN k < 95 THEN 'group.members' ELSE 'user.update' END AS action,
            CASE WHEN n % 50 = 49 AND k >= 45 THEN 409 WHEN k < 45 THEN 200 WHEN k < 65 THEN 201 WHEN k >= 80 AND k < 95 THEN 204 ELSE 200 END AS status,
            CASE WHEN n % 1000 = 1 AND n < ${size.exchanges / 2} THEN ${literal(context.rareConnectionId)}::uuid ELSE ${literal(context.connectionId)}::uuid END AS connection_id
          FROM (SELECT n, n * 37 % 100 AS k, 1 + (n * 15485863) % ${size.users} AS u, ${size.groups}::bigint AS groups, (${first} + n * ${every})::bigint AS at
            FROM generate_series(${from}::bigint, ${to}::bigint) AS n) numbers
        ) kinds
      ) e`)
  }
}
