CREATE TABLE "absences" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"deputy_id" uuid NOT NULL,
	"from_day" text NOT NULL,
	"to_day" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "askings" (
	"request_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "askings_request_id_person_id_pk" PRIMARY KEY("request_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "broadcasts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"region_id" text,
	"district_id" text,
	"audience" text NOT NULL,
	"words" "bytea" NOT NULL,
	"status" text NOT NULL,
	"total" integer NOT NULL,
	"written" integer DEFAULT 0 NOT NULL,
	"cursor" uuid,
	"created_by" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "digest_settings" (
	"person_id" uuid PRIMARY KEY NOT NULL,
	"at_minutes" integer NOT NULL,
	"paused" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE "elder_notes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"elder_id" uuid NOT NULL,
	"region_id" text NOT NULL,
	"request_id" uuid NOT NULL,
	"written_by" uuid NOT NULL,
	"words" "bytea" NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "invitation_uses" (
	"invitation_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "invitation_uses_invitation_id_person_id_pk" PRIMARY KEY("invitation_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "unasked_days" (
	"person_id" uuid NOT NULL,
	"day" text NOT NULL,
	CONSTRAINT "unasked_days_person_id_day_pk" PRIMARY KEY("person_id","day")
);
--> statement-breakpoint
ALTER TABLE "assignments" ADD COLUMN "minutes" integer;--> statement-breakpoint
ALTER TABLE "dialogs" ADD COLUMN "nudged_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "elders" ADD COLUMN "last_contact_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "invitations" ADD COLUMN "kind" text DEFAULT 'coordinator' NOT NULL;--> statement-breakpoint
ALTER TABLE "invitations" ADD COLUMN "uses_max" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "invitations" ADD COLUMN "uses" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "priority" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "wants_news" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "entered_by" uuid;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "merged_into" uuid;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "watch_since" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "watch_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "watch_step" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "erased_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "volunteers" ADD COLUMN "decision_reason" "bytea";--> statement-breakpoint
ALTER TABLE "volunteers" ADD COLUMN "on_duty" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "volunteers" ADD COLUMN "off_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "volunteers" ADD COLUMN "asked_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "absences_person" ON "absences" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "absences_deputy" ON "absences" USING btree ("deputy_id");--> statement-breakpoint
CREATE INDEX "broadcasts_going" ON "broadcasts" USING btree ("created_at") WHERE status = 'going';--> statement-breakpoint
CREATE INDEX "elder_notes_elder" ON "elder_notes" USING btree ("elder_id","created_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "unasked_days_day" ON "unasked_days" USING btree ("day");--> statement-breakpoint
CREATE INDEX "alerts_words" ON "alerts" USING btree ("created_at") WHERE words is not null;--> statement-breakpoint
CREATE INDEX "dialogs_waiting" ON "dialogs" USING btree ("updated_at") WHERE nudged_at is null;--> statement-breakpoint
CREATE INDEX "dialogs_updated" ON "dialogs" USING btree ("updated_at");--> statement-breakpoint
CREATE INDEX "elders_name" ON "elders" USING gin ("region_id",translate(lower("name"), 'әғқңөұүһіёйыэьъ', 'агкноуухиеиие') gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "elders_contact" ON "elders" USING btree ("district_id",coalesce("last_contact_at", "created_at"));--> statement-breakpoint
CREATE INDEX "elders_kept" ON "elders" USING btree (coalesce("last_contact_at", "created_at")) WHERE name <> '';--> statement-breakpoint
CREATE INDEX "requests_counted" ON "requests" USING btree ("region_id","district_id","status","route","urgency","due_at","reopened_at","created_at","watch_step") WHERE status <> 'closed';--> statement-breakpoint
CREATE INDEX "requests_district_recent" ON "requests" USING btree ("region_id","district_id","created_at");--> statement-breakpoint
CREATE INDEX "requests_district_closed" ON "requests" USING btree ("region_id","district_id","closed_at") WHERE status = 'closed';--> statement-breakpoint
CREATE INDEX "requests_elder_active" ON "requests" USING btree ("elder_id") WHERE status <> 'closed';--> statement-breakpoint
CREATE INDEX "requests_watch" ON "requests" USING btree ("watch_at") WHERE watch_at is not null;--> statement-breakpoint
CREATE INDEX "requests_kept" ON "requests" USING btree ("closed_at") WHERE status = 'closed' and erased_at is null;--> statement-breakpoint
CREATE INDEX "sent_messages_named" ON "sent_messages" USING btree ("ref" text_pattern_ops);--> statement-breakpoint
CREATE INDEX "sent_messages_chat" ON "sent_messages" USING btree ("channel","chat");--> statement-breakpoint
INSERT INTO "invitation_uses" SELECT "id", "used_by", "used_at" FROM "invitations" WHERE "used_at" IS NOT NULL;--> statement-breakpoint
UPDATE "invitations" SET "uses" = 1 WHERE "used_at" IS NOT NULL;--> statement-breakpoint
UPDATE "requests" SET "watch_since" = now(), "watch_at" = now() + random() * interval '6 hours' WHERE "status" <> 'closed';--> statement-breakpoint
ALTER TABLE "invitations" DROP COLUMN "used_by";--> statement-breakpoint
ALTER TABLE "invitations" DROP COLUMN "used_at";