import { expect } from 'chai'
import { reportOn } from '../../catalogue/report.ts'
import { keysOf } from '../../catalogue/rules/pointers.ts'
import { type Catalogue, catalogue as schema } from '../../catalogue/schema/catalogue.ts'
import { DraftDocument } from '../../components/console/catalogue/document/draft-document.ts'
import { at, type Json, put } from '../../components/console/catalogue/document/places.ts'
import { written } from '../../components/console/catalogue/document/written.ts'
import {
  addedTo,
  chosenForm,
  copied,
  moved,
  pricedBy,
  renamed,
  ticked,
  typedInto,
  withId,
  withOffer,
} from '../../components/console/catalogue/form/changes.ts'
import {
  minutesFrom,
  minutesShown,
  numberFrom,
  penceFrom,
  penceShown,
} from '../../components/console/catalogue/form/figures.ts'
import { withPathway } from '../../components/console/catalogue/form/pathway-start.ts'
import { idFrom, type Named, nameables, namings } from '../../components/console/catalogue/form/references.ts'
import { allParts, partFor, propertiesOf, variantsOf, whole } from '../../components/console/catalogue/form/schema.ts'
import {
  offerParts,
  pathwayParts,
  placeOfPointer,
  sections,
  whereOf,
} from '../../components/console/catalogue/form/sections.ts'
import { choicesOf, hasWords } from '../../components/console/catalogue/form/words.ts'

const shipped = async (name: string): Promise<Json> => (await fetch(`/catalogue/providers/${name}.json`)).json()
const names = [
  'stepping-stones-2024-25',
  'stepping-stones-2019-20',
  'golden-hill-2019-20',
  'school2school-norfolk-2015-16',
  'bridge-2020-21',
  'sedis-2024-25',
]
const [latest] = await Promise.all(names.map(shipped))
if (!latest) throw new Error('The shipped catalogues are missing')

describe('The form’s words', () => {
  it('name every part of the schema, and every choice in it', () => {
    const parts = allParts()
    expect(parts.length).to.be.greaterThan(150)
    expect(parts.filter((part) => !hasWords(part)).map(({ role }) => role)).to.deep.equal([])
    const choices = parts.flatMap((part) =>
      [...(part.node.enum ?? []), ...variantsOf(part).map(({ word }) => word)]
        .filter((word) => !choicesOf(part)[word])
        .map((word) => `${part.role}: ${word}`),
    )
    // What an entry of a list of ticks is called stands at the list.
    expect(choices.filter((choice) => !/\/(class|kinds)\/\*: /.test(choice))).to.deep.equal([])
  })

  it('put every key of the document on one page, and every key of an offer under one heading', () => {
    const keys = propertiesOf(whole).map(({ key }) => key)
    expect(sections.flatMap((section) => section.keys).toSorted()).to.deep.equal(keys.toSorted())
    const offer = partFor('/offers/0', latest)
    expect(
      offer &&
        propertiesOf(offer)
          .map(({ key }) => key)
          .toSorted(),
    ).to.deep.equal(offerParts.flatMap((part) => part.keys).toSorted())
    const pathway = partFor('/pathways/0', latest)
    expect(
      pathway &&
        propertiesOf(pathway)
          .map(({ key }) => key)
          .toSorted(),
    ).to.deep.equal(pathwayParts.flatMap((part) => part.keys).toSorted())
  })

  it('lead from every place in a pathway to the page that it stands on, and back', () => {
    for (const [pointer, where] of [
      ['/pathways', 'pathways'],
      ['/pathways/0', '/pathways/0/name'],
      ['/pathways/1/notices/0', '/pathways/1/name'],
      ['/pathways/1/stages/0/moves/1/to', '/pathways/1/stages'],
      ['/pathways/1/retention/why', '/pathways/1/letters'],
      ['/calendar/terms/0/from', 'calendar'],
      ['/offers/2/price', '/offers/2'],
    ] as const)
      expect(whereOf(placeOfPointer(pointer)), pointer).to.equal(where)
  })
})

