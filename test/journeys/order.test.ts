import { deepEqual, equal, match, ok } from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Locator, Page } from 'playwright-core'
import {
  type Answers,
  answersOf,
  asking,
  askingSteps,
  button,
  CHOSEN,
  emailOf,
  give,
  heading,
  personal,
  referenceOn,
  stands,
} from './ordering.ts'
import { fits, isFocused, keepsQuiet, lettersAbout, openStage, portalAddress, type Stage } from './visit.ts'

/** What is looked at in each state that a journey comes through. */
type Look = (state: string) => Promise<void>

const note = 'Two of us come by bus.'
const roleAddresses = ['head@steppingstones.lancs.sch.uk', 'ost@steppingstones.lancs.sch.uk']

describe('A school orders', { concurrency: 2 }, () => {
  let stage: Stage
  before(async () => {
    stage = await openStage()
  })
  after(() => stage?.close())

  /** What nobody may find, or lose, in any state. */
  function looking(page: Page, answers: Answers, wrong: readonly string[], withAxe = true): Look {
    return async (state) => {
      await fits(page, state)
      await keepsQuiet(page, personal(answers), state)
      if (withAxe) deepEqual(await stage.faults(page), [], state)
      deepEqual(wrong, [], state)
    }
  }

  /** Every step from the list on, each first sent empty, to the reference. */
  async function throughAllSteps(page: Page, answers: Answers, look: Look, script: boolean): Promise<string> {
    await heading(page, 'Your list')
    await page.getByText('£1,925', { exact: true }).first().waitFor()
    await look('the list')
    const attending = page.getByLabel('How many people will attend? (optional)')
    equal(await attending.inputValue(), '24')
    await attending.fill('two dozen')
    await page.getByLabel('Anything we should know? (optional)').fill(note)
    await button(page, 'Continue').click()
    await problem(page, 'Enter the number of people who will attend in digits, such as 24', script)
    equal(await attending.inputValue(), 'two dozen')
    await look('the list with a mistake')
    await attending.fill('24')
    await button(page, 'Continue').click()
    for (const step of askingSteps) {
      const title = await heading(page, asking[step])
      if (script) ok(await isFocused(title), `the focus is not on “${asking[step]}”`)
      await page.getByText(/step \d of 6 · Total £1,925/).waitFor()
      await look(step)
      await button(page, 'Continue').click()
      await problem(page, /^(Enter|Choose) /, script)
      await look(`${step} without answers`)
      await give(page, answers[step])
      await button(page, 'Continue').click()
    }
    await heading(page, 'Check your answers')
    for (const value of Object.values(answers).flatMap((given: Record<string, string>) => Object.entries(given)))
      await page
        .getByText(value[1] === CHOSEN ? value[0] : value[1], { exact: true })
        .first()
        .waitFor()
    await page.getByText(note, { exact: true }).waitFor()
    await look('the check')
    await button(page, 'Place the order').click()
    const reference = await referenceOn(page)
    await page.getByText('Total £1,925', { exact: true }).waitFor()
    await page.getByText(`We are sending an e-mail with all of it to ${emailOf(answers)}.`).waitFor()
    return reference
  }

  /** The summary of mistakes, where the focus goes, and the same sentence in place. */
  async function problem(page: Page, text: string | RegExp, script: boolean): Promise<void> {
    const summary = page.getByRole('alert').filter({ hasText: 'There is a problem' })
    await summary.waitFor()
    if (script) ok(await isFocused(summary), 'the focus is not on the summary')
    else match(await page.title(), /^There is a problem: /)
    const links = summary.getByRole('link', { name: text })
    const sentence = await links.first().innerText()
    equal(await page.locator('p.error', { hasText: sentence }).count(), 1, sentence)
  }

  /** The order in D1 and the letters about it. */
  async function isKept(reference: string, answers: Answers): Promise<void> {
    const email = emailOf(answers)
    const orders = await stage.ordersOf(email)
    deepEqual(
      orders.map((order) => order.reference),
      [reference],
    )
    const [order] = orders
    ok(order)
    deepEqual(
      [order.status, order.provider, order.catalogue, order.version, order.placed_on, order.total_pence],
      ['placed', 'stepping-stones', '2024-25', 1, '2024-09-10', 192_500],
    )
    equal(order.school_name, answers.school['Name of the school'])
    const { quote, request } = order
    equal(quote.totalPence, 192_500)
    deepEqual(quote.adjustments, [])
    deepEqual(
      quote.lines.map(({ offer, option, quantity, unitPence, pence, added }) => [
        ...[offer, option, quantity, unitPence, pence, added === true],
      ]),
      [
        ['universal', undefined, 1, 55_000, 55_000, true],
        ['silver', undefined, 1, 100_000, 100_000, false],
        ['training', 'twilight', 1, 37_500, 37_500, false],
      ],
    )
    deepEqual(quote.lines[0]?.why, [{ code: 'base-requirement' }])
    const byOffer = request.items.toSorted((a, b) => String(a.offer).localeCompare(String(b.offer)))
    deepEqual(byOffer, [
      { offer: 'silver', quantity: 1 },
      { offer: 'training', option: 'twilight', quantity: 1, topics: ['adhd'], attending: 24, note },
    ])
    deepEqual(request.buyer.schools, [
      {
        name: answers.school['Name of the school'],
        district: '1',
        urn: '119345',
        address: answers.school['Address (optional)'],
      },
    ])
    deepEqual(request.payment, { method: 'journal', ledgerCode: 'AB123', purchaseOrder: 'PO-7' })
    deepEqual(request.contact, {
      name: answers.contact['Your name'],
      role: 'SENCo',
      email,
      telephone: '01524 000111',
    })
    deepEqual(request.signatory, {
      name: answers.signatory['Name of the person who signs'],
      role: 'Head teacher',
      email: answers.signatory['Their e-mail address'],
    })
    const letters = await lettersAbout(stage.product, reference, 3)
    deepEqual(letters.map(({ to }) => to).sort(), [email, ...roleAddresses].sort())
    for (const { subject, text } of letters) {
      ok(`${subject}\n${text}`.includes(reference))
      ok(text.includes('£1,925'))
    }
  }

  /** The demonstration school's pages: the picker, the training menu, the order form. */
  async function acrossTheWebsite(width: number): Promise<void> {
    const answers = answersOf(`website-${width}`)
    const { page, wrong } = await stage.visit(`${stage.product.demoOrigin}/order.html`, { width })
    // Axe reads the same elements at every width.
    const look = looking(page, answers, wrong, width === 320)
    await page.getByText('Your list is empty.', { exact: false }).waitFor()
    await look('the order without a list')
    await page.goto(`${stage.product.demoOrigin}/packages.html`)
    await page.getByLabel('Silver package', { exact: true }).fill('1')
    await total(page, '£1,550')
    ok(await page.getByLabel('Universal support offer', { exact: true }).isChecked())
    await page.getByText('Added by itself', { exact: false }).waitFor()
    await look('the packages')
    await page.getByRole('link', { name: /^Choose training/ }).click()
    await page.getByLabel('Twilight, 2 hours', { exact: true }).fill('1')
    await page.getByLabel('Supporting pupils with ADHD', { exact: true }).check()
    await page.getByLabel(/^How many people will come/).fill('24')
    await total(page, '£1,925')
    await look('the training')
    await page.getByRole('link', { name: 'Continue to the order' }).click()
    const reference = await throughAllSteps(page, answers, look, true)
    ok(await isFocused(await heading(page, 'Your order is placed')))
    await look('the confirmation')
    await isKept(reference, answers)
    await page.getByRole('link', { name: 'Place another order' }).click()
    await page.context().close()
  }

  const total = (page: Page, text: string): Promise<void> => page.locator('output', { hasText: text }).first().waitFor()

  it('on the school’s own website: a Silver package, a twilight and the universal offer for £1,925', () =>
    acrossTheWebsite(1280))

  it('on a telephone of 320 pixels, without scrolling sideways', () => acrossTheWebsite(320))

  it('on the portal without JavaScript, on a telephone of 320 pixels', async () => {
    const answers = answersOf('portal')
    const address = portalAddress(stage.product, 'stepping-stones/order')
    const { page, wrong } = await stage.visit(address, { width: 320, script: false })
    const look = looking(page, answers, wrong)
    await page.getByText('Your list is empty.', { exact: false }).waitFor()
    await look('the order without a list')
    await page.getByRole('link', { name: 'Packages and prices' }).click()
    await page.getByLabel('Silver package', { exact: true }).fill('1')
    await button(page, 'Update the total').click()
    await total(page, '£1,550')
    await look('the packages')
    await page.getByRole('link', { name: /^Choose training/ }).click()
    await page.getByLabel('Twilight, 2 hours', { exact: true }).fill('1')
    await page
      .locator('summary', { hasText: /Topics and number of people.*Twilight/ })
      .first()
      .click()
    const more = page.getByRole('listitem').filter({ has: page.getByLabel('Twilight, 2 hours', { exact: true }) })
    await more.getByLabel('Supporting pupils with ADHD', { exact: true }).check()
    await more.getByLabel(/^How many people will come/).fill('24')
    await button(page, 'Update the total').click()
    await total(page, '£1,925')
    await look('the training')
    await button(page, 'Continue to the order').click()
    const reference = await throughAllSteps(page, answers, look, false)
    await look('the confirmation')
    await isKept(reference, answers)
    await page.context().close()
  })

  it('with the portal’s widgets, and finds every answer again on each step', async () => {
    const answers = answersOf('portal-widgets')
    const address = portalAddress(stage.product, 'stepping-stones/order', {
      silver: '1',
      'training.twilight': '1',
      'training.twilight.topics': 'adhd',
      'training.twilight.attending': '24',
    })
    const { page, wrong } = await stage.visit(address)
    const reference = await throughAllSteps(page, answers, looking(page, answers, wrong), true)
    await isKept(reference, answers)
    await page.context().close()
  })

  it('by the keyboard alone, and always sees where the focus is', async () => {
    const answers = answersOf('keyboard')
    const { page, wrong } = await stage.visit(`${stage.product.demoOrigin}/packages.html`)
    const look = looking(page, answers, wrong)
    const silver = page.getByLabel('Silver package', { exact: true })
    await silver.waitFor()
    await tabTo(page, silver)
    await page.keyboard.type('1')
    await total(page, '£1,550')
    await tabTo(page, page.getByRole('link', { name: /^Choose training/ }))
    await page.keyboard.press('Enter')
    const twilight = page.getByLabel('Twilight, 2 hours', { exact: true })
    await twilight.waitFor()
    await tabTo(page, twilight)
    await page.keyboard.type('1')
    await tabTo(page, page.getByLabel('Supporting pupils with ADHD', { exact: true }))
    await page.keyboard.press('Space')
    await tabTo(page, page.getByLabel(/^How many people will come/))
    await page.keyboard.type('24')
    await total(page, '£1,925')
    await tabTo(page, page.getByRole('link', { name: 'Continue to the order' }))
    await page.keyboard.press('Enter')
    await heading(page, 'Your list')
    await tabTo(page, page.getByLabel('Anything we should know? (optional)'))
    await page.keyboard.type(note)
    // Enter in a field goes on.
    await page.keyboard.press('Enter')
    for (const step of askingSteps) {
      const title = await heading(page, asking[step])
      ok(await isFocused(title), `the focus is not on “${asking[step]}”`)
      await tabTo(page, button(page, 'Continue'))
      await page.keyboard.press('Enter')
      const summary = page.getByRole('alert')
      await summary.waitFor()
      ok(await isFocused(summary), `the focus is not on what is wrong at “${asking[step]}”`)
      // The first mistake's link leads to its control.
      await page.keyboard.press('Tab')
      await page.keyboard.press('Enter')
      const [first = ''] = Object.keys(answers[step])
      const choice = step === 'payment' ? page.getByLabel('Invoice', { exact: true }) : page.getByLabel(first)
      ok(await isFocused(choice.first()), `the link does not lead to “${first}”`)
      for (const [label, value] of Object.entries(answers[step])) {
        const control = page.getByLabel(label, { exact: true })
        if (value === CHOSEN && step === 'payment') {
          await page.keyboard.press('ArrowDown')
          ok(await control.isChecked())
        } else {
          await tabTo(page, control)
          if (value === CHOSEN) await page.keyboard.press('Space')
          else await page.keyboard.type(value)
        }
      }
      await tabTo(page, button(page, 'Continue'))
      await page.keyboard.press('Enter')
    }
    ok(await isFocused(await heading(page, 'Check your answers')))
    await look('the check')
    // Back to a step and on again: a change is no detour by all the others.
    await tabTo(page, page.getByRole('button', { name: /^Change.*Who we can talk to$/ }))
    await page.keyboard.press('Enter')
    ok(await isFocused(await heading(page, asking.contact)))
    await stands(page, answers.contact)
    await tabTo(page, button(page, 'Continue'))
    await page.keyboard.press('Space')
    ok(await isFocused(await heading(page, 'Check your answers')))
    await tabTo(page, button(page, 'Place the order'))
    await page.keyboard.press('Enter')
    const reference = await referenceOn(page)
    ok(await isFocused(await heading(page, 'Your order is placed')))
    await isKept(reference, answers)
    deepEqual(wrong, [])
    await page.context().close()
  })

  /** Presses Tab until a control has the focus; each stop on the way shows that it has it. */
  async function tabTo(page: Page, target: Locator): Promise<void> {
    for (let stop = 0; stop < 90; stop += 1) {
      if (await isFocused(target)) return
      await page.keyboard.press('Tab')
      const seen = await page.evaluate(() => {
        let element = document.activeElement
        while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement
        if (!element || element === document.body) return 'nothing'
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element)
        const shows = (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1) || boxShadow !== 'none'
        const { width, height } = element.getBoundingClientRect()
        return shows && width > 0 && height > 0 ? '' : element.outerHTML.slice(0, 200)
      })
      if (seen !== 'nothing') equal(seen, '', 'the focus cannot be seen')
    }
    throw new Error(`Tab does not lead to ${target}`)
  }

  for (const script of [true, false])
    it(`is told when orders are taken, ${script ? 'with' : 'without'} JavaScript`, async () => {
      const path = 'stepping-stones/order'
      const early = portalAddress(stage.product, path, { catalogue: '2024-25', today: '2024-02-29', silver: '1' })
      const { page, wrong } = await stage.visit(early, { script, width: 320 })
      const look = looking(page, answersOf('closed'), wrong)
      await page.getByText(/orders are taken from 1 March 2024\. Your list stays here until then\./).waitFor()
      equal(await button(page, 'Continue').count(), 0)
      await page.getByText('1 × Silver package').waitFor()
      await look('before it opens')
      await page.goto(portalAddress(stage.product, path, { catalogue: '2024-25', today: '2025-04-01', silver: '1' }))
      await page.getByText(/the last day for orders was 31 March 2025\. Ring 01524 67164\./).waitFor()
      equal(await button(page, 'Continue').count(), 0)
      await look('after it ended')
      await page.goto(portalAddress(stage.product, path, { catalogue: '2024-25', today: '2024-03-01', silver: '1' }))
      await button(page, 'Continue').waitFor()
      await look('on its first day')
      await page.context().close()
    })
})
