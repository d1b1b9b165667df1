import { expect } from 'chai'
import { expectedFrom } from '../../catalogue/rules/deadline.ts'
import type { Catalogue } from '../../catalogue/schema/catalogue.ts'
import type { Part, Pathway } from '../../catalogue/schema/pathway.ts'
import { faultsInPart, type PartAnswers } from '../../catalogue/wire/answers.ts'
import '../../components/referral-form/referral-form.ts'
import {
  type Asked,
  accessibilityFaults,
  clear,
  control,
  fill,
  mount,
  type Played,
  playApi,
  press,
  rendered,
  rootOf,
  textOf,
  until,
} from './page.ts'

const shipped = async (name: string): Promise<Catalogue> => (await fetch(`/catalogue/providers/${name}.json`)).json()
const [steppingStones, norfolk, bridge] = await Promise.all(
  ['stepping-stones-2024-25', 'school2school-norfolk-2015-16', 'bridge-2020-21'].map(shipped),
)
if (!steppingStones || !norfolk || !bridge) throw new Error('The shipped catalogues are missing')

const problem = (type: string, status: number, more: object = {}): Played => ({
  status,
  body: { type: `/api/problems/${type}`, title: type, status, instance: 'urn:request:r-1', errors: [], ...more },
})

/** A worker that keeps parts as the real one does; `meanwhile` plays an answer of its own to a request. */
interface Worker {
  asked: Asked[]
  kept: Record<string, { revision: number; answers: PartAnswers }>
  colleagues: { id: string; email: string; parts: string[] }[]
  meanwhile?: ((asked: Asked) => Played | 'lost' | undefined) | undefined
}

function play(document: Catalogue, on: string): Worker {
  const pathways = document.pathways ?? []
  const around = {
    catalogue: document.catalogue,
    version: 1,
    on,
    inForce: true,
    provider: document.provider,
    contacts: [],
  }
  const worker: Worker = { asked: [], kept: {}, colleagues: [] }
  let pathway: Pathway | undefined
  const completeIn = (id: string, answers: PartAnswers) => {
    const part = pathway?.parts.find((one) => one.id === id) as Part
    return faultsInPart(part, answers, on).map((fault) => ({ ...fault, pointer: `/answers${fault.pointer}` }))
  }
  worker.asked = playApi((asked) => {
    const own = worker.meanwhile?.(asked)
    if (own === 'lost') return undefined
    if (own) return own
    const { method, path } = asked
    if (path.endsWith('/pathways'))
      return { body: { ...around, pathways: pathways.map(({ id, name, summary }) => ({ id, name, summary })) } }
    if (path.includes('/pathways/')) {
      return { body: { ...around, pathway: pathways.find(({ id }) => path.endsWith(`/${id}`)) } }
    }
    if (path.endsWith('/referrals')) {
      const { email, pathway: named } = asked.body as { email: string; pathway: string }
      pathway = pathways.find(({ id }) => id === named)
      if (!email.includes('@')) return problem('invalid', 422, { errors: [{ pointer: '/email', code: 'email' }] })
      return { status: 201, body: { id: 'r1', key: 'k'.repeat(64), keptUntil: '2024-10-09' } }
    }
    if (path.endsWith('/send')) {
      const asks = [{ as: 'carer', how: 'letter' }]
      const expected = pathway ? expectedFrom(pathway, on, document.calendar) : []
      return { status: 201, body: { reference: 'SS-7K4M-2QXD', status: 'waiting', asked: asks, expected } }
    }
    if (method === 'PUT') {
      const id = path.split('/').at(-1) ?? ''
      const { revision, answers } = asked.body as { revision: number; answers: PartAnswers }
      const now = worker.kept[id]
      if ((now?.revision ?? 0) !== revision)
        return problem('conflict', 409, { revision: now?.revision, answers: now?.answers })
      worker.kept[id] = { revision: revision + 1, answers }
      const faults = completeIn(id, answers)
      return { body: { revision: revision + 1, complete: faults.length === 0, faults } }
    }
    const parts = Object.fromEntries(
      Object.entries(worker.kept).map(([id, one]) => [
        id,
        { ...one, complete: completeIn(id, one.answers).length === 0, savedAt: '' },
      ]),
    )
    return {
      body: {
        parts,
        colleagues: worker.colleagues,
        only: [],
        keptUntil: '2024-10-09',
      },
    }
  })
  return worker
}