describe('Money and hours as people type them', () => {
  it('become whole pence', () => {
    const read: [string, number | string | undefined][] = [
      ['1,050', 105_000],
      ['£1,050.50', 105_050],
      ['1050.5', 105_050],
      ['.5', 50],
      ['0', 0],
      ['free', 0],
      ['  £ 12 ', 1_200],
      ['19.99', 1_999],
      ['', undefined],
      ['1,05', '1,05'],
      ['1.050', '1.050'],
      ['-5', '-5'],
      ['ten', 'ten'],
      ['1e3', '1e3'],
      ['.', '.'],
    ]
    for (const [typed, kept] of read) expect(penceFrom(typed), typed).to.equal(kept)
    expect(penceShown(105_050)).to.equal('1,050.50')
    expect(penceShown(105_000)).to.equal('1,050')
    expect(penceShown('ten')).to.equal('ten')
  })

  it('become whole minutes, and are shown as hours again', () => {
    const read: [string, number | string | undefined][] = [
      ['12', 720],
      ['12.5', 750],
      ['1:30', 90],
      ['1h 30', 90],
      ['1½', 90],
      ['90 minutes', 90],
      ['2 hours', 120],
      ['.5', 30],
      ['', undefined],
      ['a day', 'a day'],
    ]
    for (const [typed, kept] of read) expect(minutesFrom(typed), typed).to.equal(kept)
    for (const minutes of [0, 15, 60, 85, 90, 720, 780, 6_000])
      expect(minutesFrom(minutesShown(minutes))).to.equal(minutes)
  })

  it('read other numbers with their commas and percent signs', () => {
    expect(numberFrom('1,200')).to.equal(1_200)
    expect(numberFrom('17.5 %')).to.equal(17.5)
    expect(numberFrom('1.2.3')).to.equal('1.2.3')
  })
})

describe('A price that takes another form', () => {
  const forms = variantsOf(partFor('/offers/0/price', latest) ?? whole).map(({ word }) => word)

  it('keeps its amount in every form that has one', () => {
    expect(forms.length).to.equal(17)
    for (const form of forms) {
      const next = chosenForm(latest, '/offers/2/price', form)
      const price = at(next, '/offers/2/price')
      expect(JSON.stringify(price), form).to.contain(`"form":"${form}"`)
      if (!['free', 'on-request', 'counted', 'joining', 'by-date', 'by-holding', 'by-area', 'by-class'].includes(form))
        expect(JSON.stringify(price), form).to.contain('100000')
    }
  })

  it('goes into a choice of prices and comes out of it again', () => {
    for (const form of ['by-date', 'by-holding', 'by-area', 'by-class', 'joining']) {
      const inside = chosenForm(latest, '/offers/2/price', form)
      expect(at(chosenForm(inside, '/offers/2/price', 'fixed'), '/offers/2/price'), form).to.deep.equal({
        form: 'fixed',
        pence: 100_000,
      })
    }
  })

  it('becomes a price for each length or size and one price again', () => {
    const options = pricedBy(latest, '/offers/2', 'options')
    expect(at(options, '/offers/2/price')).to.equal(undefined)
    expect(at(options, '/offers/2/options/0/price/pence')).to.equal(100_000)
    expect(schema.safeParse(options).success).to.equal(true)
    expect(at(pricedBy(options, '/offers/2', 'price'), '/offers/2/price/pence')).to.equal(100_000)
  })
})

