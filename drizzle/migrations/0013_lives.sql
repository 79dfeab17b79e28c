ALTER TABLE "characters" ADD COLUMN "health" double precision;--> statement-breakpoint
ALTER TABLE "characters" ADD COLUMN "life" json;--> statement-breakpoint
ALTER TABLE "characters" ADD CONSTRAINT "characters_health_not_negative" CHECK ("characters"."health" >= 0);