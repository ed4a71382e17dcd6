ALTER TABLE "alerts" ADD COLUMN "watch_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "alerts_watch" ON "alerts" USING btree ("watch_at") WHERE watch_at is not null and resolved_at is null;--> statement-breakpoint
UPDATE "alerts" SET "watch_at" = "due_at" WHERE "resolved_at" IS NULL AND "due_at" > now();