describe('A change of the document', () => {
  it('writes a shipped catalogue as its file has it, apart from where lines are folded', () => {
    for (const name of names) expect(JSON.parse(written(latest)), name).to.deep.equal(latest)
  })

  it('leaves everything beside the way there the same object', () => {
    const next = typedInto(latest, '/offers/2/price/pence', 'money', '1,050')
    expect(at(next, '/offers/2/price/pence')).to.equal(105_000)
    expect(at(next, '/offers/1')).to.equal(at(latest, '/offers/1'))
    expect(at(latest, '/offers/2/price/pence')).to.equal(100_000)
  })

  it('keeps what cannot be read as it was typed, and takes an emptied optional field away', () => {
    expect(at(typedInto(latest, '/offers/2/price/pence', 'money', '1,05'), '/offers/2/price/pence')).to.equal('1,05')
    const suits = typedInto(latest, '/offers/2/suits', 'text', '')
    expect(Object.keys(at(suits, '/offers/2') ?? {})).not.to.contain('suits')
    expect(at(typedInto(latest, '/offers/2/summary', 'text', ''), '/offers/2/summary')).to.equal('')
  })

  it('adds an offer that the schema accepts, beside its like', () => {
    const { document, pointer } = withOffer(latest, {
      name: 'Gold package',
      kind: 'package',
      summary: 'More.',
      pence: 170_000,
    })
    expect(pointer).to.equal('/offers/5')
    const { data } = schema.safeParse(document)
    expect(data?.offers[5]).to.include({ id: 'gold-package', name: 'Gold package' })
    expect(data?.offers[5]?.requires).to.deep.equal([{ offer: 'universal', how: 'added' }])
  })

  it('copies an offer under a name of its own, and moves one', () => {
    const { document, pointer } = copied(latest, '/offers', 2)
    expect(at(document, `${pointer}/id`)).to.equal('silver-package-copy')
    expect(schema.safeParse(document).success).to.equal(true)
    expect(at(moved(latest, '/offers/2', -1).document, '/offers/1/id')).to.equal('silver')
  })

  it('lets what names an offer follow its new short name', () => {
    expect(namings(latest, 'offer', 'silver')).to.deep.equal(['/offers/3/requires/1/offer'])
    const next = withId(latest, '/offers/2/id', 'platinum')
    expect(at(next, '/offers/3/requires/1/offer')).to.equal('platinum')
  })

  it('lets what names a stage or a question follow its new short name, in its own pathway alone', () => {
    const [one, other] = ['/pathways/0', '/pathways/1']
    const named = (pathway: string, id: string): Json => {
      const stage = (name: string, to: string): Json => ({ id: name, name, moves: [{ id: 'on', name: 'On', to }] })
      const choices: Json = [
        { id: 'red', name: 'Red' },
        { id: 'blue', name: 'Blue' },
      ]
      const asked = (question: string): Json => ({ id: `${question}-why`, as: 'line', when: { question, is: 'red' } })
      const questions: Json = [
        { id, as: 'choice', choices },
        { id: 'other', as: 'choice', choices },
        asked(id),
        asked('other'),
      ]
      return { id: pathway, stages: [stage(id, 'end'), stage('end', id)], parts: [{ id: 'part', questions }] }
    }
    const document = put(put(latest ?? null, one, named('one', 'shared')), other, named('other', 'shared'))
    const stage = withId(document, `${one}/stages/0/id`, 'renamed')
    expect(at(stage, `${one}/stages/1/moves/0/to`)).to.equal('renamed')
    expect(at(stage, `${other}/stages/1/moves/0/to`)).to.equal('shared')
    const question = withId(document, `${one}/parts/0/questions/0/id`, 'renamed')
    expect(at(question, `${one}/parts/0/questions/2/when/question`)).to.equal('renamed')
    expect(at(question, `${other}/parts/0/questions/2/when/question`)).to.equal('shared')
    const answer = withId(document, `${one}/parts/0/questions/0/choices/0/id`, 'green')
    expect(at(answer, `${one}/parts/0/questions/2/when/is`)).to.equal('green')
    expect(at(answer, `${one}/parts/0/questions/3/when/is`)).to.equal('red')
  })

  it('offers of a pathway what can be named there, and nothing by itself', () => {
    const names = (named: Named, pointer: string) => nameables(latest, named, pointer).map(({ value }) => value)
    const idsAt = (list: string) => (at(latest, list) as Json[]).map((entry) => String(at(entry, '/id')))
    expect(names('stage', '/pathways/1/stages/0/moves/0/to')).to.deep.equal(idsAt('/pathways/1/stages'))
    expect(names('purpose', '/pathways/1/stages/0/moves/0/needs/0/purpose')).to.deep.equal(
      idsAt('/pathways/1/consent/purposes'),
    )
    const document: Json = {
      pathways: [
        {
          parts: [
            {
              questions: [
                { id: 'line', as: 'line' },
                { id: 'sure', as: 'yes-no' },
                { id: 'why', as: 'yes-no', when: { question: 'sure', is: '' } },
              ],
            },
          ],
        },
      ],
    }
    const when = '/pathways/0/parts/0/questions/2/when'
    expect(nameables(document, 'question', `${when}/question`).map(({ value }) => value)).to.deep.equal(['sure'])
    expect(nameables(document, 'answer', `${when}/is`).map(({ name }) => name)).to.deep.equal(['Yes', 'No'])
  })

  it('keeps a list that has to be there when its last tick is taken away', () => {
    const pointer = '/pathways/1/parts/0/questions/0/seenBy'
    const none = ['practitioner', 'panel-member', 'commissioner'].reduce(
      (document, word) => ticked(document, pointer, word, false),
      latest as Json,
    )
    expect(at(none, pointer)).to.deep.equal([])
    expect(at(ticked(latest as Json, '/offers/0/districts', '1', false), '/offers/0/districts')).to.equal(undefined)
  })

  it('begins a pathway that lacks its words and nothing else', () => {
    const { document, pointer } = withPathway(latest as Json)
    const named = { id: 'visits', name: 'Visits', summary: 'Day visits.', afterwards: ['You hear from us.'] }
    const consent = { asks: 'We ask you.', no: 'No is fine.' }
    const [share] = at(document, `${pointer}/consent/purposes`) as Json[]
    const told = { text: 'May we?', sees: 'The service.', keptFor: 'A year.' }
    const filled = [
      ...Object.entries(named).map(([key, value]) => [key, value] as const),
      ...Object.entries(consent).map(([key, value]) => [`consent/${key}`, value] as const),
      ['consent/purposes', [{ ...(share as object), ...told }]] as const,
      ['stages/0/about', 'We read it.'] as const,
      ['retention/endedMonths', 36] as const,
      ['retention/why', 'The law.'] as const,
    ].reduce<Json>((changed, [key, value]) => put(changed, `${pointer}/${key}`, value as Json), document)
    const { mistakes, warnings } = reportOn(written(filled))
    expect([...mistakes, ...warnings].map((one) => `${one.path} ${one.code}`)).to.deep.equal([])
  })

  it('gives a new pathway and a new page no short name that addresses use', () => {
    const { document, pointer } = withPathway(latest as Json)
    expect(at(document, `${pointer}/id`)).to.equal('new-2')
    const page = addedTo(document, `${pointer}/parts`)
    expect(at(page.document, `${page.pointer}/id`)).to.equal('new-2')
    const renamedTo = renamed(page.document, `${page.pointer}/name`, 'Agreement', true)
    expect(at(renamedTo, `${page.pointer}/id`)).to.equal('agreement-2')
  })

  it('makes short names that the schema accepts out of any name', () => {
    for (const name of ['Gold package', 'Staff meeting, 1½ hours', 'Café “Été”', '—', '  ', 'silver', '日本'])
      expect(idFrom(name, ['silver'])).to.match(/^[a-z0-9]+(-[a-z0-9]+)*$/)
    expect(idFrom('Silver', ['silver'])).to.equal('silver-2')
  })
})

