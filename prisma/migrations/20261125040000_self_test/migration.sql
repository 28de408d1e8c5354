-- AlterTable
ALTER TABLE "team" ADD COLUMN     "scratch_until" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "self_test_run" (
    "team_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "started_by" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "alive_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "outcome" TEXT,
    "problem" TEXT,
    "scim_base_url" TEXT,
    "steps" JSONB NOT NULL DEFAULT '[]',

    CONSTRAINT "self_test_run_pkey" PRIMARY KEY ("team_id","id")
);

-- CreateIndex
CREATE INDEX "self_test_run_team_id_connection_id_id_idx" ON "self_test_run"("team_id", "connection_id", "id");
