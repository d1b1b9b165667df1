import { deepEqual, equal, ok } from 'node:assert/strict'
import { describe, it } from 'node:test'
import { faultsOf, quoted, school } from './sample.ts'
import { shipped, shippedCatalogue, textOf } from './shipped.ts'

const offerIds = (name: string) => shippedCatalogue(name).offers.map(({ id }) => id)
const offer = (name: string, id: string) => {
  const found = shippedCatalogue(name).offers.find((entry) => entry.id === id)
  ok(found)
  return found
}

describe('The catalogues that ship', () => {
  it('are six, with the offers that others rely on', () => {
    deepEqual(Object.fromEntries(shipped.map((name) => [name, offerIds(name)])), {
      'bridge-2020-21': ['core-place', 'engagement-place'],
      'golden-hill-2019-20': ['universal', 'silver', 'gold', 'training', 'placement'],
      'school2school-norfolk-2015-16': ['pay-as-you-use', 'cluster', 'cluster-hours'],
      'sedis-2024-25': ['outreach', 'in-reach', 'training'],
      'stepping-stones-2019-20': ['universal', 'silver', 'gold', 'training', 'placement'],
      'stepping-stones-2024-25': [
        'universal',
        'bronze',
        'silver',
        'silver-top-up',
        'parent-support',
        'consultancy',
        'training',
        'placement',
      ],
    })
  })
  it('open on their days', () =>
    deepEqual(
      Object.fromEntries(
        shipped.map((name) => {
          const { opensOn, year } = shippedCatalogue(name)
          return [name, [opensOn, year.from, year.to]]
        }),
      ),
      {
        'bridge-2020-21': ['2020-09-01', '2020-09-01', '2021-08-31'],
        'golden-hill-2019-20': ['2019-01-01', '2019-04-01', '2020-03-31'],
        'school2school-norfolk-2015-16': ['2015-04-01', '2015-04-01', '2016-03-31'],
        'sedis-2024-25': ['2024-09-01', '2024-09-01', '2025-08-31'],
        'stepping-stones-2019-20': ['2019-01-01', '2019-04-01', '2020-03-31'],
        'stepping-stones-2024-25': ['2024-03-01', '2024-04-01', '2025-03-31'],
      },
    ))
  it('ask by referral for what a panel gives, and for nothing else', () =>
    deepEqual(
      shipped
        .flatMap((name) =>
          shippedCatalogue(name)
            .offers.filter(({ askedBy }) => askedBy === 'referral')
            .map(({ id }) => id),
        )
        .sort(),
      ['core-place', 'engagement-place', 'in-reach', 'outreach', 'placement', 'placement', 'placement'],
    ))
  it('name only role addresses', () => {
    const addresses = new Set(shipped.flatMap((name) => textOf(name).match(/[\w.+-]+@[\w.-]+\w/g) ?? []))
    deepEqual([...addresses].sort(), [
      'admin@s2ssupport.co.uk',
      'head@steppingstones.lancs.sch.uk',
      'ost@steppingstones.lancs.sch.uk',
    ])
  })
  it('have brand colours on which white text has a contrast of 4.5 to 1 and more', () => {
    for (const name of shipped) {
      const colour = shippedCatalogue(name).provider.colour ?? '#ffffff'
      const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
        const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255
        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
      })
      ok(1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05) >= 4.5, `${name} ${colour}`)
    }
  })
})

