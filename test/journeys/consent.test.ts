import { deepEqual, equal, match, ok } from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { answerOnPhone, consentLink, Letters, sendReferral, translate } from './referring.ts'
import { comesIntoFocus, fits, keepsQuiet, openStage, type Stage } from './visit.ts'

const BORN = '2015-03-27'
const CARER = 'ngozi@family.example'
const PUPIL = 'Amira Okonkwo-Kaye'

describe('A parent', { concurrency: 2 }, () => {
  let stage: Stage
  let letters: Letters
  before(async () => {
    stage = await openStage()
    letters = new Letters(stage.product)
  })
  after(() => stage?.close())

  /** A referral that waits for a parent’s answer, and the link in the parent’s letter. */
  const asked = async (language = 'en', provider = 'sedis') => {
    const fills = { 'pupil.born': BORN, 'carer.language': language }
    const sent = await sendReferral(stage.product, { provider, fills })
    return { ...sent, link: consentLink(await letters.about(sent.reference, 2), CARER) }
  }
  const openDoor = async (page: Page, born = BORN) => {
    const [year = '', month = '', day = ''] = born.split('-')
    for (const [name, value] of Object.entries({ day, month, year })) await page.locator(`#${name}`).fill(value)
    await page.locator('main form button').first().click()
  }
  const sound = async (page: Page, where: string) => {
    await fits(page, where)
    deepEqual(await stage.faults(page), [], where)
    equal((await page.title()).includes('Okonkwo'), false, where)
    await keepsQuiet(page, [PUPIL, 'Okonkwo', BORN], where)
  }

  it('answers in Urdu on a phone without a script, and takes it back in no more presses than it took to give', async () => {
    const { link } = await asked('ur')
    const { page, wrong } = await stage.visit(link, { width: 360, script: false })
    equal(await page.locator('html').getAttribute('dir'), 'rtl')
    await sound(page, 'the door')
    await openDoor(page, '2014-03-27')
    await page.locator('#summary').waitFor()
    await sound(page, 'the wrong date')
    await openDoor(page)
    await page.waitForURL(/\/consent\/p\//)
    equal(await page.locator('html').getAttribute('lang'), 'ur')
    match(await page.locator('main').innerText(), new RegExp(PUPIL))
    equal(await page.locator('input:checked').count(), 0)
    await sound(page, 'the questions')
    // Giving: choose, sign, send.
    let presses = 0
    const press = async (what: string) => {
      presses += 1
      await page.locator(what).first().click()
    }
    await press('input[value=given]')
    await page.locator('#name').fill('نغوزي O’Hara')
    await page.locator('#relationship').fill('ماں')
    await press('.onward button')
    await page.waitForURL(/done=kept/)
    await sound(page, 'the thanks')
    const given = presses
    presses = 0
    await press('details:has(button) summary')
    await press('details button')
    await page.getByText('یہ روک دیا گیا ہے').first().waitFor()
    ok(presses <= given, `${presses} presses to take back what ${given} gave`)
    await sound(page, 'the end')
    equal((await page.content()).includes(PUPIL), false)
    deepEqual(
      wrong.filter((one) => !/422/.test(one)),
      [],
    )
    await page.goto(link)
    await sound(page, 'the link after the end')
    await page.context().close()
  })

  it('reads every page in each language, in its direction, on the smallest screen', async () => {
    const { link } = await asked()
    const { page } = await stage.visit(link, { width: 320, script: false })
    const inEach = async (where: string, ...only: string[]) => {
      const address = new URL(page.url())
      for (const [language, direction] of Object.entries({ cy: 'ltr', pl: 'ltr', ur: 'rtl', ar: 'rtl', en: 'ltr' })) {
        if (only.length > 0 && !only.includes(language)) continue
        address.searchParams.set('lang', language)
        await page.goto(address.href)
        equal(await page.locator('html').getAttribute('dir'), direction)
        await sound(page, `${where} in ${language}`)
      }
    }
    await inEach('the door')
    await openDoor(page)
    await page.waitForURL(/\/consent\/p\//)
    await inEach('the questions')
    await page.locator('.onward button').click()
    await page.locator('#summary').waitFor()
    await sound(page, 'what is missing')
    await page.locator('input[value=refused]').first().check()
    await page.locator('#name').fill('Ngozi')
    await page.locator('#relationship').fill('Mother')
    await page.locator('.onward button').click()
    await page.waitForURL(/done=kept/)
    await inEach('a no', 'ur', 'en')
    await page.goto(`${stage.product.origin}/consent`)
    await inEach('the code', 'ar')
    await page.context().close()
  })

  it('answers after the browser has translated the page, over a connection that comes and goes', async () => {
    const { link } = await asked()
    const { page, wrong } = await stage.visit(link, { width: 360 })
    await translate(page)
    await openDoor(page)
    await page.waitForURL(/\/consent\/p\//)
    await translate(page)
    await page.locator('input[value=given]').first().check()
    await page.locator('#name').fill('Ngozi Okonkwo')
    await page.locator('#relationship').fill('Mother')
    await page.locator('#words').fill('One\nTwo')
    await page.context().setOffline(true)
    await page.locator('.onward button').click()
    await page.locator('[data-say=lost]:visible').waitFor()
    await translate(page)
    equal(await page.locator('#name').inputValue(), 'Ngozi Okonkwo')
    equal(await page.locator('#words').inputValue(), 'One\nTwo')
    await page.context().setOffline(false)
    await page.locator('.onward button').dblclick()
    await page.waitForURL(/done=kept/)
    await page.getByRole('heading', { name: 'Thank you' }).waitFor()
    deepEqual(
      wrong.filter((one) => !/failed|ERR_INTERNET_DISCONNECTED|ERR_ABORTED/.test(one)),
      [],
    )
    await translate(page)
    await page.locator('details:has(button) summary').first().click()
    await page.locator('details button').first().click()
    await page.getByRole('heading', { name: 'This has been stopped' }).waitFor()
    await page.context().close()
  })

  it('answers by the keyboard alone, and comes to what is missing', async () => {
    const { link } = await asked()
    const { page } = await stage.visit(link, { width: 360 })
    await page.locator('#day').focus()
    for (const typed of ['27', 'Tab', '3', 'Tab', '2015', 'Enter'])
      await (/^\d/.test(typed) ? page.keyboard.type(typed) : page.keyboard.press(typed))
    await page.waitForURL(/\/consent\/p\//)
    await page.locator('#name').focus()
    await page.keyboard.press('Enter')
    ok(await comesIntoFocus(page.locator('#summary')))
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    ok(await comesIntoFocus(page.locator('[id="answer.share"]')), 'the first link leads to the question')
    await page.keyboard.press('Space')
    await page.locator('#name').focus()
    await page.keyboard.type('Ngozi Okonkwo')
    await page.keyboard.press('Tab')
    await page.keyboard.type('Mother')
    await page.keyboard.press('Enter')
    await page.waitForURL(/done=kept/)
    await page.context().close()
  })

  it('says no, which nobody reads, and finds the privacy notice and the way to complain one press away', async () => {
    const { link, reference } = await asked()
    const one = await answerOnPhone(stage, link, {
      answers: { share: 'refused' },
      name: 'Ngozi Okonkwo',
      relationship: 'Mother',
      born: BORN,
    })
    const text = await one.page.locator('main').innerText()
    match(text, /has not read the request/)
    match(text, new RegExp(reference))
    const privacy = one.page.getByRole('link', { name: 'How your data is used' })
    const complaints = one.page.getByRole('link', { name: 'How to complain' })
    for (const target of [privacy, complaints]) {
      const page = await stage.visit(new URL((await target.getAttribute('href')) ?? '', link).href, { script: false })
      deepEqual(page.wrong, [])
      await page.page.context().close()
    }
    await one.page.context().close()
  })
})
