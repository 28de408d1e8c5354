-- Every change of a membership changes its group's row, and with an index on when that was, each change left an entry
-- behind in all of the table's indexes. A team's groups are few enough to be asked for their date without one.
-- DropIndex
DROP INDEX "directory_group_team_id_updated_at_id_idx";

-- Room on each page for a row's next versions, so that none of the indexes learns of them (heap-only tuples).
ALTER TABLE "directory_group" SET (fillfactor = 70);
