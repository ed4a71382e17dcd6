/** All tables, as drizzle wants them: the bot's own and those of the playground's platform. */
export * from './playground-schema.ts'
export * from './schema.ts'
