CREATE TABLE "offers" (
	"channel" text NOT NULL,
	"chat" text NOT NULL,
	"message_id" text NOT NULL,
	"options" "bytea" NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "offers_channel_chat_message_id_pk" PRIMARY KEY("channel","chat","message_id")
);
--> statement-breakpoint
CREATE TABLE "person_merges" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kept_id" uuid NOT NULL,
	"merged_id" uuid NOT NULL,
	"moved" jsonb NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"undone_at" timestamp with time zone
);
--> statement-breakpoint
DROP INDEX "elders_contact";--> statement-breakpoint
DROP INDEX "requests_district_recent";--> statement-breakpoint
DROP INDEX "requests_district_closed";--> statement-breakpoint
ALTER TABLE "addresses" ADD COLUMN "phone" "bytea";--> statement-breakpoint
ALTER TABLE "addresses" ADD COLUMN "phone_index" text;--> statement-breakpoint
ALTER TABLE "assignments" ADD COLUMN "mood" text;--> statement-breakpoint
CREATE INDEX "offers_latest" ON "offers" USING btree ("channel","chat","at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "offers_at" ON "offers" USING btree ("at");--> statement-breakpoint
CREATE INDEX "person_merges_kept" ON "person_merges" USING btree ("kept_id","at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "addresses_phone" ON "addresses" USING btree ("phone_index");--> statement-breakpoint
CREATE INDEX "alerts_request" ON "alerts" USING btree ("request_id");--> statement-breakpoint
CREATE INDEX "assignments_mood" ON "assignments" USING btree ("request_id") WHERE mood is not null;--> statement-breakpoint
CREATE INDEX "relatives_elder" ON "relatives" USING btree ("elder_id");--> statement-breakpoint
CREATE INDEX "sent_messages_at" ON "sent_messages" USING btree ("sent_at");--> statement-breakpoint
CREATE INDEX "elders_contact" ON "elders" USING btree ("district_id",coalesce("last_contact_at", "created_at"),"id","last_contact_at","created_at") WHERE agreed and name <> '';--> statement-breakpoint
CREATE INDEX "requests_district_recent" ON "requests" USING btree ("region_id","district_id","created_at","category","route");--> statement-breakpoint
CREATE INDEX "requests_district_closed" ON "requests" USING btree ("region_id","district_id","closed_at","outcome","confirmation","rating","rated_at","route") WHERE status = 'closed';