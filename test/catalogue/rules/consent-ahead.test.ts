import { deepEqual, equal, ok } from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { ConsentAnswer, ConsentAsk, ConsentHistory } from '../../../catalogue/rules/consent.ts'
import { type AheadFacts, stepAhead, stopsOn } from '../../../catalogue/rules/consent-ahead.ts'
import { addDays, NEVER } from '../../../catalogue/rules/dates.ts'
import type { CaseEvent } from '../../../catalogue/rules/deadline.ts'
import type { Consent } from '../../../catalogue/schema/consent.ts'

const consent: Consent = {
  asks: 'The school asks.',
  no: 'No is fine.',
  purposes: [
    {
      id: 'share',
      name: 'Share',
      text: 'You agree.',
      sees: 'The team.',
      keptFor: 'A year.',
      asked: 'at-once',
      releases: true,
      by: ['carer'],
      lastsDays: 365,
    },
    {
      id: 'support',
      name: 'Support',
      text: 'You agree.',
      sees: 'The team.',
      keptFor: 'A year.',
      asked: 'at-once',
      by: ['carer'],
    },
  ],
  carers: 1,
  languages: [],
  openDays: 30,
}
const SENT = '2024-09-10'
const asked = (number: number, on = SENT, person = 'm', purpose = 'share'): ConsentAsk => ({
  number,
  person,
  purpose,
  each: '',
  on,
})
const said = (number: number, answer: ConsentAnswer['answer'], on = SENT, purpose = 'share'): ConsentAnswer => ({
  ...asked(number, on, 'm', purpose),
  answer,
})
const told = (number: number, of: string, on: string): CaseEvent => ({ number, kind: 'consent', of, on })
const history = (asks: ConsentAsk[], answers: ConsentAnswer[] = []): ConsentHistory => ({
  people: [
    { id: 'm', as: 'carer' },
    { id: 'f', as: 'carer' },
  ],
  asks,
  answers,
})
const ahead = (facts: Partial<AheadFacts>) =>
  stepAhead(consent, { status: 'waiting', heldUntil: NEVER, events: [], history: history([]), ...facts })

describe('What follows in consent by itself', () => {
  it('is that nobody has answered in time, once for the last time that somebody was asked', () => {
    deepEqual(ahead({ history: history([asked(2)]) }), { step: 'unanswered', on: '2024-10-11' })
    const events = [told(3, 'unanswered', '2024-10-11')]
    equal(ahead({ history: history([asked(2)]), events }), undefined)
    const again = history([asked(2), asked(4, '2024-10-15')])
    deepEqual(ahead({ history: again, events }), { step: 'unanswered', on: '2024-11-15' })
    // Whoever is asked for what releases nothing keeps nothing waiting.
    equal(ahead({ history: history([asked(2, SENT, 'm', 'support')]) }), undefined)
  })

  it('is nothing where they have said no, and the other’s silence where one has said yes', () => {
    equal(ahead({ history: history([asked(2)], [said(3, 'refused')]) }), undefined)
    equal(ahead({ history: history([asked(2), asked(4, '2024-09-20')], [said(3, 'refused')]) }), undefined)
    const other = history([asked(2), asked(3, SENT, 'f')], [said(4, 'given')])
    deepEqual(ahead({ history: other }), { step: 'unanswered', on: '2024-10-11' })
  })

  it('is that a yes runs out, thirty days ahead, then on the day after it, and then that the case stops', () => {
    const open = { status: 'open', heldUntil: '2025-09-10', history: history([asked(2)], [said(3, 'given')]) }
    deepEqual(ahead(open), { step: 'runs-out', on: '2025-08-11' })
    const soon = told(5, 'runs-out', '2025-08-11')
    deepEqual(ahead({ ...open, events: [soon] }), { step: 'ran-out', on: '2025-09-11' })
    const events = [soon, told(6, 'ran-out', '2025-09-11')]
    deepEqual(ahead({ ...open, events }), { step: 'stops', on: '2025-10-11' })
    equal(stopsOn(consent, open.heldUntil, events), '2025-10-11')
    // Told late, it gives as many days as told in time.
    equal(stopsOn(consent, open.heldUntil, [told(6, 'ran-out', '2025-09-20')]), '2025-10-20')
    equal(stopsOn(consent, open.heldUntil, []), '2025-10-11')
    // Given anew, it begins anew.
    const anew = { ...open, heldUntil: '2026-09-15', history: history([asked(2)], [said(7, 'given', '2025-09-15')]) }
    deepEqual(ahead({ ...anew, events }), { step: 'runs-out', on: '2026-08-16' })
  })

  it('does not say of a yes for three weeks that it runs out soon, and nothing of one that never does', () => {
    const open = { status: 'open', history: history([asked(2)], [said(3, 'given')]) }
    deepEqual(ahead({ ...open, heldUntil: '2024-10-01' }), { step: 'ran-out', on: '2024-10-02' })
    equal(ahead({ ...open, heldUntil: NEVER }), undefined)
    for (const status of ['draft', 'ended', 'stopped']) equal(ahead({ ...open, status, heldUntil: SENT }), undefined)
  })

  it('comes to its end from any day on, one step after another', () => {
    fc.assert(
      fc.property(fc.integer({ min: -400, max: 800 }), (days) => {
        const open = { status: 'open', heldUntil: '2025-09-10', history: history([asked(2)], [said(3, 'given')]) }
        const events: CaseEvent[] = []
        let today = addDays('2025-09-10', days)
        for (let steps = 0; steps < 4; steps += 1) {
          const next = ahead({ ...open, events })
          ok(next)
          if (next.step === 'stops') return
          today = next.on > today ? next.on : today
          events.push(told(10 + steps, next.step, today))
        }
        throw new RangeError('it never stops')
      }),
    )
  })
})
