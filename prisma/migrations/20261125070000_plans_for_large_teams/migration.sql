-- Statements are planned once for whatever team, and a plan outlives the size that a table had when it was made. So the
-- planner is told that a team may be all of a table: naming the team alone never looks like enough to it, and it takes the
-- index that narrows further, on the first day as later. ANALYZE keeps to this; until it has run for the first time the
-- statistics are given here where PostgreSQL takes them (18 and later).
DO $$
DECLARE t text;
BEGIN
  FOR t IN SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attname = 'team_id' AND NOT a.attisdropped
  LOOP
    EXECUTE format('ALTER TABLE %I ALTER COLUMN team_id SET (n_distinct = 1)', t);
    IF current_setting('server_version_num')::int >= 180000 AND NOT EXISTS (
      SELECT 1 FROM pg_stats s WHERE s.schemaname = 'public' AND s.tablename = t AND s.attname = 'team_id') THEN
      EXECUTE format('SELECT pg_restore_attribute_stats(''schemaname'', ''public'', ''relname'', %L, ''attname'', ''team_id'',
        ''inherited'', false, ''null_frac'', 0::real, ''avg_width'', 16, ''n_distinct'', 1::real)', t);
    END IF;
  END LOOP;
END $$;
