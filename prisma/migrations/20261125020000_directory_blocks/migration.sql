-- AlterTable
ALTER TABLE "directory_block" ADD COLUMN     "upto" BIGINT NOT NULL,
ALTER COLUMN "inactive" DROP NOT NULL,
ALTER COLUMN "inactive" DROP DEFAULT;

-- CreateTable
CREATE UNLOGGED TABLE "list_walk" (
    "team_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "list" TEXT NOT NULL,
    "next_index" INTEGER NOT NULL,
    "after_seq" BIGINT NOT NULL,
    "total" INTEGER NOT NULL,
    "counted_at" TIMESTAMPTZ(3) NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "list_walk_pkey" PRIMARY KEY ("team_id","connection_id","list")
);

-- CreateIndex
CREATE INDEX "list_walk_at_idx" ON "list_walk"("at");

-- A block counts rows that are there for good; whoever deletes one takes it off, whoever switches a user on or off says
-- that the block's deactivated users are to be counted again. The lock keeps a delete and the counting of a new block
-- apart: whichever comes second sees what the first one did. lib/directory/blocks/fold-blocks.ts is the other side.
CREATE FUNCTION "directory_user_left"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(hashtextextended('muster.blocks.User.' || OLD.team_id, 0));
  UPDATE directory_block b SET rows = b.rows - 1,
    inactive = CASE WHEN b.inactive >= 0 THEN b.inactive - CASE WHEN OLD.active THEN 0 ELSE 1 END END
  WHERE b.team_id = OLD.team_id AND b.resource = 'User' AND b.upto > OLD.seq AND b.block = (
    SELECT max(c.block) FROM directory_block c WHERE c.team_id = OLD.team_id AND c.resource = 'User' AND c.block <= OLD.seq);
  RETURN NULL;
END $$;

CREATE FUNCTION "directory_user_switched"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE directory_block b SET inactive = NULL
  WHERE b.team_id = NEW.team_id AND b.resource = 'User' AND b.upto > NEW.seq AND b.inactive IS NOT NULL AND b.block = (
    SELECT max(c.block) FROM directory_block c WHERE c.team_id = NEW.team_id AND c.resource = 'User' AND c.block <= NEW.seq);
  RETURN NULL;
END $$;

CREATE FUNCTION "directory_group_left"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(hashtextextended('muster.blocks.Group.' || OLD.team_id, 0));
  UPDATE directory_block b SET rows = b.rows - 1
  WHERE b.team_id = OLD.team_id AND b.resource = 'Group' AND b.upto > OLD.seq AND b.block = (
    SELECT max(c.block) FROM directory_block c WHERE c.team_id = OLD.team_id AND c.resource = 'Group' AND c.block <= OLD.seq);
  RETURN NULL;
END $$;

CREATE TRIGGER "directory_user_left" AFTER DELETE ON "directory_user"
  FOR EACH ROW EXECUTE FUNCTION "directory_user_left"();
CREATE TRIGGER "directory_user_switched" AFTER UPDATE OF "active" ON "directory_user"
  FOR EACH ROW WHEN (OLD."active" <> NEW."active") EXECUTE FUNCTION "directory_user_switched"();
CREATE TRIGGER "directory_group_left" AFTER DELETE ON "directory_group"
  FOR EACH ROW WHEN (OLD."system" IS NULL) EXECUTE FUNCTION "directory_group_left"();
