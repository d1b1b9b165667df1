import type { Letter } from './letter.ts'

/** How an attempt ended. `why` names the trouble without naming anybody. */
export type Delivery =
  | { outcome: 'sent' }
  /** It may work later. */
  | { outcome: 'later'; why: string }
  /** It will never work: the address or the letter is refused. */
  | { outcome: 'never'; why: string }

/** The way out for letters. */
export interface Mailer {
  /** Whether a letter's text is still needed once it is sent, because the place it was sent to is our own outbox page. */
  readonly keepsText: boolean
  /** Sends one letter. `again` where an earlier attempt may have reached the mail service without our hearing of it. Never throws. */
  send(letter: Letter, again: boolean): Promise<Delivery>
}

/** How long a mail service may take to answer, in milliseconds. */
export const MAIL_PATIENCE = 10_000

/** Calls a mail service; a stall, a refused connection or a broken reply is trouble for later. */
export async function attempt(work: (signal: AbortSignal) => Promise<Delivery>, patience: number): Promise<Delivery> {
  const signal = AbortSignal.timeout(patience)
  try {
    return await Promise.race([
      work(signal),
      new Promise<Delivery>((resolve) =>
        signal.addEventListener('abort', () => resolve({ outcome: 'later', why: 'no answer in time' }), { once: true }),
      ),
    ])
  } catch {
    return { outcome: 'later', why: signal.aborted ? 'no answer in time' : 'not reachable' }
  }
}
