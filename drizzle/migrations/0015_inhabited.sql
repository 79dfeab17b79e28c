ALTER TABLE "characters" ADD COLUMN "npc_id" uuid;--> statement-breakpoint
CREATE UNIQUE INDEX "characters_npc_unique" ON "characters" USING btree ("home_world_id","npc_id");