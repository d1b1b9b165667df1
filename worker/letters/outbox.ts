import type { Mailer } from './mailer.ts'

/** Development's mailer: marked as sent, a letter shows on the outbox page. The mark is the sending, so each shows exactly once. */
export const outbox: Mailer = {
  keepsText: true,
  send: async () => ({ outcome: 'sent' }),
}
