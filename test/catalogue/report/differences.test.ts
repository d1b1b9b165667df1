import { deepEqual, equal, match, ok } from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { toldBetween } from '../../../catalogue/report/differences.ts'
import { duration, longDay, number, pounds } from '../../../catalogue/report/figures.ts'
import { nameOf } from '../../../catalogue/report/names.ts'
import { shortened, valueSaid } from '../../../catalogue/report/values.ts'
import { at, same } from '../../../catalogue/rules/pointers.ts'
import type { Catalogue } from '../../../catalogue/schema/catalogue.ts'
import type { Price } from '../../../catalogue/schema/price.ts'
import { writtenCatalogue } from '../arbitrary.ts'
import { catalogueOf, fixed, offerOf, pathwayOf, referringCatalogue } from '../sample.ts'
import { shippedCatalogue } from '../shipped.ts'

const stones = shippedCatalogue('stepping-stones-2024-25')
/** What is said of a shipped catalogue after a change. */
function saidAfter(change: (document: Catalogue) => void): string[] {
  const after = structuredClone(stones)
  change(after)
  return toldBetween(stones, after).map(({ sentence }) => sentence)
}
const offerIn = ({ offers }: Catalogue, id: string) => {
  const offer = offers.find((entry) => entry.id === id)
  ok(offer)
  return offer
}
const sentences = (before: unknown, after: unknown) => toldBetween(before, after).map(({ sentence }) => sentence)

