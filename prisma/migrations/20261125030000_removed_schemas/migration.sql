-- A schema that was removed: what users have stored under it stays, unseen, until it is registered again.
ALTER TABLE "extension_schema" ADD COLUMN "removed_at" TIMESTAMPTZ(3);
