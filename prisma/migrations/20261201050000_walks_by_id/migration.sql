-- A list of a group's members goes in the order in which memberships are kept: of their ids, not of their arrival.
-- AlterTable
ALTER TABLE "list_walk" ADD COLUMN     "after_id" UUID,
ALTER COLUMN "after_seq" DROP NOT NULL;
