-- An ordinary change of a user (a PUT, a PATCH) alters `doc`, `version` and `updated_at`. As long as no index holds one of
-- them, PostgreSQL writes the row's next version beside the old one and touches none of the table's indexes (heap-only
-- tuples). So the order by last change is kept in a narrow table of its own, and what people are assigned in a column.

-- CreateTable
CREATE TABLE "user_change" (
    "team_id" UUID NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "id" UUID NOT NULL,

    CONSTRAINT "user_change_pkey" PRIMARY KEY ("team_id","updated_at","id")
);

-- A team may be all of this table too (20261125070000_plans_for_large_teams).
ALTER TABLE "user_change" ALTER COLUMN "team_id" SET (n_distinct = 1);
DO $$
BEGIN
  IF current_setting('server_version_num')::int >= 180000 THEN
    PERFORM pg_restore_attribute_stats('schemaname', 'public', 'relname', 'user_change', 'attname', 'team_id',
      'inherited', false, 'null_frac', 0::real, 'avg_width', 16, 'n_distinct', 1::real);
  END IF;
END $$;

INSERT INTO "user_change" ("team_id", "updated_at", "id") SELECT "team_id", "updated_at", "id" FROM "directory_user";

-- DropIndex
DROP INDEX "directory_user_team_id_updated_at_id_idx";

-- DropIndex
DROP INDEX "directory_user_roles_idx";

-- AlterTable
ALTER TABLE "directory_user" ADD COLUMN "assigned_roles" TEXT[];

UPDATE "directory_user" SET "assigned_roles" = ARRAY(SELECT r #>> '{}' FROM jsonb_path_query("doc", 'lax $.roles[*].value') r)
  WHERE "doc" ? 'roles' AND jsonb_path_exists("doc", 'lax $.roles[*].value');

-- People to whom the identity provider assigned a role itself: few, and found without reading the others.
CREATE INDEX "directory_user_assigned_roles_idx" ON "directory_user" USING gin ("assigned_roles") WITH (gin_pending_list_limit = 128)
  WHERE "assigned_roles" IS NOT NULL;

-- Room on each page for a row's next version.
ALTER TABLE "directory_user" SET (fillfactor = 85);
