import { expect } from 'chai'
import { closeConsole, openConsole, playConsole, problem, shows, showsHeading, signedIn } from './console-page.ts'
import { accessibilityFaults, control, fill, press, until } from './page.ts'

const jo = {
  id: 'p1',
  email: 'jo@stepping-stones.example',
  name: 'Jo Hargreaves',
  role: 'owner',
  since: '2026-09-01T08:00:00Z',
  invitedBy: null,
  signedInAt: '2026-11-20T08:00:00Z',
}
const kim = {
  id: 'p3',
  email: 'kim@stepping-stones.example',
  name: '',
  role: 'finance',
  since: '2026-11-02T08:00:00Z',
  invitedBy: { id: 'p1', name: 'Jo Hargreaves' },
  signedInAt: null,
}

describe('The people of a provider', () => {
  afterEach(() => closeConsole())

  it('are listed with their roles, and who has not come yet is marked', async () => {
    playConsole({ 'GET /people': { body: { people: [jo, kim] } } })
    const element = await openConsole('/console/stepping-stones/people', 'People')
    await shows(element, 'Jo Hargreaves (you)')
    await shows(element, 'kim@stepping-stones.example')
    await shows(element, 'Invited, not here yet')
    await shows(element, 'Reads orders and downloads the invoices and journal transfers to raise.')
    await shows(element, 'Opens every child’s referral once consent is given')
    expect(await accessibilityFaults(element)).to.deep.equal([])
  })

  it('are invited by e-mail with a role, and nothing typed is lost on a mistake', async () => {
    const asked = playConsole({ 'GET /people': { body: { people: [jo] } }, 'POST /people': { status: 201, body: kim } })
    const element = await openConsole('/console/stepping-stones/people', 'People')
    await fill(element, 'Their e-mail address', 'kim at school')
    await press(element, 'Send the invitation')
    await shows(element, 'Enter an e-mail address, like name@school.example')
    await shows(element, 'Choose a role')
    expect(document.activeElement?.id).to.equal('summary')
    expect(control(element, 'Their e-mail address').value).to.equal('kim at school')
    expect(await accessibilityFaults(element)).to.deep.equal([])
    await fill(element, 'Their e-mail address', 'kim@stepping-stones.example')
    await press(element, 'Finance')
    await press(element, 'Send the invitation')
    await shows(element, 'kim@stepping-stones.example is invited.')
    expect(asked.find(({ method }) => method === 'POST')?.body).to.deep.equal({
      email: 'kim@stepping-stones.example',
      role: 'finance',
    })
  })

  it('are withdrawn, and the focus goes on from the heading once the button is gone', async () => {
    let people = [jo, kim]
    const asked = playConsole({
      'GET /people': () => ({ body: { people } }),
      'DELETE /people/p3': () => {
        people = [jo]
        return { status: 204, body: undefined }
      },
    })
    const element = await openConsole('/console/stepping-stones/people', 'People')
    await shows(element, 'kim@stepping-stones.example')
    const button = [...element.querySelectorAll('button')].find((one) => /^Withdraw/.test(one.textContent ?? ''))
    button?.focus()
    button?.click()
    await until(() => element.querySelector('dialog[open]'), 'the question')
    element.querySelector<HTMLElement>('dialog .danger')?.click()
    await until(() => asked.some(({ method }) => method === 'DELETE'), 'the withdrawal')
    await until(() => document.activeElement?.matches('h1'), 'the focus on the heading')
  })

  it('keep an owner: the last one is told why they cannot leave', async () => {
    playConsole({ 'GET /people': { body: { people: [jo] } }, 'DELETE /people/p1': problem('last-owner', 409) })
    const element = await openConsole('/console/stepping-stones/people', 'People')
    await shows(element, 'Leave')
    await press(element, 'Leave')
    const dialog = await until(() => element.querySelector<HTMLDialogElement>('dialog#question[open]'), 'the question')
    await press(dialog, 'Leave')
    await shows(dialog, 'Stepping Stones needs at least one owner. Make somebody else an owner first.')
    expect(dialog.open).to.equal(true)
  })

  it('get another role', async () => {
    const asked = playConsole({
      'GET /people': { body: { people: [jo, kim] } },
      'PUT /people/p3': { body: { ...kim, role: 'viewer' } },
    })
    const element = await openConsole('/console/stepping-stones/people', 'People')
    await shows(element, 'Change role')
    await press(element, 'Change role of kim')
    const dialog = await until(() => element.querySelector<HTMLDialogElement>('dialog#question[open]'), 'the question')
    expect(dialog.querySelector<HTMLInputElement>('[value=finance]')?.checked).to.equal(true)
    await press(dialog, 'Viewer')
    await press(dialog, 'Change the role')
    await shows(element, 'The role of kim@stepping-stones.example is changed.')
    expect(asked.find(({ method }) => method === 'PUT')?.body).to.deep.equal({ role: 'viewer' })
  })
})

