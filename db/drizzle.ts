/**
 * Drizzle, by its CommonJS build: Node reads the package's own description (180 kB) anew for each of its 250 ES
 * modules, which made up a third of the bot's whole start. The names and types are the same.
 */
export * from '../node_modules/drizzle-orm/index.cjs'
export { readMigrationFiles } from '../node_modules/drizzle-orm/migrator.cjs'
export { drizzle as drizzlePglite } from '../node_modules/drizzle-orm/pglite/index.cjs'
export { migrate as migratePglite } from '../node_modules/drizzle-orm/pglite/migrator.cjs'
export { drizzle as drizzlePostgres } from '../node_modules/drizzle-orm/postgres-js/index.cjs'
export { migrate as migratePostgres } from '../node_modules/drizzle-orm/postgres-js/migrator.cjs'