describe('Stepping Stones, 2024–25', () => {
  const name = 'stepping-stones-2024-25'
  const document = shippedCatalogue(name)
  const held = { holds: ['universal'] }
  it('prices Silver, a twilight and the universal offer at £1,925, with 12 to 13 hours', () => {
    const quote = quoted(document, 'silver, training.twilight', {
      on: '2024-05-01',
      schools: [school(210, { district: '1' })],
    })
    deepEqual([quote.totalPence, quote.minutes, quote.final], [192_500, { least: 720, most: 780 }, true])
    deepEqual(
      quote.lines.map(({ offer: id, pence, added = false }) => [id, pence, added]),
      [
        ['universal', 55_000, true],
        ['silver', 100_000, false],
        ['training', 37_500, false],
      ],
    )
    deepEqual(
      quote.shares.map(({ pence }) => pence),
      [192_500],
    )
  })
  for (const [basket, pence, least, most] of [
    ['universal', 55_000, 0, 0],
    ['bronze', 65_000, 360, 420],
    ['silver', 100_000, 720, 780],
    ['parent-support', 55_000, 360, 360],
    ['consultancy × 3', 30_000, 180, 180],
    ['silver, silver-top-up', 155_000, 1_140, 1_200],
    ['training.staff-meeting-1h', 21_000, 0, 0],
    ['training.staff-meeting-1h30', 32_500, 0, 0],
    ['training.twilight', 37_500, 0, 0],
    ['training.half-day', 48_500, 0, 0],
    ['training.full-day', 80_000, 0, 0],
  ] as const)
    it(`prices ${basket} at ${pence} pence`, () => {
      const { totalPence, minutes } = quoted(document, basket, held)
      deepEqual([totalPence, minutes], [pence, { least, most }])
    })
  it('adds the universal offer to anything, training alone too', () => {
    for (const basket of ['bronze', 'consultancy', 'training.twilight', 'parent-support', 'placement'])
      equal(quoted(document, basket).lines.find(({ added }) => added)?.offer, 'universal')
  })
  it('sells the universal offer once', () => equal(faultsOf(document, 'universal × 2')[0]?.code, 'quantity-most'))
  it('wants a Silver before its top-up', () => {
    const { missing, final } = quoted(document, 'silver-top-up', held)
    deepEqual([missing, final], [[{ offer: 'silver', for: 'silver-top-up' }], false])
    equal(quoted(document, 'silver-top-up', { holds: ['universal', 'silver'] }).totalPence, 55_000)
  })
  it('states a placement of £3,000 without charging it', () => {
    const { totalPence, conditionalPence } = quoted(document, 'placement', held)
    deepEqual([totalPence, conditionalPence], [0, 300_000])
    const { weeks, pattern, panel } = offer(name, 'placement').placement ?? {}
    deepEqual(
      [
        weeks,
        pattern?.map(({ fromWeek, toWeek, daysHere, daysAtSchool }) => [fromWeek, toWeek, daysHere, daysAtSchool]),
        panel?.often,
      ],
      [
        12,
        [
          [1, 2, 5, 0],
          [3, 12, 4, 1],
        ],
        'every term',
      ],
    )
  })
  it('leaves bespoke training on request', () => equal(quoted(document, 'training.bespoke', held).final, false))
  it('has six topics, five stored lengths and thirteen uses of consultancy', () => {
    deepEqual(
      offer(name, 'training').options?.map(({ minutes }) => minutes),
      [60, 90, 120, 180, 360, undefined],
    )
    deepEqual([offer(name, 'training').topics?.length, offer(name, 'consultancy').uses?.length], [6, 13])
  })
  it('holds network meetings for districts 1 and 4 alone, and serves 1, 2 and 4', () => {
    deepEqual(
      offer(name, 'universal').gives.flatMap(({ districts }) => (districts ? [districts] : [])),
      [['1', '4']],
    )
    deepEqual(
      document.area.districts.map(({ id }) => id),
      ['1', '2', '4'],
    )
    equal(faultsOf(document, 'universal', { schools: [school(1, { district: '6' })] })[0]?.code, 'out-of-area')
  })
})

for (const [name, own, other, provider] of [
  ['stepping-stones-2019-20', '1', '6', 'golden-hill'],
  ['golden-hill-2019-20', '6', '1', 'stepping-stones'],
] as const) {
  describe(`The 2019–20 price list, ${name}`, () => {
    const document = shippedCatalogue(name)
    const held = { holds: ['universal'] }
    it('prices the universal offer at £500 until 31 March 2019 and £750 after', () =>
      deepEqual(
        ['2019-01-01', '2019-03-31', '2019-04-01', '2020-03-31'].map(
          (on) => quoted(document, 'universal', { on }).totalPence,
        ),
        [50_000, 50_000, 75_000, 75_000],
      ))
    for (const [length, full, less] of [
      ['staff-meeting-1h', 20_000, 18_000],
      ['staff-meeting-1h30', 25_000, 22_500],
      ['twilight', 35_000, 31_500],
      ['half-day', 45_000, 40_500],
      ['full-day', 75_000, 67_500],
    ] as const)
      it(`prices ${length} at ${full / 100} pounds, and ${less / 100} with the universal offer`, () => {
        const plain = quoted(document, `training.${length}`)
        deepEqual([plain.totalPence, plain.lines.length], [full, 1])
        const { totalPence, adjustments } = quoted(document, `training.${length}`, held)
        deepEqual([totalPence, adjustments[0]?.why[0]?.code], [less, 'percent-off'])
        equal(quoted(document, `universal, training.${length}`, { on: '2019-03-20' }).totalPence, 50_000 + less)
      })
    it('prices Silver and Gold, adding the universal offer', () => {
      const quote = quoted(document, 'silver, gold', { on: '2019-03-31' })
      deepEqual([quote.totalPence, quote.minutes], [50_000 + 90_000 + 170_000, { least: 2_160, most: 2_160 }])
    })
    it('states a placement of £2,500: 12 weeks of 25 hours, then 3 visits over 6 weeks', () => {
      equal(quoted(document, 'placement', held).conditionalPence, 250_000)
      const { weeks, pattern, stepDown } = offer(name, 'placement').placement ?? {}
      deepEqual([weeks, pattern?.[0]?.hoursAWeek, stepDown?.visits, stepDown?.weeks], [12, 25, 3, 6])
    })
    it('sends the other provider’s districts there', () => {
      quoted(document, 'universal', { schools: [school(1, { district: own })] })
      equal(faultsOf(document, 'universal', { schools: [school(1, { district: other })] })[0]?.servedBy, provider)
    })
    it('leaves bespoke training on request and has six topics', () => {
      equal(quoted(document, 'training.bespoke', held).final, false)
      equal(offer(name, 'training').topics?.length, 6)
    })
    it('takes journal transfers, and invoices from cheque-book schools only', () => {
      deepEqual(
        document.payment.map(({ method }) => method),
        ['journal', 'invoice'],
      )
      ok(document.payment.find(({ method }) => method === 'invoice')?.hint?.includes('cheque-book'))
    })
  })
}