async function form(attributes = 'pathway="outreach"', document = steppingStones as Catalogue, on = '2024-09-10') {
  const worker = play(document, on)
  const element = await mount(
    `<outreach-referral-form provider="${document.provider.id}" today="${on}" api="https://outreach.example" ${attributes}><a href="/elsewhere">Refer on our portal</a></outreach-referral-form>`,
  )
  await until(() => rootOf(element).querySelector('#step'), 'the form')
  return { element, worker }
}

const heading = (element: Element) => rootOf(element).querySelector('#step')?.textContent?.trim()
const shows = (element: HTMLElement, title: string) =>
  until(() => heading(element) === title, `“${title}”, not “${heading(element)}”`)
const wrongs = (element: Element) =>
  [...rootOf(element).querySelectorAll('#summary a')].map((link) => link.textContent?.trim())

/** From the first page to the task list. */
async function begun(attributes?: string, document?: Catalogue, on?: string) {
  const { element, worker } = await form(attributes, document, on)
  const conditions =
    (document ?? (steppingStones as Catalogue)).pathways?.find(
      ({ id }) => attributes?.includes(id) ?? id === 'outreach',
    )?.eligibility ?? []
  await press(element, 'Start now')
  for (const { question, pass } of conditions) {
    await shows(element, question)
    await press(element, pass === 'yes' ? 'Yes' : 'No')
    await press(element, 'Continue')
  }
  await shows(element, 'Your work e-mail address')
  await fill(element, 'Your work e-mail address', 'senco@school.example')
  await press(element, 'Begin the referral')
  await shows(element, 'Your referral')
  return { element, worker }
}

/** Answers everything on a part's page. */
async function answer(element: HTMLElement, part: Part): Promise<void> {
  for (const { as, id, choices, optional } of part.questions) {
    const named = (end = '') => rootOf(element).querySelector<HTMLInputElement>(`[name="answers.${id}${end}"]`)
    if (optional || named()?.closest('[hidden]')) continue
    const type = async (at: HTMLInputElement | null, value: string) => {
      if (!at) throw new Error(`There is no ${id}`)
      at.value = value
      at.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }))
      await rendered(element)
    }
    if (choices || as === 'yes-no') named()?.click()
    else if (as === 'date')
      for (const [end, value] of [
        ['.day', '3'],
        ['.month', '9'],
        ['.year', '2015'],
      ] as const)
        await type(named(end), value)
    else
      await type(
        named(),
        as === 'number' ? '2' : as === 'email' ? 'a@b.example' : as === 'telephone' ? '01234 567890' : 'Something',
      )
    await rendered(element)
  }
}

