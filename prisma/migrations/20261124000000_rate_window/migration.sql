-- CreateTable
CREATE TABLE "rate_window" (
    "team_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "window_start" BIGINT NOT NULL,
    "taken" INTEGER NOT NULL,

    CONSTRAINT "rate_window_pkey" PRIMARY KEY ("team_id","key")
);