describe('A draft’s document', () => {
  it('takes back what was typed into one field as one change, and makes it again', () => {
    const draft = new DraftDocument(written(latest))
    for (const typed of ['1', '10', '105'])
      draft.change(put(latest, '/offers/2/price/pence', Number(typed)), '/offers/2/price/pence', true)
    draft.settle()
    draft.change(put(draft.document ?? null, '/title', 'Other'), '/title', true)
    expect(draft.undo()).to.equal('/title')
    expect(draft.undo()).to.equal('/offers/2/price/pence')
    expect(draft.document).to.deep.equal(latest)
    expect(draft.canUndo).to.equal(false)
    draft.redo()
    expect(at(draft.document, '/offers/2/price/pence')).to.equal(105)
  })

  it('keeps the last document that could be read while its text cannot', () => {
    const draft = new DraftDocument(written(latest))
    draft.type('{ "offers": [', '')
    expect(draft.isBroken).to.equal(true)
    expect(draft.document).to.deep.equal(latest)
    draft.undo()
    expect(draft.isBroken).to.equal(false)
  })

  it('leaves somebody else’s work where one’s own is taken back', () => {
    const draft = new DraftDocument(written(latest))
    draft.change(put(latest, '/title', 'Mine'), '/title')
    const theirs = (before: Json) => put(before, '/intro', 'Theirs')
    draft.join(written(theirs(draft.document ?? null)), theirs)
    draft.undo()
    expect(at(draft.document, '/intro')).to.equal('Theirs')
    expect(at(draft.document, '/title')).to.equal((latest as unknown as Catalogue).title)
  })

  it('reads every pointer of a shipped catalogue by the schema', async () => {
    for (const name of names) {
      const document = await shipped(name)
      const walk = (value: Json, pointer: string): void => {
        if (keysOf(pointer).at(-1) !== '$schema')
          expect(partFor(pointer, document), `${name} ${pointer}`).not.to.equal(undefined)
        if (Array.isArray(value)) for (const [index, one] of value.entries()) walk(one, `${pointer}/${index}`)
        else if (typeof value === 'object' && value)
          for (const [key, one] of Object.entries(value)) if (key !== '$schema') walk(one, `${pointer}/${key}`)
      }
      walk(document, '')
    }
  })
})
