-- CreateIndex: what one connection did, newest first, however little that is among everything else.
CREATE INDEX "exchange_team_id_connection_id_id_idx" ON "exchange"("team_id", "connection_id", "id");
