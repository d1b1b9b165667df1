import { deepEqual, equal, ok, throws } from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { BANK_HOLIDAYS, BANK_HOLIDAYS_UNTIL } from '../../../catalogue/rules/bank-holidays.ts'
import { addDays } from '../../../catalogue/rules/dates.ts'
import {
  addTermDays,
  addWorkingDays,
  isWorkingDay,
  termOf,
  workingDaysUntil,
} from '../../../catalogue/rules/working-days.ts'
import type { Calendar } from '../../../catalogue/schema/calendar.ts'

const autumn = {
  id: 'autumn',
  name: 'Autumn',
  from: '2024-09-04',
  to: '2024-12-20',
  halfTerm: { from: '2024-10-28', to: '2024-11-01' },
}
const spring = { id: 'spring', name: 'Spring', from: '2025-01-06', to: '2025-04-04' }
const calendar: Calendar = {
  terms: [spring, autumn],
  closures: [{ name: 'Training day', from: '2024-09-16', to: '2024-09-17' }],
}

const anyDay = fc.integer({ min: 0, max: 5_000 }).map((days) => addDays('2015-01-01', days))
const span = (from: string, days: number) => ({ from, to: addDays(from, days) })
const anyCalendar = fc.option(
  fc.record({
    terms: fc.array(
      fc
        .tuple(anyDay, fc.nat(120), fc.nat(20))
        .map(([from, days, off]) => ({ id: 'term', name: 'Term', ...span(from, days), halfTerm: span(from, off) })),
      { maxLength: 6 },
    ),
    closures: fc.array(
      fc.tuple(anyDay, fc.nat(30)).map(([from, days]) => ({ name: 'Closed', ...span(from, days) })),
      { maxLength: 6 },
    ),
  }),
  { nil: undefined },
)

describe('A working day', () => {
  it('is Monday to Friday without bank holidays and closures', () => {
    deepEqual(
      ['2024-09-13', '2024-09-14', '2024-09-15', '2024-09-16', '2024-09-18', '2024-12-25'].map((day) =>
        isWorkingDay(day, calendar),
      ),
      [true, false, false, false, true, false],
    )
    equal(isWorkingDay('2024-09-16'), true)
    equal(isWorkingDay('1969-12-29'), true)
    equal(isWorkingDay('1969-12-28'), false)
  })
  it('in term time is one within a term and outside its half term', () => {
    deepEqual(
      ['2024-09-03', '2024-09-04', '2024-10-28', '2024-11-01', '2024-11-04', '2024-12-23', '2025-04-07'].map((day) =>
        isWorkingDay(day, calendar, true),
      ),
      [false, true, false, false, true, false, false],
    )
    equal(isWorkingDay('2024-08-06', { terms: [], closures: [] }, true), true)
  })
  it('follows from another by counting the first one after it as 1', () => {
    equal(addWorkingDays('2024-09-10', 5), '2024-09-17')
    equal(addWorkingDays('2024-09-10', 5, calendar), '2024-09-19')
    equal(addWorkingDays('2024-09-14', 1), '2024-09-16')
    equal(addWorkingDays('2024-12-24', 1), '2024-12-27')
    equal(addWorkingDays('2019-04-18', 1), '2019-04-23')
    equal(addWorkingDays('2024-09-14', 0), '2024-09-14')
    equal(addTermDays('2024-10-25', 1, calendar), '2024-11-04')
    equal(addTermDays('2024-12-18', 3, calendar), '2025-01-06')
  })
  it('of term is not told where it lies beyond the terms that are known', () => {
    equal(addTermDays('2025-04-03', 1, calendar), '2025-04-04')
    equal(addTermDays('2025-04-03', 2, calendar), undefined)
    equal(addTermDays('2025-04-10', 1, calendar), undefined)
    equal(addTermDays('2024-09-10', 1), undefined)
    equal(addTermDays('2024-09-10', 0), '2024-09-10')
  })
  it('of term is not told over a year whose terms nobody has published', () => {
    const later = { id: 'later', name: 'Later', from: '2026-09-02', to: '2026-12-18' }
    const gap = { ...calendar, terms: [...calendar.terms, later] }
    equal(addTermDays('2025-04-03', 2, gap), undefined)
    equal(addTermDays('2026-09-02', 2, gap), '2026-09-04')
  })
  it('of term that has passed is overdue by the days of term alone', () => {
    equal(workingDaysUntil('2025-01-08', '2024-12-19', calendar, true), -4)
    equal(workingDaysUntil('2025-08-01', '2025-04-03', calendar, true), -1)
  })
  it('is given even where the service never opens again', () => {
    const closed = { terms: [], closures: [{ name: 'Closed', from: '2000-01-01', to: '9999-12-31' }] }
    equal(addWorkingDays('2024-09-10', 5, closed), '9999-12-31')
  })
  it('is left until a deadline, which is overdue from the day after', () => {
    deepEqual(
      ['2024-09-10', '2024-09-12', '2024-09-13', '2024-09-14', '2024-09-16', '2024-09-17'].map((today) =>
        workingDaysUntil(today, '2024-09-13'),
      ),
      [3, 1, 0, -1, -1, -2],
    )
  })
  it('cannot be told of what is no day, nor less than none be counted', () => {
    throws(() => isWorkingDay('2024-02-30'), RangeError)
    throws(() => addWorkingDays('soon', 1), RangeError)
    throws(() => workingDaysUntil('2024-09-10', ''), RangeError)
    throws(() => addWorkingDays('2024-09-10', -1), RangeError)
    throws(() => addWorkingDays('2024-09-10', 1.5), RangeError)
  })
  it('that is so many on is so many off', () =>
    fc.assert(
      fc.property(anyDay, fc.nat(150), anyCalendar, fc.boolean(), (from, count, known, termTime) => {
        const add = termTime ? addTermDays : addWorkingDays
        const to = add(from, count, known)
        fc.pre(to !== undefined)
        equal(workingDaysUntil(from, to, known, termTime), count)
        if (count > 0) ok(isWorkingDay(to, known, termTime))
        ok((add(from, count + 1, known) ?? '9999-12-31') > to)
      }),
    ))
  it('in term time is a working day too, and never comes sooner', () =>
    fc.assert(
      fc.property(anyDay, fc.nat(60), anyCalendar, (day, count, known) => {
        if (isWorkingDay(day, known, true)) ok(isWorkingDay(day, known))
        ok((addTermDays(day, count, known) ?? '9999-12-31') >= addWorkingDays(day, count, known))
      }),
    ))
  it('passes, one for each, as the days go by', () =>
    fc.assert(
      fc.property(anyDay, fc.nat(90), anyCalendar, (from, days, known) => {
        const to = addDays(from, days)
        const counted = Array.from({ length: days }, (_, index) => addDays(from, index + 1))
        equal(workingDaysUntil(from, to, known), counted.filter((day) => isWorkingDay(day, known)).length)
        equal(workingDaysUntil(to, from, known) < 0, days > 0)
      }),
    ))
  it('is found ten thousand times in less than a quarter of a second of the processor', () => {
    const before = process.cpuUsage()
    for (let round = 0; round < 10_000; round += 1) addWorkingDays('2024-09-10', 28, calendar)
    const { user } = process.cpuUsage(before)
    ok(user < 250_000, `${user / 1_000} ms`)
  })
})

