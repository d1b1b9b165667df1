import { expect } from 'chai'
import { DraftDocument } from '../../components/console/catalogue/document/draft-document.ts'
import { at, type Json } from '../../components/console/catalogue/document/places.ts'
import { written } from '../../components/console/catalogue/document/written.ts'
import '../../components/console/catalogue/form/draft-form.ts'
import type { OutreachDraftForm } from '../../components/console/catalogue/form/draft-form.ts'
import type { PlaceFault } from '../../components/console/catalogue/form/faults.ts'
import { partFor, variantsOf } from '../../components/console/catalogue/form/schema.ts'
import { pathwayParts, placeOfPointer, sections } from '../../components/console/catalogue/form/sections.ts'
import { wearConsole } from './editor-page.ts'
import { accessibilityFaults, clear, control, fill, nameOf, press, rendered, textOf } from './page.ts'

const shipped = async (name: string): Promise<Json> => (await fetch(`/catalogue/providers/${name}.json`)).json()
const names = [
  'stepping-stones-2024-25',
  'stepping-stones-2019-20',
  'golden-hill-2019-20',
  'school2school-norfolk-2015-16',
  'bridge-2020-21',
  'sedis-2024-25',
]
const latest = await shipped('stepping-stones-2024-25')

async function formAt(pointer: string, document: Json = latest, faults: PlaceFault[] = []) {
  const form = globalThis.document.createElement('outreach-draft-form') as OutreachDraftForm
  const draft = new DraftDocument(written(document))
  form.draft = draft
  form.shown = placeOfPointer(pointer)
  form.faults = new Map(faults.map((fault) => [fault.pointer, fault]))
  const main = globalThis.document.createElement('main')
  const heading = globalThis.document.createElement('h1')
  heading.textContent = 'Draft'
  main.append(heading, form)
  globalThis.document.body.append(main)
  await rendered(form)
  return { form, draft }
}

before(wearConsole)

const field = (form: Element, pointer: string): HTMLInputElement => {
  const found = form.querySelector<HTMLInputElement>(`[id="${pointer}"]`)
  if (!found) throw new Error(`There is no field for ${pointer}`)
  return found
}

