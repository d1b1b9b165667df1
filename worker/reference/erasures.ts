import { eraseRequest } from '../../catalogue/wire/erasure.ts'
import { erasedReply, exportReply } from '../erasures/replies.ts'
import type { ConsoleRoute } from './console.ts'

/** What is held about one pupil: given out, and erased. */
export const ERASURES: readonly ConsoleRoute[] = [
  {
    at: 'GET /providers/{provider}/cases/{case}/export',
    id: 'exportPupil',
    does: 'Everything that is held about the pupil of a referral, for an owner to give out; that it was read stands in the record',
    query: {
      others: 'all: the same pupil’s other referrals at this provider too, as far as its people may see them.',
      as: 'page: as a page to read and print, text/html. Without it, JSON.',
    },
    reply: exportReply,
    refuses: ['invalid'],
  },
  {
    at: 'POST /providers/{provider}/cases/{case}/erase',
    id: 'eraseReferral',
    does: 'Erase a referral for good, its key first of all; a line in the ledger and the record are all that is left',
    headers: { 'Idempotency-Key': 'The same again gives the same answer, though the referral is gone.' },
    body: { schema: eraseRequest, example: { reason: 'family-asked' } },
    reply: erasedReply,
    refuses: ['key-reused', 'key-required'],
  },
]
