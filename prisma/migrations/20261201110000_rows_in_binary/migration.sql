-- What one statement writes of many users or exchanges comes as an array of rows (lib/db/row-type.ts), whose types these are.
-- They are no table's own: a column that a table gets later changes nothing for a process that still runs.
CREATE TYPE "exchange_input" AS (
  "team_id" uuid, "id" uuid, "at" timestamptz, "kind" text, "method" text, "path" text, "status" int, "duration_us" int,
  "connection_id" uuid, "service_user_id" uuid, "ip" text, "user_agent" text, "request_headers" jsonb, "request_body" text,
  "request_bytes" int, "response_body" text, "response_bytes" int, "action" text, "summary" text, "resource_type" text,
  "resource_id" uuid, "resource_name" text, "error_type" text, "error_detail" text, "changes" jsonb, "notes" text[]
);
CREATE TYPE "user_input" AS (
  "id" uuid, "version" int, "at" timestamptz, "managed_by" uuid, "user_name" text, "user_name_key" text, "external_id" text,
  "display_name" text, "display_name_key" text, "given_name_key" text, "family_name_key" text, "email_keys" text[],
  "assigned_roles" text[], "search_text" text, "active" bool, "doc" jsonb
);
