/** Forms that are worth going on with: their person is asked once whether they want to. */
export const nudgedFlows: readonly string[] = ['intake', 'volunteer']

export const nudgeAfterMinutes = 60

/** Later nobody is reminded: the night, and a day on which they had heard from us already, lie within. */
export const nudgeWithinHours = 36

/** So long a half-finished dialog is kept. */
export const dialogKeptDays = 30
