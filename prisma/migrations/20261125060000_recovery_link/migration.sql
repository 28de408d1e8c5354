-- CreateTable
CREATE TABLE "recovery_link" (
    "member_id" UUID NOT NULL,
    "token_hash" TEXT NOT NULL,
    "drops_second_factor" BOOLEAN NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "recovery_link_pkey" PRIMARY KEY ("member_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "recovery_link_token_hash_key" ON "recovery_link"("token_hash");

-- AddForeignKey
ALTER TABLE "recovery_link" ADD CONSTRAINT "recovery_link_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "member"("id") ON DELETE CASCADE ON UPDATE CASCADE;
