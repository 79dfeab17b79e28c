ALTER TABLE "interviews" ADD COLUMN "makes_world_id" uuid;--> statement-breakpoint
CREATE INDEX "interviews_of_user" ON "interviews" USING btree ("user_id","started_at");--> statement-breakpoint
CREATE INDEX "interviews_making" ON "interviews" USING btree ("changed_at") WHERE makes_world_id is not null;--> statement-breakpoint
CREATE INDEX "worlds_owner" ON "worlds" USING btree ("owner_id","created_at");