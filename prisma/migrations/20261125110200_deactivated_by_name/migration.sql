-- Deactivated people by the beginning of their userName: without this, everybody of that beginning is looked at.
CREATE INDEX "directory_user_inactive_name_idx" ON "directory_user" ("team_id", "user_name_key") WHERE NOT "active";
