-- CreateTable
CREATE TABLE "setup_link" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "token_hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "consumed_at" TIMESTAMPTZ(3),

    CONSTRAINT "setup_link_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "member" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "email_key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "password_hash" TEXT,
    "totp_secret" TEXT,
    "totp_enabled_at" TIMESTAMPTZ(3),
    "totp_last_step" BIGINT,
    "recovery_hashes" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[],
    "disabled_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "member_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "oidc_identity" (
    "issuer" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "member_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "oidc_identity_pkey" PRIMARY KEY ("issuer","subject")
);

-- CreateTable
CREATE TABLE "sign_in_session" (
    "id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "method" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "reauthenticated_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),
    "ip" TEXT,
    "user_agent" TEXT,

    CONSTRAINT "sign_in_session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "throttle" (
    "key" TEXT NOT NULL,
    "failures" INTEGER NOT NULL,
    "window_ends_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "throttle_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "client" (
    "id" UUID NOT NULL,
    "client_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL DEFAULT 'okta',
    "confidential" BOOLEAN NOT NULL DEFAULT true,
    "app_name" TEXT,
    "owner_team_id" UUID,
    "registered_by" TEXT,
    "disabled_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "client_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "client_redirect_uri" (
    "client_id" UUID NOT NULL,
    "uri" TEXT NOT NULL,

    CONSTRAINT "client_redirect_uri_pkey" PRIMARY KEY ("client_id","uri")
);

-- CreateTable
CREATE TABLE "client_secret" (
    "id" UUID NOT NULL,
    "client_id" UUID NOT NULL,
    "secret_hash" TEXT NOT NULL,
    "hint" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3),

    CONSTRAINT "client_secret_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "authorization_request" (
    "id" UUID NOT NULL,
    "client_id" UUID NOT NULL,
    "redirect_uri" TEXT NOT NULL,
    "redirect_uri_given" BOOLEAN NOT NULL DEFAULT true,
    "state" TEXT,
    "scope" TEXT NOT NULL,
    "code_challenge" TEXT,
    "code_challenge_method" TEXT,
    "browser_hash" TEXT NOT NULL,
    "member_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_at" TIMESTAMPTZ(3),
    "decision" TEXT,
    "decided_team_id" UUID,
    "decided_connection_id" UUID,

    CONSTRAINT "authorization_request_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "team" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "team_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "team_member" (
    "team_id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "team_member_pkey" PRIMARY KEY ("team_id","member_id")
);

-- CreateTable
CREATE TABLE "invitation" (
    "team_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "token_hash" TEXT NOT NULL,
    "invited_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "accepted_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "invitation_pkey" PRIMARY KEY ("team_id","id")
);

-- CreateTable
CREATE TABLE "service_user" (
    "team_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "disabled_at" TIMESTAMPTZ(3),
    "deleted_at" TIMESTAMPTZ(3),
    "basic_password_hash" TEXT,
    "last_used_at" TIMESTAMPTZ(3),
    "last_used_ip" TEXT,
    "last_used_user_agent" TEXT,

    CONSTRAINT "service_user_pkey" PRIMARY KEY ("team_id","id")
);

-- CreateTable
CREATE TABLE "connection" (
    "team_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "service_user_id" UUID NOT NULL,
    "client_id" UUID,
    "name" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "approved_by" TEXT NOT NULL,
    "approved_at" TIMESTAMPTZ(3) NOT NULL,
    "tested_at" TIMESTAMPTZ(3),
    "first_user_at" TIMESTAMPTZ(3),
    "first_group_at" TIMESTAMPTZ(3),
    "last_request_at" TIMESTAMPTZ(3),
    "last_push_at" TIMESTAMPTZ(3),
    "last_error_at" TIMESTAMPTZ(3),
    "disconnected_at" TIMESTAMPTZ(3),
    "notice" TEXT,
    "notice_at" TIMESTAMPTZ(3),

    CONSTRAINT "connection_pkey" PRIMARY KEY ("team_id","id")
);

-- CreateTable
CREATE TABLE "authorization_code" (
    "team_id" UUID NOT NULL,
    "code_hash" TEXT NOT NULL,
    "client_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "service_user_id" UUID NOT NULL,
    "redirect_uri" TEXT NOT NULL,
    "redirect_uri_given" BOOLEAN NOT NULL,
    "scope" TEXT NOT NULL,
    "code_challenge" TEXT,
    "code_challenge_method" TEXT,
    "replaces_tokens" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "redeemed_at" TIMESTAMPTZ(3),
    "family_id" UUID,

    CONSTRAINT "authorization_code_pkey" PRIMARY KEY ("team_id","code_hash")
);

-- CreateTable
CREATE TABLE "token" (
    "team_id" UUID NOT NULL,
    "token_hash" TEXT NOT NULL,
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "family_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "service_user_id" UUID NOT NULL,
    "client_id" UUID,
    "scope" TEXT NOT NULL,
    "hint" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3),
    "rotated_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "revoked_reason" TEXT,
    "last_used_at" TIMESTAMPTZ(3),
    "last_used_ip" TEXT,
    "last_used_user_agent" TEXT,

    CONSTRAINT "token_pkey" PRIMARY KEY ("team_id","token_hash")
);

