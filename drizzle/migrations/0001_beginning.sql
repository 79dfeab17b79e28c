CREATE TABLE "accounts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"username" text NOT NULL,
	"password_hash" text NOT NULL,
	"role" text DEFAULT 'user' NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"last_login_at" timestamp (3) with time zone,
	"last_world_id" uuid,
	CONSTRAINT "accounts_role_known" CHECK ("accounts"."role" in ('user', 'admin'))
);
--> statement-breakpoint
CREATE TABLE "characters" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"home_world_id" uuid NOT NULL,
	"world_id" uuid NOT NULL,
	"travels" integer NOT NULL,
	"has_arrived" boolean NOT NULL,
	"name" text NOT NULL,
	"role" text NOT NULL,
	"species" text NOT NULL,
	"appearance" text,
	"description" text,
	"occupation" text,
	"attributes" json,
	"position_x" double precision NOT NULL,
	"position_y" double precision NOT NULL,
	"position_z" double precision NOT NULL,
	"orientation_x" double precision NOT NULL,
	"orientation_y" double precision NOT NULL,
	"orientation_z" double precision NOT NULL,
	"is_flying" boolean NOT NULL,
	"stamina" double precision,
	"created_at" timestamp (3) with time zone NOT NULL,
	"last_played_at" timestamp (3) with time zone,
	"point" geometry(PointZ) GENERATED ALWAYS AS (st_makepoint(position_x, position_y, position_z)) STORED NOT NULL,
	CONSTRAINT "characters_role_known" CHECK ("characters"."role" in ('player', 'watcher', 'admin')),
	CONSTRAINT "characters_travels_counted" CHECK ("characters"."travels" >= 0),
	CONSTRAINT "characters_stamina_not_negative" CHECK ("characters"."stamina" >= 0)
);
--> statement-breakpoint
CREATE TABLE "events" (
	"position" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "events_position_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"stream" uuid NOT NULL,
	"version" integer NOT NULL,
	"type" text NOT NULL,
	"schema_version" integer NOT NULL,
	"payload" json NOT NULL,
	"metadata" json NOT NULL,
	"recorded_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "events_stream_version_unique" UNIQUE("stream","version"),
	CONSTRAINT "events_version_counted" CHECK ("events"."version" >= 1),
	CONSTRAINT "events_schema_version_counted" CHECK ("events"."schema_version" >= 1)
);
--> statement-breakpoint
CREATE TABLE "leases" (
	"world_id" uuid PRIMARY KEY NOT NULL,
	"owner" text,
	"fence" bigint NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "leases_fence_counted" CHECK ("leases"."fence" >= 1)
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "snapshots" (
	"world_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"hash" text NOT NULL,
	"state" json NOT NULL,
	"recorded_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "snapshots_world_id_version_pk" PRIMARY KEY("world_id","version"),
	CONSTRAINT "snapshots_version_counted" CHECK ("snapshots"."version" >= 0)
);
--> statement-breakpoint
CREATE TABLE "worlds" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"owner_id" uuid,
	"status" text NOT NULL,
	"spec" json NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "worlds_status_known" CHECK ("worlds"."status" in ('active', 'paused', 'generating'))
);
--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_last_world_id_worlds_id_fk" FOREIGN KEY ("last_world_id") REFERENCES "public"."worlds"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "characters" ADD CONSTRAINT "characters_user_id_accounts_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "characters" ADD CONSTRAINT "characters_home_world_id_worlds_id_fk" FOREIGN KEY ("home_world_id") REFERENCES "public"."worlds"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "characters" ADD CONSTRAINT "characters_world_id_worlds_id_fk" FOREIGN KEY ("world_id") REFERENCES "public"."worlds"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "leases" ADD CONSTRAINT "leases_world_id_worlds_id_fk" FOREIGN KEY ("world_id") REFERENCES "public"."worlds"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_accounts_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "snapshots" ADD CONSTRAINT "snapshots_world_id_worlds_id_fk" FOREIGN KEY ("world_id") REFERENCES "public"."worlds"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "worlds" ADD CONSTRAINT "worlds_owner_id_accounts_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "accounts_email_unique" ON "accounts" USING btree (lower("email"));--> statement-breakpoint
CREATE UNIQUE INDEX "accounts_username_unique" ON "accounts" USING btree (lower("username"));--> statement-breakpoint
CREATE UNIQUE INDEX "characters_user_home_unique" ON "characters" USING btree ("user_id","home_world_id");--> statement-breakpoint
CREATE INDEX "characters_world" ON "characters" USING btree ("world_id");--> statement-breakpoint
CREATE INDEX "characters_point" ON "characters" USING gist ("point");--> statement-breakpoint
CREATE INDEX "sessions_user" ON "sessions" USING btree ("user_id");