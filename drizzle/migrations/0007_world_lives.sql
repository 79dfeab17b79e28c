ALTER TABLE "worlds" ADD COLUMN "name_key" text;--> statement-breakpoint
ALTER TABLE "worlds" ADD COLUMN "clock" json;--> statement-breakpoint
ALTER TABLE "worlds" ADD COLUMN "log_version" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "worlds" ADD COLUMN "is_asleep" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "worlds" ADD COLUMN "fault" json;--> statement-breakpoint
ALTER TABLE "worlds" ADD COLUMN "is_quarantined" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "worlds" ADD COLUMN "deleted_at" timestamp (3) with time zone;--> statement-breakpoint
UPDATE "worlds" SET "name_key" = lower("name") WHERE "id" IN (
	SELECT DISTINCT ON (lower("name")) "id" FROM "worlds" ORDER BY lower("name"), "created_at", "id"
);--> statement-breakpoint
CREATE UNIQUE INDEX "worlds_name_key_unique" ON "worlds" USING btree ("name_key");--> statement-breakpoint
CREATE INDEX "worlds_awake" ON "worlds" USING btree ("id") WHERE not is_asleep and not is_quarantined and deleted_at is null;--> statement-breakpoint
CREATE INDEX "worlds_created" ON "worlds" USING btree ("created_at","id");
