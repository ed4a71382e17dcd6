CREATE TABLE "addresses" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"channel" text NOT NULL,
	"external_id" text NOT NULL,
	"reachable" boolean NOT NULL,
	"last_inbound_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "alerts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"region_id" text,
	"district_id" text,
	"kind" text NOT NULL,
	"person_id" uuid,
	"request_id" uuid,
	"words" "bytea",
	"created_at" timestamp with time zone NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"resolved_at" timestamp with time zone,
	"resolved_by" uuid
);
--> statement-breakpoint
CREATE TABLE "assignments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"request_id" uuid NOT NULL,
	"region_id" text NOT NULL,
	"volunteer_id" uuid NOT NULL,
	"via" text NOT NULL,
	"door_code" "bytea" NOT NULL,
	"wrong_tries" integer NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"end_reason" text
);
--> statement-breakpoint
CREATE TABLE "attachments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"request_id" uuid NOT NULL,
	"region_id" text NOT NULL,
	"kind" text NOT NULL,
	"channel" text NOT NULL,
	"content" "bytea" NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit" (
	"id" uuid PRIMARY KEY NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"region_id" text,
	"actor_id" uuid,
	"act" text NOT NULL,
	"subject_id" uuid,
	"note" jsonb
);
--> statement-breakpoint
CREATE TABLE "consents" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"elder_id" uuid,
	"version" text NOT NULL,
	"text_hash" text NOT NULL,
	"language" text NOT NULL,
	"channel" text NOT NULL,
	"message_id" text NOT NULL,
	"given_at" timestamp with time zone NOT NULL,
	"withdrawn_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "counters" (
	"region_id" text NOT NULL,
	"year" integer NOT NULL,
	"last" integer NOT NULL,
	CONSTRAINT "counters_region_id_year_pk" PRIMARY KEY("region_id","year")
);
--> statement-breakpoint
CREATE TABLE "dialogs" (
	"person_id" uuid NOT NULL,
	"flow" text NOT NULL,
	"run" text NOT NULL,
	"state" "bytea" NOT NULL,
	"active" boolean NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "dialogs_person_id_flow_pk" PRIMARY KEY("person_id","flow")
);
--> statement-breakpoint
CREATE TABLE "digest_runs" (
	"person_id" uuid NOT NULL,
	"day" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "digest_runs_person_id_day_pk" PRIMARY KEY("person_id","day")
);
--> statement-breakpoint
CREATE TABLE "disclosures" (
	"id" uuid PRIMARY KEY NOT NULL,
	"elder_id" uuid NOT NULL,
	"request_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "elders" (
	"id" uuid PRIMARY KEY NOT NULL,
	"region_id" text NOT NULL,
	"district_id" text NOT NULL,
	"person_id" uuid,
	"name" text NOT NULL,
	"home_address" "bytea",
	"phone" "bytea",
	"phone_index" text,
	"agreed" boolean NOT NULL,
	"created_by" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "group_districts" (
	"group_id" uuid NOT NULL,
	"district_id" text NOT NULL,
	CONSTRAINT "group_districts_group_id_district_id_pk" PRIMARY KEY("group_id","district_id")
);
--> statement-breakpoint
CREATE TABLE "groups" (
	"id" uuid PRIMARY KEY NOT NULL,
	"channel" text NOT NULL,
	"chat" text NOT NULL,
	"language" text NOT NULL,
	"active" boolean NOT NULL,
	"bound_by" uuid,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "inbox" (
	"channel" text NOT NULL,
	"external_id" text NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	"parked_for" text,
	CONSTRAINT "inbox_channel_external_id_pk" PRIMARY KEY("channel","external_id")
);
--> statement-breakpoint
CREATE TABLE "invitations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"code_hash" text NOT NULL,
	"region_id" text,
	"district_id" text,
	"cleared" boolean NOT NULL,
	"created_by" uuid,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_by" uuid,
	"used_at" timestamp with time zone,
	CONSTRAINT "invitations_code_hash_unique" UNIQUE("code_hash")
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"id" uuid PRIMARY KEY NOT NULL,
	"dedupe_key" text,
	"channel" text NOT NULL,
	"chat" text NOT NULL,
	"person_id" uuid,
	"body" "bytea",
	"ref" text,
	"edit_ref" text,
	"edit_id" text,
	"resend" boolean NOT NULL,
	"status" text NOT NULL,
	"attempts" integer NOT NULL,
	"next_at" timestamp with time zone NOT NULL,
	"not_before" timestamp with time zone NOT NULL,
	"locked_until" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	"sent_at" timestamp with time zone,
	"failure" text,
	CONSTRAINT "outbox_dedupe_key_unique" UNIQUE("dedupe_key")
);
--> statement-breakpoint
CREATE TABLE "people" (
	"id" uuid PRIMARY KEY NOT NULL,
	"language" text,
	"name" text,
	"phone" "bytea",
	"phone_index" text,
	"created_at" timestamp with time zone NOT NULL,
	"erased_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "relatives" (
	"elder_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"since" timestamp with time zone NOT NULL,
	CONSTRAINT "relatives_person_id_elder_id_pk" PRIMARY KEY("person_id","elder_id")
);
--> statement-breakpoint
CREATE TABLE "requests" (
	"id" uuid PRIMARY KEY NOT NULL,
	"region_id" text NOT NULL,
	"district_id" text NOT NULL,
	"year" integer NOT NULL,
	"number" integer NOT NULL,
	"elder_id" uuid NOT NULL,
	"requester_id" uuid NOT NULL,
	"category" text NOT NULL,
	"route" text NOT NULL,
	"urgency" text NOT NULL,
	"status" text NOT NULL,
	"outcome" text,
	"confirmation" text,
	"details" "bytea",
	"public_words" "bytea",
	"danger" text,
	"created_at" timestamp with time zone NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"posted_at" timestamp with time zone,
	"reopened_at" timestamp with time zone,
	"claimed_at" timestamp with time zone,
	"on_way_at" timestamp with time zone,
	"done_at" timestamp with time zone,
	"closed_at" timestamp with time zone,
	"closed_by" uuid,
	"close_reason" "bytea",
	"rating" integer,
	"rated_at" timestamp with time zone,
	"rating_words" "bytea"
);
--> statement-breakpoint
CREATE TABLE "roles" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"region_id" text,
	"district_id" text,
	"cleared" boolean NOT NULL,
	"granted_by" uuid,
	"granted_at" timestamp with time zone NOT NULL,
	"revoked_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "sent_messages" (
	"ref" text PRIMARY KEY NOT NULL,
	"channel" text NOT NULL,
	"chat" text NOT NULL,
	"external_id" text NOT NULL,
	"sent_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "volunteer_categories" (
	"person_id" uuid NOT NULL,
	"category" text NOT NULL,
	CONSTRAINT "volunteer_categories_person_id_category_pk" PRIMARY KEY("person_id","category")
);
--> statement-breakpoint
CREATE TABLE "volunteer_districts" (
	"person_id" uuid NOT NULL,
	"district_id" text NOT NULL,
	CONSTRAINT "volunteer_districts_person_id_district_id_pk" PRIMARY KEY("person_id","district_id")
);
--> statement-breakpoint
CREATE TABLE "volunteers" (
	"person_id" uuid PRIMARY KEY NOT NULL,
	"region_id" text NOT NULL,
	"status" text NOT NULL,
	"promised_at" timestamp with time zone NOT NULL,
	"decided_by" uuid,
	"decided_at" timestamp with time zone,
	"wanted_request_id" uuid
);
--> statement-breakpoint
CREATE TABLE "playground_chats" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"title" text NOT NULL,
	"bot_member" boolean DEFAULT true NOT NULL,
	"added_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "playground_files" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"mime" text NOT NULL,
	"bytes" integer NOT NULL,
	"body" "bytea"
);
--> statement-breakpoint
CREATE TABLE "playground_members" (
	"chat_id" text NOT NULL,
	"person_id" text NOT NULL,
	"joined_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "playground_members_chat_id_person_id_pk" PRIMARY KEY("chat_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "playground_messages" (
	"id" text PRIMARY KEY NOT NULL,
	"chat_id" text NOT NULL,
	"position" bigint NOT NULL,
	"revision" bigint NOT NULL,
	"author_id" text,
	"kind" text NOT NULL,
	"text" text NOT NULL,
	"details" jsonb NOT NULL,
	"file_id" text,
	"delivered" boolean NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"edited_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "playground_people" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"language" text NOT NULL,
	"phone" text NOT NULL,
	"started" boolean NOT NULL,
	"blocked" boolean DEFAULT false NOT NULL,
	"added_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "playground_sent" (
	"outgoing_id" text PRIMARY KEY NOT NULL,
	"message_id" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "playground_updates" (
	"id" text PRIMARY KEY NOT NULL,
	"chat_id" text NOT NULL,
	"person_id" text NOT NULL,
	"content" jsonb NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"delivered_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "playground_members" ADD CONSTRAINT "playground_members_chat_id_playground_chats_id_fk" FOREIGN KEY ("chat_id") REFERENCES "public"."playground_chats"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "playground_members" ADD CONSTRAINT "playground_members_person_id_playground_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."playground_people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "playground_messages" ADD CONSTRAINT "playground_messages_chat_id_playground_chats_id_fk" FOREIGN KEY ("chat_id") REFERENCES "public"."playground_chats"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "playground_messages" ADD CONSTRAINT "playground_messages_author_id_playground_people_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."playground_people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "playground_messages" ADD CONSTRAINT "playground_messages_file_id_playground_files_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."playground_files"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "playground_sent" ADD CONSTRAINT "playground_sent_message_id_playground_messages_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."playground_messages"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "playground_updates" ADD CONSTRAINT "playground_updates_chat_id_playground_chats_id_fk" FOREIGN KEY ("chat_id") REFERENCES "public"."playground_chats"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "playground_updates" ADD CONSTRAINT "playground_updates_person_id_playground_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."playground_people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "addresses_external" ON "addresses" USING btree ("channel","external_id");--> statement-breakpoint
CREATE INDEX "addresses_person" ON "addresses" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "alerts_waiting" ON "alerts" USING btree ("region_id","created_at") WHERE resolved_at is null;--> statement-breakpoint
CREATE INDEX "alerts_person" ON "alerts" USING btree ("person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "assignments_living" ON "assignments" USING btree ("request_id") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "assignments_volunteer" ON "assignments" USING btree ("volunteer_id","started_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "attachments_request" ON "attachments" USING btree ("request_id");--> statement-breakpoint
CREATE INDEX "audit_subject" ON "audit" USING btree ("subject_id","at");--> statement-breakpoint
CREATE INDEX "audit_at" ON "audit" USING btree ("at");--> statement-breakpoint
CREATE INDEX "consents_person" ON "consents" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "disclosures_elder" ON "disclosures" USING btree ("elder_id","at");--> statement-breakpoint
CREATE INDEX "elders_person" ON "elders" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "elders_phone" ON "elders" USING btree ("phone_index");--> statement-breakpoint
CREATE INDEX "group_districts_district" ON "group_districts" USING btree ("district_id");--> statement-breakpoint
CREATE UNIQUE INDEX "groups_chat" ON "groups" USING btree ("channel","chat");--> statement-breakpoint
CREATE INDEX "inbox_received" ON "inbox" USING btree ("received_at");--> statement-breakpoint
CREATE INDEX "outbox_waiting" ON "outbox" USING btree ("channel","chat","id") WHERE status in ('queued', 'sending');--> statement-breakpoint
CREATE INDEX "outbox_sent" ON "outbox" USING btree ("sent_at") WHERE status not in ('queued', 'sending');--> statement-breakpoint
CREATE INDEX "outbox_person" ON "outbox" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "people_phone" ON "people" USING btree ("phone_index");--> statement-breakpoint
CREATE UNIQUE INDEX "requests_number" ON "requests" USING btree ("region_id","year","number");--> statement-breakpoint
CREATE INDEX "requests_active" ON "requests" USING btree ("region_id","status","category") WHERE status <> 'closed';--> statement-breakpoint
CREATE INDEX "requests_open" ON "requests" USING btree ("region_id","created_at","id") WHERE status = 'open';--> statement-breakpoint
CREATE INDEX "requests_due" ON "requests" USING btree ("region_id","due_at") WHERE status <> 'closed';--> statement-breakpoint
CREATE INDEX "requests_closed" ON "requests" USING btree ("region_id","closed_at") WHERE status = 'closed';--> statement-breakpoint
CREATE INDEX "requests_recent" ON "requests" USING btree ("region_id","created_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "requests_elder" ON "requests" USING btree ("elder_id","created_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "requests_requester" ON "requests" USING btree ("requester_id","created_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "roles_person" ON "roles" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "roles_region" ON "roles" USING btree ("region_id");--> statement-breakpoint
CREATE INDEX "volunteer_districts_district" ON "volunteer_districts" USING btree ("district_id");--> statement-breakpoint
CREATE INDEX "volunteers_region" ON "volunteers" USING btree ("region_id","status");--> statement-breakpoint
CREATE UNIQUE INDEX "playground_messages_revision" ON "playground_messages" USING btree ("revision");--> statement-breakpoint
CREATE UNIQUE INDEX "playground_messages_chat_position" ON "playground_messages" USING btree ("chat_id","position");--> statement-breakpoint
CREATE INDEX "playground_updates_pending" ON "playground_updates" USING btree ("delivered_at","at");