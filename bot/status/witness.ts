import type { ChannelName, FailureReason, SendResult } from '../channel.ts'

/** What the process tells of its own work, in words from short lists: no ids, nothing of a person. */
export type Happening =
  /** One inbound message: `seen` came before, `refused` could not be written down and must be brought again. */
  | { what: 'message'; channel: ChannelName; outcome: 'taken' | 'seen' | 'parked' | 'refused'; ms: number }
  | { what: 'claim'; channel: ChannelName; outcome: ClaimOutcome }
  /** One try to send, and what the platform said. */
  | { what: 'sent'; channel: ChannelName; result: Exclude<SendResult['status'], 'failed'> | FailureReason }
  /** A message that nobody will try again. */
  | { what: 'givenUp'; channel: ChannelName }
  /** What the platform said later of a message it had accepted. */
  | { what: 'reported'; channel: ChannelName; state: 'delivered' | 'read' | 'failed' }
  /** A request or a call should have reached a coordinator, and there is none whom it could reach. */
  | { what: 'unheard' }
  /** `outage`: it failed because the database was away. */
  | { what: 'job'; job: string; outcome: 'done' | 'failed' | 'outage'; ms: number }
  /** The database did not do what it was asked. */
  | { what: 'outage'; code?: string | undefined }

/** `won`: it is theirs. `taken`: somebody was faster. `gone`: it is closed. `refused`: they may not. */
export type ClaimOutcome = 'won' | 'taken' | 'gone' | 'refused'

export type Witness = (happening: Happening) => void
