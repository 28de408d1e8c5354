-- What ended long ago is found by its end and let go of, whatever its team.
CREATE INDEX "token_expires_at_idx" ON "token"("expires_at");

-- The codes of one connection: redeeming one voids the others.
CREATE INDEX "authorization_code_team_id_connection_id_idx" ON "authorization_code"("team_id", "connection_id");

-- A connection's tokens that no newer one replaced: few, beside the hundreds that refreshing leaves behind.
CREATE INDEX "token_newest_idx" ON "token"("team_id", "connection_id", "kind") WHERE "rotated_at" IS NULL;
