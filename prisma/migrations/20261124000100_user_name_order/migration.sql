-- The users table is sorted by the name it shows: the display name, or the userName where there is none.
CREATE INDEX "directory_user_shown_name_idx" ON "directory_user" ("team_id", (coalesce("display_name_key", "user_name_key")), "id");