describe('Sentences about what has changed in a catalogue', () => {
  it('say prices in pounds, hours as hours and days in words', () => {
    deepEqual(
      saidAfter((document) => {
        const silver = offerIn(document, 'silver')
        silver.price = fixed(105_000)
        silver.support = { by: 'unit', leastMinutes: 780, mostMinutes: 840 }
        const twilight = offerIn(document, 'training').options?.[2]
        ok(twilight)
        twilight.price = fixed(38_625)
        document.year.to = '2026-03-31'
      }),
      [
        'Last day: 31 March 2025 → 31 March 2026',
        'Silver package: £1,000 → £1,050',
        'Silver package: hours 12 to 13 → 13 to 14',
        'Training, Twilight, 2 hours: £375 → £386.25',
      ],
    )
  })
  it('say what is new, taken away, renamed and moved', () => {
    deepEqual(
      saidAfter((document) => {
        const { offers } = document
        offerIn(document, 'consultancy').name = 'Advice by the hour'
        offers.splice(1, 1)
        offers.splice(3, 0, offerOf('gold', fixed(170_000), { name: 'Gold' }))
        offers.push(...offers.splice(1, 1))
      }),
      [
        'Bronze package is taken away',
        'Gold is new: £1,700',
        'Consultancy hours is now called “Advice by the hour”',
        'Silver package moves from place 3 to place 8',
      ],
    )
  })
  it('show of a long text what is around the change', () =>
    deepEqual(
      saidAfter((document) => {
        document.intro = document.intro.replace('add packages', 'buy packages')
      }),
      [
        'Introduction: the text changes from “…school has it, you can add packages, hours and training…” to “…school has it, you can buy packages, hours and training…”',
      ],
    ))
  it('say rules with what they take off and when they apply', () => {
    const rule = { id: 'early', name: 'early orders', on: {}, when: {} }
    const document = (discounts: Catalogue['discounts']) => catalogueOf({ offers: [offerOf('a', fixed(1))], discounts })
    const ten = document([{ kind: 'percent', percent: 10, ...rule }])
    deepEqual(sentences(document([]), ten), ['Discount “early orders” is new: 10%'])
    deepEqual(sentences(ten, document([{ kind: 'amount', pence: 5_000, each: 'line', ...rule }])), [
      'Discount “early orders”: 10% → £50 for each line',
    ])
    const threshold = { fact: 'pence', is: 'more-than', value: 50_000 } as const
    const when = { from: '2024-05-01', threshold }
    deepEqual(sentences(ten, document([{ kind: 'percent', percent: 12.5, ...rule, when }])), [
      'Discount “early orders”: 10% → 12.5%',
      'Discount “early orders”: from is set to 1 May 2024',
      'Discount “early orders”: threshold, new: more than £500',
    ])
  })
  it('say which part of a price has changed, and a new form in full', () => {
    const document = (price: Price) => catalogueOf({ offers: [offerOf('a', price, { name: 'Base' })] })
    const byDate = (pence: number): Price => ({
      form: 'by-date',
      first: fixed(50_000),
      later: [{ from: '2024-04-10', price: fixed(pence) }],
    })
    deepEqual(sentences(document(byDate(75_000)), document(byDate(80_000))), ['Base, from 10 April 2024: £750 → £800'])
    deepEqual(sentences(document(fixed(50_000)), document(byDate(75_000))), [
      'Base: £500 → £500, from 10 April 2024 £750',
    ])
    const tiers = (last: number): Price => ({
      form: 'tiers',
      kind: 'graduated',
      unit: 'hour',
      tiers: [
        { from: 1, pence: 5_000 },
        { from: 10, pence: last },
      ],
    })
    deepEqual(sentences(document(tiers(4_500)), document(tiers(4_400))), ['Base, from 10: £45 → £44'])
  })
  it('say what has changed in a pathway by its own names', () => {
    const told = { name: 'Share the request', text: 'May we?', sees: 'The service.', keptFor: 'A year.' }
    const before = referringCatalogue({
      name: 'Twelve weeks',
      eligibility: [{ id: 'area', question: 'Is it here?', pass: 'yes', otherwise: 'No.', turnTo: [] }],
      consent: {
        ...pathwayOf().consent,
        purposes: [{ id: 'share', ...told, asked: 'at-once', releases: true, by: ['carer'] }],
      },
      events: [{ id: 'visit', name: 'Visit made', by: ['practitioner'] }],
      deadlines: [
        {
          id: 'visit',
          name: 'Visit',
          within: 28,
          unit: 'working-days',
          from: { event: 'sent' },
          until: { event: 'recorded', what: 'visit' },
        },
      ],
    })
    const after = structuredClone(before)
    const [pathway] = after.pathways ?? []
    const [question, , carer] = pathway?.parts[0]?.questions ?? []
    const [received] = pathway?.stages ?? []
    const [close] = received?.moves ?? []
    const [deadline] = pathway?.deadlines ?? []
    ok(pathway && question && carer && received && close && deadline)
    question.label = 'Full name'
    question.seenBy = ['panel-member']
    carer.as = 'choice'
    carer.when = { question: 'pupil-name', is: 'yes' }
    pathway.eligibility.push({ id: 'plan', question: 'Is there a plan?', pass: 'no', otherwise: 'Yes.', turnTo: [] })
    pathway.declarations.push({ id: 'known', text: 'The parents know.' })
    pathway.consent.languages.push('cy')
    pathway.consent.in = [{ language: 'cy', asks: 'Gofyn.', no: 'Na.' }]
    close.by = ['coordinator', 'commissioner']
    close.needs = [{ kind: 'consent', purpose: 'share' }, { kind: 'agreement' }]
    deadline.from = { event: 'entered', stage: 'received' }
    deadline.termTime = true
    pathway.stages.push({ ...received, id: 'support', name: 'Support' })
    const halfTerm = { from: '2024-10-28', to: '2024-11-01' }
    after.calendar = {
      terms: [{ id: 'autumn', name: 'Autumn', from: '2024-09-04', to: '2024-12-20', halfTerm }],
      closures: [],
    }
    const said = sentences(before, after)
    deepEqual(said, [
      'Twelve weeks: condition “Is there a plan?” is new',
      'Twelve weeks, The pupil, question “pupil-name”: label “pupil-name” → “Full name”',
      'Twelve weeks, The pupil, question “Full name”: reader panel member is new',
      'Twelve weeks, The pupil, question “carer-name”: kind of answer one line → one of several choices',
      'Twelve weeks, The pupil, question “carer-name”: asked only where, new: “Full name” is answered “yes”',
      'Twelve weeks: declaration “The parents know.” is new',
      'Twelve weeks: language Welsh is new',
      'Twelve weeks: other languages, new: Welsh',
      'Twelve weeks, Received, Close: person commissioner is new',
      'Twelve weeks, Received, Close: what it needs, new: consent to “Share the request”, the agreement to be signed',
      'Twelve weeks, Support is new',
      'Twelve weeks, Visit: counts from the referral is sent → the case comes to “Received”',
      'Twelve weeks, Visit: in term time only is set to yes',
      'Calendar, new: terms Autumn, closures none',
    ])
    const later = structuredClone(after)
    const [term] = later.calendar?.terms ?? []
    ok(term)
    term.to = '2024-12-19'
    later.calendar?.closures.push({ name: 'Snow', from: '2024-12-02', to: '2024-12-03' })
    deepEqual(sentences(after, later), [
      'Autumn: last day 20 December 2024 → 19 December 2024',
      'Closure “Snow” is new',
    ])
  })
  it('say something wherever two catalogues differ, in words alone', () =>
    fc.assert(
      fc.property(writtenCatalogue, writtenCatalogue, (one, other) => {
        const [before, after] = [one, other].map((document): unknown => JSON.parse(JSON.stringify(document)))
        const said = sentences(before, after)
        equal(said.length > 0, !same(before, after))
        for (const sentence of said) {
          ok(sentence.trim().length > 8, sentence)
          ok(!/undefined|\[object|NaN/.test(sentence), sentence)
        }
      }),
      { numRuns: 300 },
    ))
  it('say something of any two documents, however broken', () =>
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.jsonValue({ maxDepth: 4 }), (before, after) => {
        const said = sentences({ ...stones, offers: before }, { ...stones, offers: after })
        equal(said.length > 0, !same(before, after))
      }),
      { numRuns: 300 },
    ))
})

