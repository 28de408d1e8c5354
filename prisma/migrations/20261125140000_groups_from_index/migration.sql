-- Whoever is shown with their groups has them read from the index alone: the memberships of one person lie all over the table.
-- CreateIndex
CREATE INDEX "membership_team_id_user_id_group_id_idx" ON "membership"("team_id", "user_id", "group_id");

-- DropIndex
DROP INDEX "membership_team_id_user_id_idx";
