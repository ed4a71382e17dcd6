/** Drizzle's tables and columns of PostgreSQL; see drizzle.ts for why by this path. */
export * from '../node_modules/drizzle-orm/pg-core/index.cjs'
