import { expect } from 'chai'
import { get, send } from '../../components/console/api.ts'
import {
  closeConsole,
  linkTo,
  openConsole,
  playConsole,
  problem,
  shows,
  showsHeading,
  signedIn,
} from './console-page.ts'
import { accessibilityFaults, fill, press, until } from './page.ts'

const overview = { body: { drafts: [], scheduled: [], years: [] } }
const people = { body: { people: [] } }

describe('The console', () => {
  afterEach(() => closeConsole())

  it('shows the page that the address names, and says so in the tab', async () => {
    playConsole({ 'GET /overview': overview })
    const element = await openConsole('/console/stepping-stones', 'Overview')
    await until(() => document.title === 'Overview – Stepping Stones – Outreach Kit', 'the title')
    await shows(element, 'Nothing waits for you')
    expect(await accessibilityFaults(element)).to.deep.equal([])
  })

  it('asks for who is there and for what the page shows side by side', async () => {
    const asked = playConsole({
      'GET /overview': { ...overview, delay: 50 },
      'GET /session': { body: signedIn(), delay: 50 },
    })
    await openConsole('/console/stepping-stones', 'Overview')
    // How referrals stand is asked once the rest is there.
    expect(asked.slice(0, 2).map(({ path }) => path)).to.have.members([
      '/api/console/session',
      '/api/console/providers/stepping-stones/overview',
    ])
  })

  it('leads from the front door to the first provider', async () => {
    playConsole({ 'GET /overview': overview })
    await openConsole('/console', 'Overview')
    expect(location.pathname).to.equal('/console/stepping-stones')
  })

  it('goes from page to page without loading, with the focus on the heading, and back', async () => {
    playConsole({ 'GET /overview': overview, 'GET /people': people })
    const element = await openConsole('/console/stepping-stones', 'Overview')
    linkTo(element, 'People').click()
    await showsHeading(element, 'People')
    await until(() => document.activeElement === element.querySelector('h1'), 'the focus on the heading')
    expect(location.pathname).to.equal('/console/stepping-stones/people')
    expect(linkTo(element, 'People').getAttribute('aria-current')).to.equal('page')
    history.back()
    await showsHeading(element, 'Overview')
    expect(location.pathname).to.equal('/console/stepping-stones')
  })

  it('shows in the menu what a role may open and nothing else', async () => {
    playConsole({ 'GET /overview': overview }, signedIn('finance'))
    const element = await openConsole('/console/stepping-stones', 'Overview')
    const names = [...element.querySelectorAll('.menu a')].map((link) => link.textContent)
    expect(names).to.deep.equal(['Overview', 'Orders', 'Schools', 'Catalogue'])
  })

  it('says who can open a page that a role does not', async () => {
    playConsole({}, signedIn('editor'))
    const element = await openConsole('/console/stepping-stones/orders', 'Orders')
    await shows(element, 'Your role at Stepping Stones is catalogue editor, which does not open this page.')
    await shows(element, 'Who can: owner, co-ordinator, finance, viewer.')
    expect(await accessibilityFaults(element)).to.deep.equal([])
  })

  it('knows nothing of a provider that one does not belong to', async () => {
    playConsole({})
    const element = await openConsole('/console/golden-hill/orders', 'Page not found')
    expect(element.querySelector('.menu')).to.equal(null)
  })

  it('leads whoever is signed out to the sign-in, and back to where they wanted to go', async () => {
    const session = signedIn()
    let isIn = false
    playConsole({
      'GET /session': () => (isIn ? { body: session } : problem('signed-out', 401)),
      'POST /sign-in/codes': { status: 202, body: { attempt: 'a1' } },
      'POST /sign-in': () => {
        isIn = true
        return { body: session }
      },
      'GET /people': people,
    })
    const element = await openConsole('/console/stepping-stones/people', 'Sign in to the console')
    expect(await accessibilityFaults(element)).to.deep.equal([])
    await fill(element, 'E-mail address', 'jo@stepping-stones.example')
    await press(element, 'Send me a code')
    await shows(element, 'If jo@stepping-stones.example may sign in here')
    await fill(element, 'Code from the e-mail', '1234 5678')
    await press(element, 'Sign in')
    await showsHeading(element, 'People')
    expect(location.pathname).to.equal('/console/stepping-stones/people')
  })

  it('asks for a new sign-in over the page, keeps the page, and repeats what was asked', async () => {
    const session = signedIn()
    let isIn = true
    const asked = playConsole({
      'GET /session': { body: session },
      'GET /people': people,
      'POST /people': ({ headers }) =>
        isIn ? { status: 201, body: { key: headers.get('Idempotency-Key') } } : problem('signed-out', 401),
      'POST /sign-in/codes': { status: 202, body: { attempt: 'a1' } },
      'POST /sign-in': () => {
        isIn = true
        return { body: session }
      },
    })
    const element = await openConsole('/console/stepping-stones/people', 'People')
    await fill(element, 'Their e-mail address', 'sam@stepping-stones.example')
    isIn = false
    const answer = send('POST', '/providers/stepping-stones/people', { email: 'x' }, { key: 'k1' })
    const dialog = await until(
      () => element.querySelector<HTMLDialogElement>('dialog#sign-in-again[open]'),
      'the dialog',
    )
    expect(dialog.matches(':modal')).to.equal(true)
    expect(await accessibilityFaults(element)).to.deep.equal([])
    await press(dialog, 'Send me a code')
    await shows(dialog, 'Code from the e-mail')
    await fill(dialog, 'Code from the e-mail', '12345678')
    await press(dialog, 'Sign in')
    expect(await answer).to.deep.equal({ key: 'k1' })
    await until(() => !dialog.open, 'the dialog to close')
    const field = element.querySelector<HTMLInputElement>('#email')
    expect(field?.value).to.equal('sam@stepping-stones.example')
    expect(asked.filter(({ path, method }) => method === 'POST' && path.endsWith('/people'))).to.have.length(2)
  })

  it('lets somebody put off signing in, and keeps the page', async () => {
    playConsole({ 'GET /people': people, 'GET /record': problem('signed-out', 401) })
    const element = await openConsole('/console/stepping-stones/people', 'People')
    const answer = get('/providers/stepping-stones/record').then(
      () => 'answered',
      (error: Error) => error.message,
    )
    const dialog = await until(
      () => element.querySelector<HTMLDialogElement>('dialog#sign-in-again[open]'),
      'the dialog',
    )
    await press(dialog, 'Not now')
    expect(await answer).to.equal('signed-out')
    await showsHeading(element, 'People')
  })

  it('does not blame the connection for a mistake of ours', async () => {
    playConsole({ 'GET /overview': { status: 500, body: { errors: [] } } })
    const element = await openConsole('/console/stepping-stones', 'Overview')
    await shows(element, 'Something went wrong on our side. Nothing was lost.')
  })

  it('says what to do where the service cannot be reached, and tries again', async () => {
    let reached = false
    playConsole({ 'GET /overview': () => (reached ? overview : undefined) })
    const element = await openConsole('/console/stepping-stones', 'Overview')
    await shows(element, 'We could not reach the service')
    expect(await accessibilityFaults(element)).to.deep.equal([])
    reached = true
    await press(element, 'Try again')
    await shows(element, 'Nothing waits for you')
  })

  it('says nothing of waiting at first, and keeps the space', async () => {
    playConsole({ 'GET /overview': { ...overview, delay: 700 } })
    const element = await openConsole('/console/stepping-stones', 'Overview')
    const space = element.querySelector<HTMLElement>('.waiting')
    expect(space?.innerText.trim()).to.equal('')
    expect(space?.offsetHeight).to.be.above(300)
    await shows(element, 'Loading…')
    await shows(element, 'Nothing waits for you')
  })
})
