CREATE TABLE "projection_documents" (
	"projection" text NOT NULL,
	"key" text NOT NULL,
	"document" json NOT NULL,
	CONSTRAINT "projection_documents_projection_key_pk" PRIMARY KEY("projection","key")
);
--> statement-breakpoint
CREATE TABLE "projections" (
	"name" text PRIMARY KEY NOT NULL,
	"position" bigint NOT NULL,
	CONSTRAINT "projections_position_counted" CHECK ("projections"."position" >= 0)
);
--> statement-breakpoint
ALTER TABLE "projection_documents" ADD CONSTRAINT "projection_documents_projection_projections_name_fk" FOREIGN KEY ("projection") REFERENCES "public"."projections"("name") ON DELETE cascade ON UPDATE no action;