describe('A place in a catalogue', () => {
  it('is named by its things', () => {
    for (const [pointer, name] of [
      ['', 'The catalogue'],
      ['/offers/2/price/pence', 'Silver package › price'],
      ['/offers/2/support', 'Silver package › hours'],
      ['/offers/6/options/2/price', 'Training › Twilight, 2 hours › price'],
      ['/offers/0/gives/2/text', 'Universal support offer › point 3'],
      ['/offers/7/placement/pattern/1/text', 'Referral placement › weeks 3 to 12'],
      ['/year/to', 'Last day'],
      ['/provider/telephone', 'Provider › telephone'],
      ['/area/districts/0', 'District 1'],
    ])
      equal(nameOf(pointer ?? '', stones), name)
  })
  it('says its value as people write it', () => {
    const said = (pointer: string) => valueSaid(at(stones, pointer), pointer, stones)
    equal(said('/offers/2/price/pence'), '£1,000')
    equal(said('/offers/2/price'), '£1,000')
    equal(said('/offers/2/support'), '12 to 13')
    equal(said('/offers/6/options/3/minutes'), '3 hours')
    equal(said('/offers/3/requires'), 'Universal support offer, Silver package')
    equal(said('/year/to'), '31 March 2025')
    equal(valueSaid(undefined, '/offers/2/price', stones), 'nothing')
  })
})

describe('Figures', () => {
  it('are written as an office writes them', () => {
    deepEqual([0, 5, 105_000, 123_456_789, -250].map(pounds), ['£0', '£0.05', '£1,050', '£1,234,567.89', '−£2.50'])
    deepEqual([1, 999, 1_000, 1_234_567, 12.5].map(number), ['1', '999', '1,000', '1,234,567', '12.5'])
    deepEqual([45, 60, 90, 0].map(duration), ['45 minutes', '1 hour', '1 hour 30 minutes', 'no time'])
    deepEqual(['2024-09-10', '2024-01-01', 'soon'].map(longDay), ['10 September 2024', '1 January 2024', 'soon'])
  })
  it('never say two amounts alike', () =>
    fc.assert(fc.property(fc.nat(10 ** 9), fc.nat(10 ** 9), (a, b) => equal(pounds(a) === pounds(b), a === b))))
})

describe('Two texts around their change', () => {
  it('are short, and never alike', () =>
    fc.assert(
      fc.property(fc.lorem({ maxCount: 80 }), fc.lorem({ maxCount: 8 }), fc.nat(500), (text, put, place) => {
        const [before, after] = shortened(text, `${text.slice(0, place)}${put}${text.slice(place)}`)
        ok(before !== after)
        ok(before.length < 150 && after.length < 150)
        match(before, /^“.*”$/)
      }),
      { numRuns: 500 },
    ))
})
