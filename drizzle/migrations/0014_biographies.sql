CREATE TABLE "character_events" (
	"character_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"type" text NOT NULL,
	"schema_version" integer NOT NULL,
	"payload" json NOT NULL,
	"metadata" json NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "character_events_character_id_version_pk" PRIMARY KEY("character_id","version"),
	CONSTRAINT "character_events_version_counted" CHECK ("character_events"."version" >= 1),
	CONSTRAINT "character_events_schema_version_counted" CHECK ("character_events"."schema_version" >= 1)
);
--> statement-breakpoint
CREATE TABLE "character_snapshots" (
	"character_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"hash" text NOT NULL,
	"state" json NOT NULL,
	CONSTRAINT "character_snapshots_character_id_version_pk" PRIMARY KEY("character_id","version"),
	CONSTRAINT "character_snapshots_version_counted" CHECK ("character_snapshots"."version" >= 1)
);
--> statement-breakpoint
CREATE TABLE "placements" (
	"world_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"id" text NOT NULL,
	"name" text NOT NULL,
	"x" double precision NOT NULL,
	"y" double precision NOT NULL,
	"z" double precision NOT NULL,
	"point" geometry(PointZ) NOT NULL,
	CONSTRAINT "placements_world_id_kind_id_pk" PRIMARY KEY("world_id","kind","id"),
	CONSTRAINT "placements_kind_known" CHECK ("placements"."kind" in ('character', 'inhabitant', 'thing'))
);
--> statement-breakpoint
DROP INDEX "characters_point";--> statement-breakpoint
ALTER TABLE "characters" ADD COLUMN "log_version" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "character_events" ADD CONSTRAINT "character_events_character_id_characters_id_fk" FOREIGN KEY ("character_id") REFERENCES "public"."characters"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "character_snapshots" ADD CONSTRAINT "character_snapshots_character_id_characters_id_fk" FOREIGN KEY ("character_id") REFERENCES "public"."characters"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "placements" ADD CONSTRAINT "placements_world_id_worlds_id_fk" FOREIGN KEY ("world_id") REFERENCES "public"."worlds"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "placements_point" ON "placements" USING gist ("point" gist_geometry_ops_nd);--> statement-breakpoint
ALTER TABLE "characters" DROP COLUMN "point";--> statement-breakpoint
ALTER TABLE "characters" ADD CONSTRAINT "characters_log_version_counted" CHECK ("characters"."log_version" >= 0);
--> statement-breakpoint
INSERT INTO "character_events" ("character_id", "version", "type", "schema_version", "payload", "metadata", "at")
SELECT "id", 1, 'created', 1,
	json_build_object(
		'character', json_build_object(
			'homeWorldId', "home_world_id", 'worldId', "world_id", 'travels', "travels", 'hasArrived', "has_arrived",
			'name', "name", 'role', "role", 'species', "species",
			'appearance', "appearance", 'description', "description", 'occupation', "occupation", 'attributes', "attributes",
			'position', json_build_object('x', "position_x", 'y', "position_y", 'z', "position_z"),
			'orientation', json_build_object('x', "orientation_x", 'y', "orientation_y", 'z', "orientation_z"),
			'isFlying', "is_flying", 'stamina', "stamina", 'health', "health", 'life', "life"
		),
		'variance', null,
		'bought', json_build_object()
	),
	json_build_object('atMs', round(extract(epoch from "created_at") * 1000)::bigint),
	"created_at"
FROM "characters";
--> statement-breakpoint
UPDATE "characters" SET "log_version" = 1;
