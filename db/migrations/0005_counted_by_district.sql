DROP INDEX "elders_contact";--> statement-breakpoint
DROP INDEX "requests_counted";--> statement-breakpoint
DROP INDEX "requests_district_recent";--> statement-breakpoint
DROP INDEX "requests_district_closed";--> statement-breakpoint
ALTER TABLE "elders" ADD COLUMN "restricted_only" boolean DEFAULT false NOT NULL;--> statement-breakpoint
UPDATE "elders" SET "restricted_only" = true
  WHERE EXISTS (SELECT 1 FROM "requests" WHERE "elder_id" = "elders"."id" AND "route" = 'restricted')
    AND NOT EXISTS (SELECT 1 FROM "requests" WHERE "elder_id" = "elders"."id" AND "route" <> 'restricted');--> statement-breakpoint
CREATE INDEX "elders_contact" ON "elders" USING btree ("district_id",coalesce("last_contact_at", "created_at"),"id","last_contact_at","created_at","restricted_only") WHERE agreed and name <> '';--> statement-breakpoint
CREATE INDEX "requests_counted" ON "requests" USING btree ("district_id","status","route","urgency","due_at","reopened_at","created_at","watch_step") WHERE status <> 'closed';--> statement-breakpoint
CREATE INDEX "requests_district_recent" ON "requests" USING btree ("district_id","created_at","category","route");--> statement-breakpoint
CREATE INDEX "requests_district_closed" ON "requests" USING btree ("district_id","closed_at","outcome","confirmation","rating","rated_at","route") WHERE status = 'closed';