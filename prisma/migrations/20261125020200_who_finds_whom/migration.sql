-- CreateIndex: whom one connection manages, however few they are among everybody else.
CREATE INDEX "directory_user_team_id_managed_by_idx" ON "directory_user"("team_id", "managed_by");

-- A family name alone finds thousands among a million; with the given name it finds a person.
-- DropIndex
DROP INDEX "directory_user_team_id_family_name_key_idx";
-- CreateIndex
CREATE INDEX "directory_user_team_id_family_name_key_given_name_key_idx" ON "directory_user"("team_id", "family_name_key", "given_name_key");
