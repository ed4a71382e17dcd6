/** The kinds of help a person can choose, in the order of the two lists that are shown, and where each goes. */
export const categories = [
  { code: 'household', list: 1, route: 'group', urgency: 'soon' },
  { code: 'medical', list: 1, route: 'group', urgency: 'today' },
  { code: 'transport', list: 1, route: 'group', urgency: 'soon' },
  { code: 'care', list: 1, route: 'coordinator', urgency: 'soon' },
  { code: 'company', list: 1, route: 'group', urgency: 'planned' },
  { code: 'repair', list: 1, route: 'group', urgency: 'planned' },
  { code: 'heating', list: 1, route: 'group', urgency: 'today' },
  { code: 'benefits', list: 1, route: 'coordinator', urgency: 'planned' },
  { code: 'other', list: 1, route: 'coordinator', urgency: 'soon' },
  { code: 'legal', list: 2, route: 'coordinator', urgency: 'planned' },
  { code: 'psych', list: 2, route: 'coordinator', urgency: 'soon' },
  { code: 'sign', list: 2, route: 'coordinator', urgency: 'soon' },
  { code: 'digital', list: 2, route: 'group', urgency: 'planned' },
  { code: 'work', list: 2, route: 'coordinator', urgency: 'planned' },
  { code: 'club', list: 2, route: 'coordinator', urgency: 'planned' },
  { code: 'safety', list: 2, route: 'restricted', urgency: 'today' },
  { code: 'complaint', list: 2, route: 'coordinator', urgency: 'planned' },
] as const

export type Category = (typeof categories)[number]['code']
/** `group`: posted for volunteers. `coordinator`: a specialist's queue, never posted. `restricted`: cleared people only. */
export type Route = (typeof categories)[number]['route']

export const urgencies = ['today', 'soon', 'planned'] as const
export type Urgency = (typeof urgencies)[number]

export function routeOf(category: Category): Route {
  return categories.find(entry => entry.code === category)?.route ?? 'coordinator'
}
