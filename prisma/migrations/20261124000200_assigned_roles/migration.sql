-- People to whom the identity provider assigned a role itself: few, and found without reading the others.
CREATE INDEX "directory_user_roles_idx" ON "directory_user" USING gin (("doc" -> 'roles') jsonb_path_ops) WHERE "doc" ? 'roles';