describe('The catalogue’s form', () => {
  afterEach(() => clear())

  it('changes a price that is typed in pounds, as one types', async () => {
    const { form, draft } = await formAt('/offers/2')
    await fill(form, 'Price', '£1,050.50')
    expect(at(draft.document, '/offers/2/price/pence')).to.equal(105_050)
    await fill(form, 'Price', '1,05')
    expect(at(draft.document, '/offers/2/price/pence')).to.equal('1,05')
    expect(control(form, 'Price').value).to.equal('1,05')
  })

  it('shows the amount as money again once the field is left', async () => {
    const { form } = await formAt('/offers/2')
    const price = field(form, '/offers/2/price/pence')
    await fill(form, 'Price', '1050.5')
    expect(price.value).to.equal('1050.5')
    price.blur()
    await rendered(form)
    expect(price.value).to.equal('1,050.50')
  })

  it('takes hours as hours', async () => {
    const { form, draft } = await formAt('/offers/2')
    const [least] = [...form.querySelectorAll<HTMLInputElement>('[id$="/leastMinutes"]')]
    expect(least?.value).to.equal('12')
    await fill(form, 'At least', '12.5')
    expect(at(draft.document, '/offers/2/support/leastMinutes')).to.equal(750)
  })

  it('says beside the field what is wrong with it, in its own words', async () => {
    const fault = {
      pointer: '/offers/2/price/pence',
      code: 'whole-pence',
      sentence: 'Write the amount in whole pence.',
    }
    const { form } = await formAt('/offers/2', latest, [fault])
    const price = field(form, '/offers/2/price/pence')
    expect(price.getAttribute('aria-invalid')).to.equal('true')
    const notes = (price.getAttribute('aria-describedby') ?? '').split(' ')
    expect(notes.map((id) => form.querySelector(`[id="${id}"]`)?.textContent)).to.contain(
      'Enter an amount such as 1,050 or 1,050.50.',
    )
  })

  it('offers every form of price, explains it, and shows its fields with labels', async () => {
    const { form, draft } = await formAt('/offers/2')
    for (const { word } of variantsOf(partFor('/offers/2/price', latest) ?? { node: {}, place: '', role: '' })) {
      const select = field(form, '/offers/2/price/form')
      select.value = word
      select.dispatchEvent(new Event('change', { bubbles: true }))
      await rendered(form)
      expect(at(draft.document, '/offers/2/price/form')).to.equal(word)
      expect(form.querySelector('[id="/offers/2/price--meaning"]')?.textContent, word).not.to.equal('')
      for (const one of form.querySelectorAll<HTMLInputElement>('input, select, textarea'))
        expect(nameOf(one), one.id).not.to.equal('')
      draft.undo()
      await rendered(form)
    }
  })

  it('adds an offer with its price, and its short name follows its name until the form is left', async () => {
    const { form, draft } = await formAt('/offers')
    let wanted = ''
    form.addEventListener('outreach-place-wanted', (event) => {
      wanted = (event as CustomEvent<{ pointer: string }>).detail.pointer
    })
    await press(form, 'Add an offer')
    expect(globalThis.document.activeElement?.id).to.equal('new-name')
    await press(form, 'Add it')
    expect(textOf(form)).to.contain('Enter what the offer is called.')
    await fill(form, 'What is it called?', 'Gold')
    await fill(form, 'What is it, in a sentence?', 'More than Silver.')
    await fill(form, 'What does it cost?', '1,700')
    await press(form, 'Add it')
    expect(wanted).to.equal('/offers/5')
    expect(at(draft.document, '/offers/5')).to.include({ id: 'gold', name: 'Gold' })
    form.shown = placeOfPointer(wanted)
    await rendered(form)
    await fill(form, 'Name', 'Gold package')
    expect(at(draft.document, '/offers/5/id')).to.equal('gold-package')
  })

  it('leaves the short name of a known offer alone, and changes it with what names it when asked', async () => {
    const { form, draft } = await formAt('/offers/2')
    await fill(form, 'Name', 'Silver plus')
    expect(at(draft.document, '/offers/2/id')).to.equal('silver')
    await press(form, 'Change the short name')
    expect(textOf(form)).to.contain('One other place names it')
    await fill(form, 'Short name in addresses', 'silver-plus')
    expect(at(draft.document, '/offers/2/id')).to.equal('silver-plus')
    expect(at(draft.document, '/offers/3/requires/1/offer')).to.equal('silver-plus')
  })

  it('moves an offer by its buttons and keeps the focus on it', async () => {
    const { form, draft } = await formAt('/offers')
    await press(form, 'Up Silver package')
    await rendered(form)
    expect(at(draft.document, '/offers/1/id')).to.equal('silver')
    expect(globalThis.document.activeElement?.id).to.equal('/offers/1--up')
  })

  it('takes an offer out, says what names it, and brings it back', async () => {
    const { form, draft } = await formAt('/offers')
    await press(form, 'Remove Silver package')
    await rendered(form)
    expect(textOf(form)).to.contain('Silver package, which one other place names, is taken out')
    expect(globalThis.document.activeElement?.id).to.equal('undo-removal')
    await press(form, 'Bring it back')
    expect(draft.document).to.deep.equal(latest)
  })

  it('adds a part that may be left out and takes it away again', async () => {
    const { form, draft } = await formAt('/offers/2')
    await press(form, 'Limit how many can be bought')
    expect(at(draft.document, '/offers/2/quantity')).to.deep.equal({})
    await press(form, 'Take away: how many can be bought in one order')
    await rendered(form)
    expect(draft.document).to.deep.equal(latest)
    expect(globalThis.document.activeElement?.id).to.equal('/offers/2/quantity--begin')
  })

  it('says in a phrase what each part that may be left out would do', async () => {
    for (const pointer of ['/offers/2', '/offers/7', '/provider', '/discounts']) {
      const { form } = await formAt(pointer)
      for (const button of form.querySelectorAll('button[name="begin"]'))
        expect(button.textContent).to.match(
          /^(Add|Say|Set|Limit|Only|Choose|Let|Spend|Describe|List|Compare) [a-zA-Z’ -]+$/,
        )
      clear()
    }
  })

  it('tells nobody off for a field that was added just now', async () => {
    const fault = { pointer: '/discounts/0/name', code: 'required', sentence: 'Fill this in.' }
    const { form } = await formAt('/discounts')
    await press(form, 'Add a discount')
    form.faults = new Map([[fault.pointer, fault]])
    await rendered(form)
    expect(form.querySelector('.error')).to.equal(null)
    field(form, '/discounts/0/name').focus()
    field(form, '/discounts/0/name').blur()
    await rendered(form)
    expect(form.querySelector('.error')?.textContent).to.equal('Fill this in.')
  })

  it('opens what holds a field and puts the focus there', async () => {
    const { form } = await formAt('/offers/6')
    await form.reveal('/offers/6/options/3/price/pence')
    expect(globalThis.document.activeElement?.id).to.equal('/offers/6/options/3/price/pence')
  })

  it('keeps a line break out of a text, which the schema would refuse', async () => {
    const { form, draft } = await formAt('/year')
    await fill(form, 'Introduction', 'One.\nTwo.')
    expect(at(draft.document, '/intro')).to.equal('One. Two.')
  })

  /** Opens every entry on the page, and what is drawn within it. */
  async function openAll(form: Element): Promise<void> {
    for (let round = 0; round < 5; round += 1) {
      const closed = [...form.querySelectorAll('details')].filter(({ open }) => !open)
      if (closed.length === 0) return
      for (const one of closed) one.open = true
      await new Promise((resolve) => requestAnimationFrame(resolve))
      await rendered(form)
    }
  }

  async function holdsUp(document: Json, places: readonly string[]): Promise<void> {
    const { form } = await formAt(places[0] ?? '', document)
    for (const place of places) {
      form.shown = placeOfPointer(place)
      await rendered(form)
      await openAll(form)
      for (const one of form.querySelectorAll<HTMLInputElement>('input, select, textarea, button'))
        expect(nameOf(one), `${place} ${one.id}`).not.to.equal('')
      expect(await accessibilityFaults(form), place).to.deep.equal([])
    }
  }

  for (const name of names)
    it(`shows every page of ${name}, each control with a label and nothing that axe finds`, async () => {
      const document = await shipped(name)
      const offers = at(document, '/offers')
      await holdsUp(document, [
        ...sections.map(({ keys }) => `/${keys[0] ?? ''}`),
        ...(Array.isArray(offers) ? offers.map((_, index) => `/offers/${index}`) : []),
      ])
    }).timeout(90_000)

  it('shows every page of a pathway, each control with a label and nothing that axe finds', () =>
    holdsUp(
      latest,
      pathwayParts.map(({ keys }) => `/pathways/1/${keys[0] ?? ''}`),
    )).timeout(90_000)
})