describe('The referral form', () => {
  afterEach(() => {
    clear()
    history.replaceState(null, '')
  })

  it('says before the first question what the service does not do, when, and where the privacy notice and complaints are', async () => {
    const { element } = await form('pathway="support"', norfolk, '2015-09-15')
    const text = textOf(element)
    for (const said of norfolk?.pathways?.[0]?.notProvided ?? []) expect(text).to.include(said)
    const links = [...rootOf(element).querySelectorAll<HTMLAnchorElement>('.beside a')].map(({ href }) => href)
    expect(links).to.deep.equal([
      'https://outreach.example/school2school-norfolk/privacy?today=2015-09-15',
      'https://outreach.example/school2school-norfolk/complaints?today=2015-09-15',
    ])
  })

  it('lets one choose where a provider has several pathways', async () => {
    const { element } = await form('')
    expect(heading(element)).to.equal('What do you ask for?')
    expect(rootOf(element).querySelectorAll('.beside a').length).to.equal(2)
    const hasFocus = () => element.shadowRoot?.activeElement?.id === 'step'
    await press(element, 'Twelve-week placement')
    await shows(element, 'Twelve-week placement')
    await until(hasFocus, 'the focus on the heading')
    await press(element, 'Start now')
    history.back()
    await shows(element, 'Twelve-week placement')
    await press(element, 'Back')
    await shows(element, 'What do you ask for?')
    await until(hasFocus, 'the focus on the choice')
    await press(element, 'Outreach support for one pupil')
    await shows(element, 'Outreach support for one pupil')
    await press(element, 'Back')
    await shows(element, 'What do you ask for?')
  })

  it('says that it cannot begin, and whom to ask, where the worker takes no referrals any more', async () => {
    const { element, worker } = await form('pathway="support"', norfolk, '2015-09-15')
    await press(element, 'Start now')
    for (const { question, pass } of norfolk?.pathways?.[0]?.eligibility ?? []) {
      await shows(element, question)
      await press(element, pass === 'yes' ? 'Yes' : 'No')
      await press(element, 'Continue')
    }
    await shows(element, 'Your work e-mail address')
    await fill(element, 'Your work e-mail address', 'senco@school.example')
    for (const refused of [
      problem('invalid', 422, { errors: [{ pointer: '/catalogue', code: 'not-open' }] }),
      problem('not-found', 404),
    ]) {
      worker.meanwhile = () => refused
      await press(element, 'Begin the referral')
      await until(() => textOf(element).includes('Referrals cannot be made here today'), 'that it cannot begin')
      expect(textOf(element)).not.to.match(/our e-mail opens it|not done yet/)
    }
  })

  it('tells the limit of a day from that of a minute', async () => {
    const { element, worker } = await begun()
    await press(element, 'The pupil')
    await shows(element, 'The pupil')
    for (const [wait, said, other] of [
      ['tomorrow', /Try again tomorrow/, /in a minute/],
      ['minute', /Try again in a minute/, /tomorrow/],
    ] as const) {
      worker.meanwhile = () => problem('too-many-requests', 429, { wait })
      await press(element, 'Save and go to the list')
      await until(() => said.test(textOf(element)), `${said}`)
      expect(textOf(element)).not.to.match(other)
      expect(textOf(element)).to.include('What you typed is still here')
    }
  })

  it('leaves to a colleague what they were let in for, though nothing in it is needed', async () => {
    const { element, worker } = await begun()
    const optional = steppingStones?.pathways?.[0]?.parts.find(({ questions }) =>
      questions.every((one) => one.optional),
    )
    if (!optional) throw new Error('No part is optional')
    worker.colleagues = [{ id: 'c', email: 'teacher@school.example', parts: [optional.id] }]
    await press(element, 'The pupil')
    await shows(element, 'The pupil')
    await press(element, 'Save and go to the list')
    await shows(element, 'Your referral')
    const row = [...rootOf(element).querySelectorAll('.rows li')].find((one) =>
      one.textContent?.includes(optional.name),
    )
    expect(row?.textContent).to.include('Being finished by a colleague')
  })

  it('asks one question to a page whether it is the right way, and says honestly that it is not and where to turn', async () => {
    const { element, worker } = await form()
    await press(element, 'Start now')
    const condition = steppingStones?.pathways?.[0]?.eligibility[0]
    await shows(element, condition?.question ?? '')
    await press(element, 'Continue')
    await until(() => wrongs(element).length, 'what is wrong')
    expect(wrongs(element)).to.deep.equal([`Choose an answer to “${condition?.question}”`])
    await press(element, 'No')
    await press(element, 'Continue')
    await shows(element, 'This is not the right way')
    expect(textOf(element)).to.include(condition?.otherwise)
    expect(textOf(element)).to.include(condition?.turnTo[0]?.how)
    expect(textOf(element)).to.include('Ask Stepping Stones (Short Stay) School: 01524 67164')
    expect(await accessibilityFaults(element)).to.deep.equal([])
    await press(element, 'Change my answer')
    await shows(element, condition?.question ?? '')
    expect(rootOf(element).querySelector<HTMLInputElement>('input[value="no"]')?.checked).to.equal(true)
    expect(worker.asked.filter(({ method }) => method === 'POST')).to.deep.equal([])
  })

  it('begins with an address, says what is wrong with it, and lists the tasks with how each stands', async () => {
    const { element, worker } = await form()
    await press(element, 'Start now')
    for (let turn = 0; turn < 3; turn += 1) {
      await press(element, 'Yes')
      await press(element, 'Continue')
      await rendered(element)
    }
    await shows(element, 'Your work e-mail address')
    await fill(element, 'Your work e-mail address', 'senco')
    await press(element, 'Begin the referral')
    await until(() => wrongs(element).length, 'what is wrong')
    expect(wrongs(element)).to.deep.equal(['Enter “Your work e-mail address” in full, such as name@school.example'])
    expect(control(element, 'Your work e-mail address').value).to.equal('senco')
    await fill(element, 'Your work e-mail address', 'senco@school.example')
    worker.colleagues = [{ id: 'c', email: 'a@b.example', parts: ['school'] }]
    await press(element, 'Begin the referral')
    await shows(element, 'Your referral')
    const keys = worker.asked
      .filter(({ path }) => path.endsWith('/referrals'))
      .map(({ headers }) => headers.get('Idempotency-Key'))
    expect(new Set(keys).size).to.equal(2)
    const rows = [...rootOf(element).querySelectorAll('.rows li')].map((row) =>
      row.textContent?.replace(/\s+/g, ' ').trim(),
    )
    expect(rows[0]).to.equal('The pupilNot started')
    expect(rows).to.include('The schoolBeing finished by a colleague')
    expect(rows).to.include('The pupil’s own viewOptional')
    expect(rows.at(-1)).to.equal('Check your answersOnce every part is done')
    expect(await accessibilityFaults(element)).to.deep.equal([])
  })

  it('says why each question is asked, and what is wrong in place and in a summary, keeping what was typed', async () => {
    const { element, worker } = await begun()
    await press(element, 'The pupil')
    await shows(element, 'The pupil')
    for (const { why } of steppingStones?.pathways?.[0]?.parts[0]?.questions ?? [])
      expect(textOf(element)).to.include(`Why we ask: ${why}`)
    await fill(element, 'Day', '31')
    await fill(element, 'Month', '2')
    await fill(element, 'Year', '2015')
    await press(element, 'Save and continue')
    await until(() => wrongs(element).length, 'what is wrong')
    expect(wrongs(element)).to.deep.equal([
      'Fill in “Full name”',
      '“Date of birth” must be a real day, with the year in four digits',
    ])
    expect(rootOf(element).querySelector('#answers\\.name-error')?.textContent).to.equal('Fill in “Full name”')
    expect(control(element, 'Day').value).to.equal('31')
    expect(await accessibilityFaults(element)).to.deep.equal([])
    // Half an answer is kept too.
    expect(worker.kept.pupil?.answers.born).to.equal('2015-02-31')
    await fill(element, 'Full name', 'Zoë O’Neil')
    await fill(element, 'Day', '3')
    await press(element, 'Save and continue')
    await shows(element, 'Year and support so far')
    expect(worker.kept.pupil?.answers).to.deep.equal({ name: 'Zoë O’Neil', born: '2015-02-03' })
    expect(control(element, 'Save and continue').form?.querySelectorAll(':checked').length).to.equal(0)
  })

  it('keeps what was typed where the connection is lost, and saves it at the next try', async () => {
    const { element, worker } = await begun()
    await press(element, 'The pupil')
    await shows(element, 'The pupil')
    await fill(element, 'Full name', 'Ada')
    worker.meanwhile = ({ method }) => (method === 'PUT' ? 'lost' : undefined)
    await press(element, 'Save and go to the list')
    await until(() => textOf(element).includes('What you typed is still here'), 'that nothing is lost')
    expect(control(element, 'Full name').value).to.equal('Ada')
    worker.meanwhile = undefined
    await press(element, 'Save and go to the list')
    await shows(element, 'Your referral')
    expect(worker.kept.pupil?.answers.name).to.equal('Ada')
    expect(textOf(element)).to.include('In progress')
  })

  it('shows both where somebody else has saved meanwhile, and takes either', async () => {
    const { element, worker } = await begun()
    await press(element, 'The pupil')
    await shows(element, 'The pupil')
    await fill(element, 'Full name', 'Mine')
    worker.kept.pupil = { revision: 4, answers: { name: 'Theirs', born: '2015-09-03' } }
    await press(element, 'Save and continue')
    await until(() => textOf(element).includes('Saved meanwhile: Theirs'), 'theirs')
    expect(control(element, 'Full name').value).to.equal('Mine')
    expect(textOf(element)).to.include('Saved meanwhile: 3 September 2015')
    expect(await accessibilityFaults(element)).to.deep.equal([])
    await press(element, 'Save mine')
    await until(() => worker.kept.pupil?.revision === 5, 'mine to be saved')
    expect(worker.kept.pupil?.answers.name).to.equal('Mine')
    await until(() => wrongs(element).length, 'what is still missing')
    worker.kept.pupil = { revision: 9, answers: { name: 'Theirs again', born: '2015-09-03' } }
    await fill(element, 'Full name', 'Mine again')
    await press(element, 'Save and continue')
    await until(() => textOf(element).includes('Theirs again'), 'theirs again')
    await press(element, 'Keep what was saved')
    await shows(element, 'Your referral')
    await press(element, 'The pupil')
    await shows(element, 'The pupil')
    expect(control(element, 'Full name').value).to.equal('Theirs again')
  })

  it('writes over nobody unseen where the page was put away while somebody else saved', async () => {
    const { element, worker } = await begun()
    await press(element, 'The pupil')
    await shows(element, 'The pupil')
    await fill(element, 'Full name', 'Mine')
    worker.kept.pupil = { revision: 4, answers: { name: 'Theirs', born: '2015-09-03' } }
    Object.defineProperty(document, 'hidden', { configurable: true, value: true })
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))
    Reflect.deleteProperty(document, 'hidden')
    await until(() => textOf(element).includes('Saved meanwhile: Theirs'), 'theirs')
    expect(control(element, 'Full name').value).to.equal('Mine')
    expect(worker.kept.pupil.answers.name).to.equal('Theirs')
    // Nor where one comes back to the part by way of another page.
    history.back()
    await shows(element, 'Your referral')
    await press(element, 'The pupil’s own view')
    await shows(element, 'The pupil’s own view')
    await press(element, 'Save and go to the list')
    await shows(element, 'Your referral')
    await press(element, 'The pupil')
    await until(() => textOf(element).includes('Saved meanwhile: Theirs'), 'theirs, still')
    expect(worker.kept.pupil.answers.name).to.equal('Theirs')
    await press(element, 'Save mine')
    await until(() => worker.kept.pupil?.revision === 5, 'mine to be saved')
    expect(worker.kept.pupil?.answers.name).to.equal('Mine')
  })

  it('goes back with the browser’s own button, and saves what stood on the page', async () => {
    const { element, worker } = await begun()
    await press(element, 'The pupil')
    await shows(element, 'The pupil')
    await fill(element, 'Full name', 'Ada')
    history.back()
    await shows(element, 'Your referral')
    await until(() => worker.kept.pupil?.answers.name === 'Ada', 'what was typed to be saved')
    // Neither a key nor an answer stands in the tab's history or in storage.
    expect(JSON.stringify([history.state, { ...localStorage }, { ...sessionStorage }])).not.to.match(/kkkk|Ada|senco@/)
  })

  it('asks a question only where another has its answer', async () => {
    const { element } = await begun('pathway="reintegration"', bridge, '2020-11-02')
    const part = bridge?.pathways?.[0]?.parts.find(({ questions }) => questions.some(({ when }) => when))
    const question = part?.questions.find(({ when }) => when)
    if (!part || !question?.when) throw new Error('No question depends on another')
    await press(element, part.name)
    await shows(element, part.name)
    const asked = () => !rootOf(element).querySelector(`[name^="answers.${question.id}"]`)?.closest('[hidden]')
    expect(asked()).to.equal(false)
    rootOf(element)
      .querySelector<HTMLInputElement>(`[name="answers.${question.when.question}"][value="${question.when.is}"]`)
      ?.click()
    await rendered(element)
    expect(asked()).to.equal(true)
  })

  it('is filled, checked, confirmed and sent, and says the reference and what happens by when', async () => {
    const { element, worker } = await begun('pathway="support"', norfolk, '2015-09-15')
    const pathway = norfolk?.pathways?.[0] as Pathway
    await press(element, pathway.parts[0]?.name ?? '')
    for (const part of pathway.parts) {
      await shows(element, part.name)
      await answer(element, part)
      await press(element, 'Save and continue')
      await until(() => heading(element) !== part.name || wrongs(element).length, 'the next part')
      expect(wrongs(element)).to.deep.equal([])
    }
    await shows(element, 'Check your answers')
    expect(textOf(element)).to.include('3 September 2015')
    expect(await accessibilityFaults(element)).to.deep.equal([])
    await press(element, 'Continue')
    await shows(element, 'Confirm and send')
    await press(element, 'Send the referral')
    await until(() => wrongs(element).length, 'what is to be confirmed')
    expect(wrongs(element)).to.deep.equal(['Confirm each of these before you send the referral'])
    for (const { text } of pathway.declarations) await press(element, text)
    let detail: unknown
    element.addEventListener('outreach-referral-sent', (event) => {
      detail = (event as CustomEvent).detail
    })
    await press(element, 'Send the referral')
    await shows(element, 'Your referral is sent')
    expect(detail).to.deep.equal({ reference: 'SS-7K4M-2QXD' })
    const text = textOf(element)
    expect(text).to.include('SS-7K4M-2QXD')
    expect(text).to.include('senco@school.example')
    expect(text).to.include('The link in our e-mail prints it')
    expect(text).to.include('by 22 September 2015 if permission is given today')
    expect(await accessibilityFaults(element)).to.deep.equal([])
    const bearers = worker.asked
      .filter(({ path }) => path.includes('/referrals/r1'))
      .map(({ headers }) => headers.get('Authorization'))
    expect(new Set(bearers)).to.deep.equal(new Set([`Bearer ${'k'.repeat(64)}`]))
  })

  it('speaks Welsh on a Welsh page, and leaves the provider’s words marked as English', async () => {
    const { element } = await form('pathway="outreach" lang="cy"')
    await until(() => textOf(element).includes('Dechrau nawr'), 'Welsh')
    expect(rootOf(element).querySelector('#step')?.getAttribute('lang')).to.equal('en')
  })

  it('leaves the link to the portal where it cannot be loaded, and tries again', async () => {
    let isAway = true
    const worker = play(steppingStones as Catalogue, '2024-09-10')
    worker.meanwhile = () => (isAway ? 'lost' : undefined)
    const element = await mount(
      '<outreach-referral-form provider="stepping-stones" pathway="outreach" api="https://other.example"><a href="/elsewhere">Refer on our portal</a></outreach-referral-form>',
    )
    await until(() => textOf(element).includes('could not be loaded'), 'the failure')
    isAway = false
    await press(element, 'Try again')
    await until(() => heading(element) === 'Outreach support for one pupil', 'the form')
  })
})
