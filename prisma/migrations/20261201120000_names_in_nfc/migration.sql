-- Names are compared in NFC from here on, and userNames by PRECIS (RFC 7644 §5): "é" is one letter, however it was typed. Keys
-- of before that hold nothing but ASCII, nearly all, are right as they are.
UPDATE "directory_user" SET
  "display_name_key" = normalize("display_name_key", NFC),
  "given_name_key" = normalize("given_name_key", NFC),
  "family_name_key" = normalize("family_name_key", NFC),
  "email_keys" = ARRAY(SELECT DISTINCT normalize(e, NFC) FROM unnest("email_keys") AS e),
  "search_text" = normalize("search_text", NFC)
WHERE (octet_length("search_text") <> length("search_text")
    OR octet_length(concat("given_name_key", "family_name_key")) <> length(concat("given_name_key", "family_name_key")))
  AND concat("search_text", ' ', "given_name_key", ' ', "family_name_key") IS NOT NFC NORMALIZED;

-- Of several whose names are one now, the first to come has it. The others keep their keys, and the next change of one of them
-- is refused as a name that is taken, which says what to do.
WITH "renewed" AS (
  SELECT "team_id", "id", "seq", "user_name_key" AS "before", (
    SELECT normalize(string_agg(CASE WHEN c BETWEEN U&'\FF01' AND U&'\FFEE' OR c = U&'\3000' THEN normalize(c, NFKC) ELSE c END, '' ORDER BY n), NFC)
    FROM regexp_split_to_table("user_name_key", '') WITH ORDINALITY AS s (c, n)
  ) COLLATE "C" AS "key"
  FROM "directory_user" WHERE octet_length("user_name_key") <> length("user_name_key")
), "first" AS (
  SELECT DISTINCT ON ("team_id", "key") * FROM "renewed" WHERE "key" <> "before" ORDER BY "team_id", "key", "seq"
)
UPDATE "directory_user" u SET "user_name_key" = f."key", "search_text" = replace(u."search_text", normalize(f."before", NFC), f."key")
FROM "first" f WHERE u."team_id" = f."team_id" AND u."id" = f."id"
  AND NOT EXISTS (SELECT 1 FROM "directory_user" o WHERE o."team_id" = f."team_id" AND o."user_name_key" = f."key");

WITH "renewed" AS (
  SELECT DISTINCT ON ("team_id", normalize("name_key", NFC)) "team_id", "id", normalize("name_key", NFC) AS "key"
  FROM "directory_group" WHERE octet_length("name_key") <> length("name_key") AND "name_key" IS NOT NFC NORMALIZED
  ORDER BY "team_id", normalize("name_key", NFC), "seq"
)
UPDATE "directory_group" g SET "name_key" = r."key" FROM "renewed" r WHERE g."team_id" = r."team_id" AND g."id" = r."id"
  AND NOT EXISTS (SELECT 1 FROM "directory_group" o WHERE o."team_id" = r."team_id" AND o."name_key" = r."key");
