-- A user stands in the order of changes once. While the key was the whole row the planner could not know that: it took equal
-- times for chance beside equal ids, expected one row of a million where the tables are joined, and read and sorted all of
-- them to find the last changed fifty.
ALTER TABLE "user_change" RENAME COLUMN "updated_at" TO "changed_at";
ALTER TABLE "user_change" DROP CONSTRAINT "user_change_pkey";
ALTER TABLE "user_change" ADD CONSTRAINT "user_change_pkey" PRIMARY KEY ("team_id", "id");
CREATE INDEX "user_change_team_id_changed_at_id_idx" ON "user_change"("team_id", "changed_at", "id");
ANALYZE "user_change";