describe('A pathway’s form', () => {
  afterEach(() => clear())

  it('is divided into pages, and counts the mistakes of each', async () => {
    const fault = { pointer: '/pathways/1/stages/0/moves/0/to', code: 'unknown-stage', sentence: 'Name a stage.' }
    const { form } = await formAt('/pathways/1/stages', latest, [fault])
    const pages = [...form.querySelectorAll('nav[aria-label="Pages of this pathway"] a')]
    expect(pages.map((page) => page.textContent?.replace(/\s+/g, ' ').trim())).to.deep.equal([
      'About it',
      'Who can ask',
      'Questions',
      'Consent',
      'Stages and decisions 1 mistake',
      'Deadlines',
      'Places and panel',
      'Letters and keeping',
    ])
    expect(pages.find((page) => page.getAttribute('aria-current') === 'page')?.textContent).to.contain('Stages')
    expect(textOf(form)).to.contain('Name a stage.')
  })

  it('draws what an entry holds once it is opened', async () => {
    const { form } = await formAt('/pathways/1/stages')
    expect(form.querySelector('[id="/pathways/1/stages/0/name"]')).to.equal(null)
    const [stage] = form.querySelectorAll('details')
    stage?.querySelector('summary')?.click()
    await new Promise((resolve) => requestAnimationFrame(resolve))
    await rendered(form)
    expect(field(form, '/pathways/1/stages/0/name').value).to.equal(at(latest, '/pathways/1/stages/0/name'))
  })

  it('chooses stages, permissions and other questions by their names', async () => {
    const { form, draft } = await formAt('/pathways/1/stages')
    await form.reveal('/pathways/1/stages/0/moves/0/to')
    const choices = [...field(form, '/pathways/1/stages/0/moves/0/to').querySelectorAll('option')]
    const stages = at(latest, '/pathways/1/stages')
    expect(choices.map(({ textContent }) => textContent)).to.include.members(
      (Array.isArray(stages) ? stages : []).map((stage) => String(at(stage, '/name'))),
    )
    const select = field(form, '/pathways/1/stages/0/moves/0/to')
    select.value = String(at(latest, '/pathways/1/stages/2/id'))
    select.dispatchEvent(new Event('change', { bubbles: true }))
    expect(at(draft.document, '/pathways/1/stages/0/moves/0/to')).to.equal(at(latest, '/pathways/1/stages/2/id'))
  })

  it('begins with what no referral can do without, under a short name that follows its name', async () => {
    const { form, draft } = await formAt('/pathways')
    let wanted = ''
    form.addEventListener('outreach-place-wanted', (event) => {
      wanted = (event as CustomEvent<{ pointer: string }>).detail.pointer
    })
    await press(form, 'Add a pathway')
    expect(wanted).to.equal('/pathways/2/name')
    form.shown = placeOfPointer(wanted)
    await rendered(form)
    await fill(form, 'Name', 'Day visits')
    expect(at(draft.document, '/pathways/2/id')).to.equal('day-visits')
    form.shown = placeOfPointer('/pathways/2/parts')
    await rendered(form)
    expect(textOf(form)).to.contain('The pupil').and.to.contain('Parents and carers')
  })

  it('gives a new question a short name that no other question of the pathway has', async () => {
    const { form, draft } = await formAt('/pathways/1/parts')
    const [first] = (at(latest, '/pathways/1/parts/0/questions') as Json[]).map((question) =>
      String(at(question, '/id')),
    )
    await form.reveal('/pathways/1/parts/1/questions')
    field(form, '/pathways/1/parts/1/questions--add').click()
    await rendered(form)
    const added = (at(draft.document, '/pathways/1/parts/1/questions') as Json[]).length - 1
    const pointer = `/pathways/1/parts/1/questions/${added}`
    expect(globalThis.document.activeElement?.id).to.equal(`${pointer}/label`)
    const label = field(form, `${pointer}/label`)
    label.value = String(first)
    label.dispatchEvent(new Event('input', { bubbles: true }))
    expect(at(draft.document, `${pointer}/id`)).to.equal(`${first}-2`)
  })
})
