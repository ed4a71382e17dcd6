/** PGlite, by its CommonJS build: the one that drizzle's driver loads as well, so that it is loaded once. */
export { btree_gin } from '../node_modules/@electric-sql/pglite/dist/contrib/btree_gin.cjs'
export { pg_trgm } from '../node_modules/@electric-sql/pglite/dist/contrib/pg_trgm.cjs'
export { NodeFS } from '../node_modules/@electric-sql/pglite/dist/fs/nodefs.cjs'
export { PGlite } from '../node_modules/@electric-sql/pglite/dist/index.cjs'
