-- An inverted index goes through its columns' entries in their order, and gives up on a row at the first that it lacks. With
-- the team first, all of the team's rows were read for any text; behind the text it is asked of the hits alone.
DROP INDEX "directory_user_search_idx";
CREATE INDEX "directory_user_search_idx" ON "directory_user" USING gin ("search_text" gin_trgm_ops, "team_id")
  WITH (gin_pending_list_limit = 128);
DROP INDEX "directory_group_search_idx";
CREATE INDEX "directory_group_search_idx" ON "directory_group" USING gin ("name_key" gin_trgm_ops, "team_id")
  WITH (gin_pending_list_limit = 128);