describe('The sign-in', () => {
  afterEach(() => closeConsole())
  const code = (element: Element) => control(element, 'Code from the e-mail')

  it('does not use the code of a letter’s link before a button is pressed', async () => {
    const asked = playConsole({
      'POST /sign-in': { body: signedIn() },
      'GET /overview': { body: { drafts: [], scheduled: [], years: [] } },
    })
    const element = await openConsole('/console/sign-in?attempt=a1#code=12345678', 'Sign in to the console')
    expect(asked.filter(({ path }) => path === '/api/console/sign-in')).to.deep.equal([])
    expect([...element.querySelectorAll('main button')].filter((one) => one.checkVisibility())).to.have.length(1)
    await press(element, 'Sign in')
    await showsHeading(element, 'Overview')
    expect(asked.find(({ path }) => path === '/api/console/sign-in')?.body).to.deep.equal({
      attempt: 'a1',
      code: '12345678',
    })
    expect(location.hash).to.equal('')
  })

  it('says how many tries are left, and what to do when there are none', async () => {
    let triesLeft = 2
    playConsole({
      'POST /sign-in': () => {
        triesLeft -= 1
        return problem('code-wrong', 422, { triesLeft })
      },
    })
    const element = await openConsole('/console/sign-in?attempt=a1', 'Sign in to the console')
    await fill(element, 'Code from the e-mail', '1234')
    await press(element, 'Sign in')
    await shows(element, 'Enter the eight figures from the e-mail')
    await fill(element, 'Code from the e-mail', '12345678')
    await press(element, 'Sign in')
    await shows(element, 'That is not the code in the e-mail. Look again: you have one more try.')
    expect(code(element).value).to.equal('12345678')
    expect(document.activeElement).to.equal(code(element))
    expect(await accessibilityFaults(element)).to.deep.equal([])
    await press(element, 'Sign in')
    await shows(element, 'it was the last try. Send yourself a new code.')
    expect(document.activeElement).to.equal(control(element, 'E-mail address'))
  })

  it('says that a link is too old', async () => {
    playConsole({ 'POST /sign-in': problem('code-expired', 410) })
    const element = await openConsole('/console/sign-in?attempt=a1#code=12345678', 'Sign in to the console')
    await press(element, 'Sign in')
    await shows(element, 'That code has run out or was used already. Send yourself a new one.')
  })

  it('asks for a name the first time, and only goes to the console’s own pages', async () => {
    const session = signedIn()
    const asked = playConsole({
      'POST /sign-in': { body: { ...session, person: { ...session.person, name: '' } } },
      'PUT /person': { body: session.person },
      'GET /overview': { body: { drafts: [], scheduled: [], years: [] } },
    })
    const element = await openConsole(
      '/console/sign-in?attempt=a1&next=%2F%2Felsewhere.example#code=12345678',
      'Sign in to the console',
    )
    await press(element, 'Sign in')
    await showsHeading(element, 'What is your name?')
    await press(element, 'Continue')
    await shows(element, 'Enter your name')
    await fill(element, 'Your name', 'Jo Hargreaves')
    await press(element, 'Continue')
    await showsHeading(element, 'Overview')
    await shows(element, 'Jo Hargreaves')
    expect(asked.find(({ method }) => method === 'PUT')?.body).to.deep.equal({ name: 'Jo Hargreaves' })
    expect(location.pathname).to.equal('/console/stepping-stones')
  })

  it('still asks for the code when the page is loaded again', async () => {
    playConsole({ 'POST /sign-in/codes': { status: 202, body: { attempt: 'a1' } } })
    const element = await openConsole('/console/sign-in?next=%2Fconsole%2Faccount', 'Sign in to the console')
    await fill(element, 'E-mail address', 'jo@stepping-stones.example')
    await press(element, 'Send me a code')
    await shows(element, 'Code from the e-mail')
    expect(location.search).to.equal('?next=%2Fconsole%2Faccount&attempt=a1')
    await press(element, 'Send another code')
    await shows(element, 'E-mail address')
    expect(location.search).to.equal('?next=%2Fconsole%2Faccount')
    expect(control(element, 'E-mail address').value).to.equal('jo@stepping-stones.example')
  })

  it('takes the address that a link brings', async () => {
    playConsole({})
    const element = await openConsole('/console/sign-in?email=owner%40bridge.example', 'Sign in to the console')
    expect(control(element, 'E-mail address').value).to.equal('owner@bridge.example')
  })
})

describe('One’s account', () => {
  afterEach(() => closeConsole())
  const sessions = {
    body: {
      sessions: [
        {
          id: 's1',
          device: 'Firefox on Windows',
          how: 'code',
          createdAt: '2026-11-01T08:00:00Z',
          seenAt: '2026-11-20T08:00:00Z',
          current: true,
        },
        {
          id: 's2',
          device: 'Safari on an iPhone',
          how: 'passkey',
          createdAt: '2026-10-01T08:00:00Z',
          seenAt: '2026-11-19T08:00:00Z',
          current: false,
        },
      ],
    },
  }
  const passkeys = {
    body: { passkeys: [{ id: 'k1', name: 'Office laptop', createdAt: '2026-10-01T08:00:00Z', usedAt: null }] },
  }

  it('ends another device’s session, removes a passkey and keeps a new name', async () => {
    const asked = playConsole({
      'GET /sessions': sessions,
      'GET /passkeys': passkeys,
      'DELETE /sessions/s2': { body: {} },
      'DELETE /passkeys/k1': { body: {} },
      'PUT /person': { body: {} },
    })
    const element = await openConsole('/console/account', 'Your account')
    await shows(element, 'Safari on an iPhone')
    expect(await accessibilityFaults(element)).to.deep.equal([])
    await press(element, 'Sign out Safari')
    await shows(element, 'That device is signed out.')
    await press(element, 'Remove Office laptop')
    const dialog = await until(() => element.querySelector<HTMLDialogElement>('dialog#question[open]'), 'the question')
    await press(dialog, 'Remove it')
    await shows(element, 'The passkey “Office laptop” is removed.')
    await fill(element, 'Your name', 'J. Hargreaves')
    await press(element, 'Save the name')
    await shows(element, 'Your name is saved.')
    expect(asked.filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${path}`)).to.deep.equal(
      ['DELETE /api/console/sessions/s2', 'DELETE /api/console/passkeys/k1', 'PUT /api/console/person'],
    )
    expect(element.querySelector('header')?.textContent).to.contain('J. Hargreaves')
  })
})
