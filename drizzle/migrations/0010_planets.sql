CREATE TABLE "planets" (
	"world_id" uuid PRIMARY KEY NOT NULL,
	"planet" bytea NOT NULL,
	"made_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "planets_bounded" CHECK (length("planets"."planet") between 1 and 16777216)
);
--> statement-breakpoint
ALTER TABLE "planets" ADD CONSTRAINT "planets_world_id_worlds_id_fk" FOREIGN KEY ("world_id") REFERENCES "public"."worlds"("id") ON DELETE no action ON UPDATE no action;