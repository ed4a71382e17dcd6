import type { Outcome, Status } from './request.ts'

/** The words that show where a request stands; the bridge of the vocabulary between code and screen. */
export function statusKey(request: {
  status: Status
  outcome: Outcome | null
  postedAt: Date | null
  reopenedAt: Date | null
  onWayAt: Date | null
}): string {
  if (request.status === 'closed')
    return request.outcome === 'fulfilled' ? 'st.done' : `st.${request.outcome}`
  if (request.status === 'done') return 'st.wait'
  if (request.status === 'claimed') return request.onWayAt ? 'st.onway' : 'st.claimed'
  if (request.reopenedAt) return 'st.reopened'
  return request.postedAt ? 'st.search' : 'st.new'
}