describe('Stepping Stones and Golden Hill, 2019–20', () => {
  it('share prices, while the menu, the address and the letters are Stepping Stones’ alone', () => {
    const [stones, hill] = [shippedCatalogue('stepping-stones-2019-20'), shippedCatalogue('golden-hill-2019-20')]
    deepEqual(
      stones.menus?.map(({ items }) => items.length),
      [13],
    )
    deepEqual(
      stones.offers.map(({ menu }) => menu),
      [undefined, 'support-menu', 'support-menu', undefined, undefined],
    )
    deepEqual(
      [hill.menus, hill.provider.address, hill.provider.telephone, hill.letters.orders, hill.contacts],
      [undefined, undefined, undefined, [], []],
    )
    for (const document of [stones, shippedCatalogue('stepping-stones-2024-25')])
      deepEqual(document.letters.orders, ['head@steppingstones.lancs.sch.uk', 'ost@steppingstones.lancs.sch.uk'])
  })
})

describe('School 2 School Support, Norfolk, 2015–16', () => {
  const document = shippedCatalogue('school2school-norfolk-2015-16')
  for (const [pupils, pence, hours] of [
    [1, 300, 100],
    [999, 299_700, 100],
    [1_000, 300_000, 120],
    [1_999, 599_700, 120],
    [2_000, 600_000, 140],
    [3_000, 900_000, 160],
    [3_999, 1_199_700, 160],
    [4_000, 1_200_000, 180],
    [90_000, 27_000_000, 180],
  ] as const)
    it(`prices a cluster of ${pupils} pupils at ${pence} pence, with up to ${hours} hours`, () => {
      const { totalPence, minutes } = quoted(document, 'cluster', { schools: [school(pupils)] })
      deepEqual([totalPence, minutes], [pence, { least: 0, most: hours * 60 }])
    })
  it('costs the same whenever a cluster joins', () =>
    deepEqual(
      ['2015-04-01', '2016-03-31'].map((on) => quoted(document, 'cluster', { on, schools: [school(999)] }).totalPence),
      [299_700, 299_700],
    ))
  it('shares the price out between three schools to the penny', () => {
    const { shares, totalPence } = quoted(document, 'cluster, cluster-hours', {
      schools: [school(333), school(334), school(332)],
    })
    deepEqual([totalPence, shares.reduce((sum, { pence }) => sum + pence, 0)], [304_200, 304_200])
  })
  it('sells hours at £50, and at £45 to clusters that subscribe', () => {
    deepEqual(
      [quoted(document, 'pay-as-you-use × 2').totalPence, quoted(document, 'pay-as-you-use × 2').minutes],
      [10_000, { least: 120, most: 120 }],
    )
    deepEqual(quoted(document, 'cluster-hours').missing, [{ offer: 'cluster', for: 'cluster-hours' }])
    equal(quoted(document, 'cluster-hours × 2', { holds: ['cluster'] }).totalPence, 9_000)
  })
  it('says the five things that it does not do, and compares with pay as you use', () => {
    equal(document.notProvided.length, 5)
    equal(offer('school2school-norfolk-2015-16', 'cluster').compareWith, 'pay-as-you-use')
  })
})

describe('The Bridge School, 2020–21', () => {
  const document = shippedCatalogue('bridge-2020-21')
  it('has two free core places a term and others on request', () => {
    const { limit, weeks } = offer('bridge-2020-21', 'core-place').placement ?? {}
    deepEqual([limit?.places, limit?.per, weeks, Boolean(limit?.withdrawnBy)], [2, 'school-term', 12, true])
    const quote = quoted(document, 'core-place, engagement-place')
    deepEqual(
      [quote.lines.map(({ pence, conditional }) => [pence, conditional]), quote.final],
      [
        [
          [0, true],
          [null, true],
        ],
        false,
      ],
    )
    equal(faultsOf(document, 'core-place × 3')[0]?.code, 'quantity-most')
  })
})

describe('SEDIS, 2024–25', () => {
  const document = shippedCatalogue('sedis-2024-25')
  it('is free, and gives in-reach only after outreach', () => {
    deepEqual(quoted(document, 'in-reach').missing, [{ offer: 'outreach', for: 'in-reach' }])
    deepEqual([quoted(document, 'training').totalPence, offer('sedis-2024-25', 'training').options], [0, undefined])
    deepEqual(
      ['outreach', 'in-reach'].map((id) => offer('sedis-2024-25', id).placement?.weeks),
      [6, 12],
    )
  })
  it('serves the eight districts of Staffordshire', () => {
    equal(document.area.districts.length, 8)
    quoted(document, 'training', { schools: [school(1, { district: 'cannock-chase' })] })
    equal(faultsOf(document, 'training', { schools: [school(1, { district: '1' })] })[0]?.code, 'out-of-area')
  })
})
