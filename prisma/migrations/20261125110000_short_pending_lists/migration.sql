-- New entries of an inverted index wait in a list, and whoever searches reads that list whole: of the usual 4 MB that was
-- most of what a search cost. Short lists are merged as cheaply, only more often.
DO $$
DECLARE i regclass;
BEGIN
  FOR i IN SELECT c.oid FROM pg_class c JOIN pg_am m ON m.oid = c.relam
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'i' AND m.amname = 'gin'
  LOOP
    EXECUTE format('ALTER INDEX %s SET (gin_pending_list_limit = 128)', i);
    PERFORM gin_clean_pending_list(i);
  END LOOP;
END $$;
