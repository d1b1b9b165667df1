import { deepEqual, equal } from 'node:assert/strict'
import { describe, it } from 'node:test'
import { knownCalendar } from '../../../catalogue/rules/known-calendar.ts'
import { addTermDays, termOf } from '../../../catalogue/rules/working-days.ts'

const term = (id: string, from: string, to: string) => ({ id, name: id, from, to })
const first = {
  opensOn: '2024-09-01',
  calendar: {
    terms: [term('autumn', '2024-09-02', '2024-12-20'), term('summer-2025', '2025-04-28', '2025-07-22')],
    closures: [{ name: 'Training', from: '2025-09-03', to: '2025-09-03' }],
  },
}
const second = {
  opensOn: '2025-06-01',
  calendar: {
    terms: [term('summer-2025', '2025-04-28', '2025-07-25'), term('autumn', '2025-09-01', '2025-12-19')],
    closures: [{ name: 'Move', from: '2025-09-05', to: '2025-09-05' }],
  },
}

describe('What a provider’s catalogues say of the year', () => {
  it('goes on from one to the next, in order, each term once', () => {
    for (const published of [
      [first, second],
      [second, { opensOn: '2023-09-01' }, first],
    ])
      deepEqual(
        knownCalendar(published).terms.map(({ id, to }) => [id, to]),
        [
          ['autumn-2024', '2024-12-20'],
          ['summer-2025', '2025-07-25'],
          ['autumn-2025', '2025-12-19'],
        ],
      )
  })

  it('counts a case that outlives its catalogue by the terms and closures of the next', () => {
    const calendar = knownCalendar([first, second])
    equal(termOf('2025-07-28', calendar)?.id, 'autumn-2025')
    equal(addTermDays('2025-07-24', 5, calendar), '2025-09-08')
    equal(termOf('2025-07-28', knownCalendar([first])), undefined)
  })

  it('is empty where there is none', () => deepEqual(knownCalendar([]), { terms: [], closures: [] }))
})
