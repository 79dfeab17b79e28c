CREATE TABLE "weather_states" (
	"world_id" uuid PRIMARY KEY NOT NULL,
	"fence" bigint NOT NULL,
	"step" integer NOT NULL,
	"origin_step" integer NOT NULL,
	"push_count" integer NOT NULL,
	"state" "bytea" NOT NULL
);
--> statement-breakpoint
ALTER TABLE "weather_states" ADD CONSTRAINT "weather_states_world_id_worlds_id_fk" FOREIGN KEY ("world_id") REFERENCES "public"."worlds"("id") ON DELETE cascade ON UPDATE no action;