-- CreateTable
CREATE TABLE "directory_user" (
    "team_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "seq" BIGSERIAL NOT NULL,
    "user_name" TEXT NOT NULL,
    "user_name_key" TEXT COLLATE "C" NOT NULL,
    "external_id" TEXT COLLATE "C",
    "display_name" TEXT,
    "display_name_key" TEXT COLLATE "C",
    "given_name_key" TEXT COLLATE "C",
    "family_name_key" TEXT COLLATE "C",
    "email_keys" TEXT[] COLLATE "C" NOT NULL DEFAULT ARRAY[]::TEXT[],
    "search_text" TEXT COLLATE "C" NOT NULL,
    "active" BOOLEAN NOT NULL,
    "doc" JSONB NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "managed_by" UUID,

    CONSTRAINT "directory_user_pkey" PRIMARY KEY ("team_id","id")
);

-- CreateTable
CREATE TABLE "directory_group" (
    "team_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "seq" BIGSERIAL NOT NULL,
    "display_name" TEXT NOT NULL,
    "name_key" TEXT COLLATE "C" NOT NULL,
    "external_id" TEXT COLLATE "C",
    "system" TEXT,
    "doc" JSONB NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "member_count" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "managed_by" UUID,
    "last_push_at" TIMESTAMPTZ(3),
    "last_membership_at" TIMESTAMPTZ(3),
    "last_push_exchange_id" UUID,
    "push_error_at" TIMESTAMPTZ(3),
    "push_error_status" INTEGER,
    "push_error" TEXT,
    "push_error_exchange_id" UUID,

    CONSTRAINT "directory_group_pkey" PRIMARY KEY ("team_id","id")
);

-- CreateTable
CREATE TABLE "membership" (
    "team_id" UUID NOT NULL,
    "group_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "added_at" TIMESTAMPTZ(3) NOT NULL,
    "exchange_id" UUID,

    CONSTRAINT "membership_pkey" PRIMARY KEY ("team_id","group_id","user_id")
);

-- CreateTable
CREATE TABLE "membership_ended" (
    "team_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "group_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "added_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3) NOT NULL,
    "exchange_id" UUID,

    CONSTRAINT "membership_ended_pkey" PRIMARY KEY ("team_id","id")
);

-- CreateTable
CREATE TABLE "nested_group" (
    "team_id" UUID NOT NULL,
    "group_id" UUID NOT NULL,
    "member_group_id" UUID NOT NULL,
    "added_at" TIMESTAMPTZ(3) NOT NULL,
    "exchange_id" UUID,

    CONSTRAINT "nested_group_pkey" PRIMARY KEY ("team_id","group_id","member_group_id")
);

-- CreateTable
CREATE TABLE "unresolved_member" (
    "team_id" UUID NOT NULL,
    "group_id" UUID NOT NULL,
    "value" TEXT NOT NULL,
    "display" TEXT,
    "added_at" TIMESTAMPTZ(3) NOT NULL,
    "exchange_id" UUID,

    CONSTRAINT "unresolved_member_pkey" PRIMARY KEY ("team_id","group_id","value")
);