describe('A term', () => {
  it('is the one that a day is in, or the next to come', () =>
    deepEqual(
      ['2024-08-01', '2024-09-04', '2024-10-30', '2024-12-20', '2024-12-21', '2025-04-04', '2025-04-05'].map(
        (day) => termOf(day, calendar)?.id,
      ),
      ['autumn', 'autumn', 'autumn', 'autumn', 'spring', 'spring', undefined],
    ))
  it('is no term of a later year while the year between is not published', () => {
    const later = { id: 'later', name: 'Later', from: '2026-09-02', to: '2026-12-18' }
    const gap = { ...calendar, terms: [...calendar.terms, later] }
    deepEqual(
      ['2024-05-01', '2025-04-04', '2025-04-05', '2026-08-20', '2026-09-02'].map((day) => termOf(day, gap)?.id),
      [undefined, 'spring', undefined, undefined, 'later'],
    )
  })
  it('is none where none is known', () => equal(termOf('2024-09-10'), undefined))
})

describe('The bank holidays', () => {
  const weekday = (day: string) => new Date(day).getUTCDay()
  /** Easter Sunday, by the anonymous Gregorian rule. */
  const easter = (year: number): string => {
    const [golden, century, rest] = [year % 19, Math.floor(year / 100), year % 100]
    const leaps = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3)
    const epact = (19 * golden + century - Math.floor(century / 4) - leaps + 15) % 30
    const toSunday = (32 + 2 * (century % 4) + 2 * Math.floor(rest / 4) - epact - (rest % 4)) % 7
    const late = Math.floor((golden + 11 * epact + 22 * toSunday) / 451)
    return addDays(`${year}-03-22`, epact + toSunday - 7 * late)
  }
  const nextMonday = (day: string) => addDays(day, (8 - weekday(day)) % 7)
  const lastMonday = (day: string) => addDays(day, -((weekday(day) + 6) % 7))
  /** Each on its own day, or on the first weekday after it that is free. */
  const moved = (days: string[]): string[] => {
    const kept = days.filter((day) => weekday(day) % 6 !== 0)
    for (const day of days.filter((one) => !kept.includes(one))) {
      let next = day
      while (weekday(next) % 6 === 0 || kept.includes(next)) next = addDays(next, 1)
      kept.push(next)
    }
    return kept
  }
  const once: Record<number, [from: string, to: string[]]> = {
    2020: ['2020-05-04', ['2020-05-08']],
    2022: ['2022-05-30', ['2022-06-02', '2022-06-03', '2022-09-19']],
    2023: ['', ['2023-05-08']],
  }
  const years = Array.from({ length: BANK_HOLIDAYS_UNTIL - 2014 }, (_, index) => 2015 + index)

  it('are those of the law, with the days that were proclaimed', () => {
    for (const year of years) {
      const usual = [
        ...moved([`${year}-01-01`]),
        addDays(easter(year), -2),
        addDays(easter(year), 1),
        nextMonday(`${year}-05-01`),
        lastMonday(`${year}-05-31`),
        lastMonday(`${year}-08-31`),
        ...moved([`${year}-12-25`, `${year}-12-26`]),
      ]
      const [instead, more] = once[year] ?? ['', []]
      deepEqual(
        BANK_HOLIDAYS.filter((day) => day.startsWith(String(year))),
        [...usual.filter((day) => day !== instead), ...more].sort(),
        String(year),
      )
    }
  })
  it('are weekdays in order, none twice, and none beyond the last year that is known', () => {
    deepEqual(BANK_HOLIDAYS, [...new Set(BANK_HOLIDAYS)].sort())
    ok(BANK_HOLIDAYS.every((day) => weekday(day) % 6 !== 0))
    equal(BANK_HOLIDAYS.at(-1)?.slice(0, 4), String(BANK_HOLIDAYS_UNTIL))
  })
})
