/** How many open claims one volunteer may hold; who has them is not asked for more. */
export const claimsMax = 3