-- CreateTable
CREATE TABLE "directory_block" (
    "team_id" UUID NOT NULL,
    "resource" TEXT NOT NULL,
    "block" BIGINT NOT NULL,
    "rows" INTEGER NOT NULL,
    "inactive" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "directory_block_pkey" PRIMARY KEY ("team_id","resource","block")
);

-- CreateTable
CREATE TABLE "role" (
    "team_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "display_name" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "builtin" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "role_pkey" PRIMARY KEY ("team_id","id")
);

-- CreateTable
CREATE TABLE "role_grant" (
    "team_id" UUID NOT NULL,
    "group_id" UUID NOT NULL,
    "role_id" UUID NOT NULL,
    "granted_by" TEXT NOT NULL,
    "rule_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "role_grant_pkey" PRIMARY KEY ("team_id","group_id","role_id")
);

-- CreateTable
CREATE TABLE "role_rule" (
    "team_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "match" TEXT NOT NULL,
    "pattern" TEXT NOT NULL,
    "role_id" UUID NOT NULL,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "role_rule_pkey" PRIMARY KEY ("team_id","id")
);

-- CreateTable
CREATE TABLE "extension_schema" (
    "team_id" UUID NOT NULL,
    "urn" TEXT NOT NULL,
    "definition" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "extension_schema_pkey" PRIMARY KEY ("team_id","urn")
);

-- CreateTable
CREATE TABLE "exchange" (
    "team_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "kind" TEXT NOT NULL,
    "method" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "status" INTEGER NOT NULL,
    "duration_us" INTEGER NOT NULL,
    "connection_id" UUID,
    "service_user_id" UUID,
    "ip" TEXT,
    "user_agent" TEXT,
    "request_headers" JSONB,
    "request_body" TEXT,
    "request_bytes" INTEGER NOT NULL DEFAULT 0,
    "response_body" TEXT,
    "response_bytes" INTEGER NOT NULL DEFAULT 0,
    "action" TEXT NOT NULL,
    "summary" TEXT NOT NULL,
    "resource_type" TEXT,
    "resource_id" UUID,
    "resource_name" TEXT,
    "error_type" TEXT,
    "error_detail" TEXT,
    "changes" JSONB,
    "notes" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[],

    CONSTRAINT "exchange_pkey" PRIMARY KEY ("team_id","id")
) PARTITION BY RANGE ("id");

-- CreateTable
CREATE TABLE "activity_event" (
    "team_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actor_kind" TEXT NOT NULL,
    "actor_id" UUID,
    "actor_name" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "summary" TEXT NOT NULL,
    "resource_type" TEXT,
    "resource_id" UUID,
    "resource_name" TEXT,
    "detail" JSONB,

    CONSTRAINT "activity_event_pkey" PRIMARY KEY ("team_id","id")
);

-- CreateIndex
CREATE UNIQUE INDEX "member_email_key_key" ON "member"("email_key");

-- CreateIndex
CREATE INDEX "sign_in_session_member_id_idx" ON "sign_in_session"("member_id");

-- CreateIndex
CREATE UNIQUE INDEX "client_client_id_key" ON "client"("client_id");

-- CreateIndex
CREATE INDEX "client_owner_team_id_idx" ON "client"("owner_team_id");

-- CreateIndex
CREATE INDEX "client_secret_client_id_idx" ON "client_secret"("client_id");

-- CreateIndex
CREATE INDEX "authorization_request_expires_at_idx" ON "authorization_request"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "team_slug_key" ON "team"("slug");

-- CreateIndex
CREATE INDEX "team_member_member_id_idx" ON "team_member"("member_id");

-- CreateIndex
CREATE UNIQUE INDEX "invitation_team_id_token_hash_key" ON "invitation"("team_id", "token_hash");

-- CreateIndex
CREATE UNIQUE INDEX "service_user_team_id_name_key" ON "service_user"("team_id", "name");

-- CreateIndex
CREATE INDEX "connection_team_id_service_user_id_idx" ON "connection"("team_id", "service_user_id");

-- CreateIndex
CREATE INDEX "connection_client_id_idx" ON "connection"("client_id");

