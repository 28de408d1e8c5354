-- PostgreSQL gathers statistics of each column again whenever a tenth of a table is new. Of exchanges only the columns of
-- indexes are ever estimated, of users never the document: sorting all the others took most of the time.
DO $$
DECLARE
  partition regclass;
  changes text;
BEGIN
  FOR partition IN SELECT inhrelid FROM pg_inherits WHERE inhparent = '"exchange"'::regclass LOOP
    SELECT string_agg(format('ALTER COLUMN %I SET STATISTICS 0', attname), ', ') INTO changes FROM pg_attribute
      WHERE attrelid = partition AND attnum > 0 AND NOT attisdropped
        AND attname NOT IN ('team_id', 'id', 'connection_id', 'resource_id', 'status');
    EXECUTE format('ALTER TABLE %s %s', partition, changes);
  END LOOP;
END $$;
ALTER TABLE "directory_user" ALTER COLUMN "doc" SET STATISTICS 0, ALTER COLUMN "version" SET STATISTICS 0, ALTER COLUMN "updated_at" SET STATISTICS 0;
