import { deepEqual, equal, match } from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { BrowserContext, Page } from 'playwright-core'
import { signInAddress } from '../product.ts'
import { openStage, type Stage } from './visit.ts'

const OWNER = 'owner@golden-hill.example'

describe('An owner', () => {
  let stage: Stage
  before(async () => {
    stage = await openStage()
  })
  after(() => stage?.close())

  /** A browser of their own. */
  async function newBrowser(): Promise<{ context: BrowserContext; page: Page; wrong: string[] }> {
    const context = await stage.browser.newContext()
    const page = await context.newPage()
    page.setDefaultTimeout(15_000)
    const wrong: string[] = []
    page.on('pageerror', (error) => wrong.push(error.message))
    page.on('console', (message) => {
      // Asking who is signed in, before anybody is, is answered with 401.
      if (message.type() === 'error' && !/401/.test(message.text())) wrong.push(message.text())
    })
    return { context, page, wrong }
  }

  const pathOf = (page: Page) => new URL(page.url()).pathname
  const arrived = (page: Page) => page.waitForURL((url) => url.pathname === '/console/golden-hill')

  it('signs in by the link in a letter, which works once and by a press alone', async () => {
    const { context, page, wrong } = await newBrowser()
    const address = await signInAddress(stage.product, OWNER)
    await page.goto(address)
    await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor()
    await page.reload()
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await arrived(page)
    const cookies = await context.cookies()
    deepEqual(cookies.map(({ name }) => name).sort(), ['__Host-device', '__Host-session'])
    for (const { httpOnly, secure, sameSite, path } of cookies)
      deepEqual({ httpOnly, secure, sameSite, path }, { httpOnly: true, secure: true, sameSite: 'Lax', path: '/' })
    const other = await newBrowser()
    await other.page.goto(address)
    await other.page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await other.page.getByText(/run out or was used/).waitFor()
    deepEqual(wrong, [])
    await Promise.all([context.close(), other.context.close()])
  })

  it('adds a passkey, signs out, and signs in by the passkey', async () => {
    const { context, page, wrong } = await newBrowser()
    const device = await context.newCDPSession(page)
    await device.send('WebAuthn.enable')
    const { authenticatorId } = await device.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    })
    await page.goto(await signInAddress(stage.product, OWNER))
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await arrived(page)
    await page.goto(`${stage.product.origin}/console/account`)
    await page.locator('[name="passkey"]').fill('Test device')
    await page
      .getByRole('button', { name: /passkey/i })
      .first()
      .click()
    await page.locator('#main').getByText('The passkey “Test device” is added.').waitFor()
    const { credentials } = await device.send('WebAuthn.getCredentials', { authenticatorId })
    equal(credentials.length, 1)
    deepEqual([credentials[0]?.rpId, credentials[0]?.isResidentCredential], ['localhost', true])
    await page.getByRole('button', { name: 'Sign out', exact: true }).first().click()
    await page.waitForURL(/\/console\/sign-in/)
    equal(
      (await context.cookies()).some(({ name }) => name === '__Host-session'),
      false,
    )
    // Where the browser has not taken the offer in the e-mail field by itself, the button is pressed.
    await page
      .getByRole('button', { name: 'Sign in with a passkey' })
      .click({ timeout: 3_000 })
      .catch(() => {})
    await page.waitForURL((url) => !url.pathname.startsWith('/console/sign-in'))
    match(pathOf(page), /^\/console/)
    const session = await page.evaluate(async () => (await fetch('/api/console/session')).json())
    equal(session.person.email, OWNER)
    const { sessions } = await page.evaluate(async () => (await fetch('/api/console/sessions')).json())
    equal(sessions.find(({ current }: { current: boolean }) => current)?.how, 'passkey')
    deepEqual(wrong, [])
    await context.close()
  })
})