-- CreateIndex
CREATE INDEX "authorization_code_expires_at_idx" ON "authorization_code"("expires_at");

-- CreateIndex
CREATE INDEX "token_team_id_service_user_id_idx" ON "token"("team_id", "service_user_id");

-- CreateIndex
CREATE INDEX "token_team_id_family_id_idx" ON "token"("team_id", "family_id");

-- CreateIndex
CREATE UNIQUE INDEX "token_team_id_id_key" ON "token"("team_id", "id");

-- CreateIndex
CREATE INDEX "directory_user_team_id_external_id_idx" ON "directory_user"("team_id", "external_id");

-- CreateIndex
CREATE INDEX "directory_user_team_id_display_name_key_id_idx" ON "directory_user"("team_id", "display_name_key", "id");

-- CreateIndex
CREATE INDEX "directory_user_team_id_family_name_key_idx" ON "directory_user"("team_id", "family_name_key");

-- CreateIndex
CREATE INDEX "directory_user_team_id_given_name_key_idx" ON "directory_user"("team_id", "given_name_key");

-- CreateIndex
CREATE INDEX "directory_user_team_id_created_at_idx" ON "directory_user"("team_id", "created_at");

-- CreateIndex
CREATE INDEX "directory_user_team_id_updated_at_id_idx" ON "directory_user"("team_id", "updated_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "directory_user_team_id_user_name_key_key" ON "directory_user"("team_id", "user_name_key");

-- CreateIndex
CREATE UNIQUE INDEX "directory_user_team_id_seq_key" ON "directory_user"("team_id", "seq");

-- CreateIndex
CREATE INDEX "directory_group_team_id_external_id_idx" ON "directory_group"("team_id", "external_id");

-- CreateIndex
CREATE INDEX "directory_group_team_id_created_at_idx" ON "directory_group"("team_id", "created_at");

-- CreateIndex
CREATE INDEX "directory_group_team_id_updated_at_id_idx" ON "directory_group"("team_id", "updated_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "directory_group_team_id_name_key_key" ON "directory_group"("team_id", "name_key");

-- CreateIndex
CREATE UNIQUE INDEX "directory_group_team_id_seq_key" ON "directory_group"("team_id", "seq");

-- CreateIndex
CREATE INDEX "membership_team_id_user_id_idx" ON "membership"("team_id", "user_id");

-- CreateIndex
CREATE INDEX "membership_ended_team_id_user_id_ended_at_idx" ON "membership_ended"("team_id", "user_id", "ended_at");

-- CreateIndex
CREATE INDEX "nested_group_team_id_member_group_id_idx" ON "nested_group"("team_id", "member_group_id");

-- CreateIndex
CREATE UNIQUE INDEX "role_team_id_name_key" ON "role"("team_id", "name");

-- CreateIndex
CREATE INDEX "role_grant_team_id_role_id_idx" ON "role_grant"("team_id", "role_id");

-- CreateIndex
CREATE INDEX "role_rule_team_id_role_id_idx" ON "role_rule"("team_id", "role_id");

-- CreateIndex
CREATE UNIQUE INDEX "role_rule_team_id_match_pattern_role_id_key" ON "role_rule"("team_id", "match", "pattern", "role_id");

-- CreateIndex
CREATE INDEX "exchange_team_id_resource_id_id_idx" ON "exchange"("team_id", "resource_id", "id");

-- CreateIndex
CREATE INDEX "activity_event_team_id_resource_id_id_idx" ON "activity_event"("team_id", "resource_id", "id");

-- AddForeignKey
ALTER TABLE "oidc_identity" ADD CONSTRAINT "oidc_identity_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "member"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sign_in_session" ADD CONSTRAINT "sign_in_session_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "member"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "client_redirect_uri" ADD CONSTRAINT "client_redirect_uri_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "client"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "client_secret" ADD CONSTRAINT "client_secret_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "client"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "authorization_request" ADD CONSTRAINT "authorization_request_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "client"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "team_member" ADD CONSTRAINT "team_member_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "team_member" ADD CONSTRAINT "team_member_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "member"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "service_user" ADD CONSTRAINT "service_user_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "connection" ADD CONSTRAINT "connection_team_id_service_user_id_fkey" FOREIGN KEY ("team_id", "service_user_id") REFERENCES "service_user"("team_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "token" ADD CONSTRAINT "token_team_id_service_user_id_fkey" FOREIGN KEY ("team_id", "service_user_id") REFERENCES "service_user"("team_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "token" ADD CONSTRAINT "token_team_id_connection_id_fkey" FOREIGN KEY ("team_id", "connection_id") REFERENCES "connection"("team_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_team_id_group_id_fkey" FOREIGN KEY ("team_id", "group_id") REFERENCES "directory_group"("team_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_team_id_user_id_fkey" FOREIGN KEY ("team_id", "user_id") REFERENCES "directory_user"("team_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "nested_group" ADD CONSTRAINT "nested_group_team_id_group_id_fkey" FOREIGN KEY ("team_id", "group_id") REFERENCES "directory_group"("team_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "nested_group" ADD CONSTRAINT "nested_group_team_id_member_group_id_fkey" FOREIGN KEY ("team_id", "member_group_id") REFERENCES "directory_group"("team_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "unresolved_member" ADD CONSTRAINT "unresolved_member_team_id_group_id_fkey" FOREIGN KEY ("team_id", "group_id") REFERENCES "directory_group"("team_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "role" ADD CONSTRAINT "role_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "role_grant" ADD CONSTRAINT "role_grant_team_id_role_id_fkey" FOREIGN KEY ("team_id", "role_id") REFERENCES "role"("team_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "role_grant" ADD CONSTRAINT "role_grant_team_id_group_id_fkey" FOREIGN KEY ("team_id", "group_id") REFERENCES "directory_group"("team_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "role_rule" ADD CONSTRAINT "role_rule_team_id_role_id_fkey" FOREIGN KEY ("team_id", "role_id") REFERENCES "role"("team_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "extension_schema" ADD CONSTRAINT "extension_schema_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- What Prisma's schema cannot say ------------------------------------------------------------------------------------

CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gin;

-- emails.value eq "…": an array containment that an index answers.
CREATE INDEX "directory_user_email_keys_idx" ON "directory_user" USING gin ("team_id", "email_keys");
-- co and ew on userName, displayName and emails, and the search box: trigrams over one lower-cased text.
CREATE INDEX "directory_user_search_idx" ON "directory_user" USING gin ("team_id", "search_text" gin_trgm_ops);
CREATE INDEX "directory_group_search_idx" ON "directory_group" USING gin ("team_id", "name_key" gin_trgm_ops);
-- Deactivated people are few: a small index answers `active eq false` and the page's filter.
CREATE INDEX "directory_user_inactive_idx" ON "directory_user" ("team_id", "seq") WHERE NOT "active";
-- People whom no identity provider manages are few as well.
CREATE INDEX "directory_user_unmanaged_idx" ON "directory_user" ("team_id", "seq") WHERE "managed_by" IS NULL;
CREATE INDEX "directory_group_push_error_idx" ON "directory_group" ("team_id", "push_error_at") WHERE "push_error_at" IS NOT NULL;
-- Refused or failed requests, newest first.
CREATE INDEX "exchange_errors_idx" ON "exchange" ("team_id", "id") WHERE "status" >= 400;

-- Exchanges are partitioned by time through their UUIDv7 ids; partitions live in a schema of their own, are made
-- ahead of time by the server and dropped whole when their retention ends. The default one loses nothing meanwhile.
CREATE SCHEMA IF NOT EXISTS "partitions";
CREATE TABLE "partitions"."exchange_default" PARTITION OF "exchange" DEFAULT;

-- lz4 where this PostgreSQL has it: bodies compress at memory speed.
DO $$ BEGIN
  ALTER TABLE "exchange" ALTER COLUMN "request_body" SET COMPRESSION lz4, ALTER COLUMN "response_body" SET COMPRESSION lz4;
  ALTER TABLE "partitions"."exchange_default" ALTER COLUMN "request_body" SET COMPRESSION lz4, ALTER COLUMN "response_body" SET COMPRESSION lz4;
EXCEPTION WHEN feature_not_supported THEN NULL;
END $$;
