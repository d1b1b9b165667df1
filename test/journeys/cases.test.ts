import { deepEqual, equal, match, ok } from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { SAMPLE } from '../worker/referring.ts'
import { deskOf } from './desk.ts'
import {
  answerOnPhone,
  consentLink,
  Letters,
  privateIn,
  type SentReferral,
  saysNothingOf,
  sendReferral,
} from './referring.ts'
import { comesIntoFocus, fits, keepsQuiet, openStage, type Stage } from './visit.ts'

const BORN = '2015-02-03'
const PARENTS = [SAMPLE['carer.email'] ?? '', SAMPLE['second-carer.email'] ?? '']

describe('A referral at the console', { concurrency: 1 }, () => {
  let stage: Stage
  let letters: Letters
  before(async () => {
    stage = await openStage()
    letters = new Letters(stage.product)
  })
  after(() => stage?.close())

  /** A referral to the placement that both parents have agreed to share. */
  async function released(name: string, school: string): Promise<SentReferral> {
    const fills = { 'pupil.name': name, 'pupil.born': BORN, 'school.name': school }
    const sent = await sendReferral(stage.product, { provider: 'stepping-stones', pathway: 'placement', fills })
    const asked = await letters.about(sent.reference, 3)
    for (const parent of PARENTS) {
      const answers = { share: 'given' } as const
      const link = consentLink(asked, parent)
      const { page } = await answerOnPhone(stage, link, {
        answers,
        name: 'A Parent',
        relationship: 'Parent',
        born: BORN,
      })
      await page.context().close()
    }
    return sent
  }

  const at = (path: string): string => `${stage.product.origin}/console/stepping-stones${path}`
  const done = (page: Page, text: string) => page.locator('main .notice', { hasText: text }).waitFor()

  it('goes to a panel whose last place two people give at once: one is given, the other waits with its reason', async () => {
    const names = ['Wilhelmina Featherstonehaugh', 'Bartholomew Quillfeather']
    const [one, other] = await Promise.all([
      released(names[0] ?? '', 'Quince Tree Primary School'),
      released(names[1] ?? '', 'Medlar Lane Junior School'),
    ])
    const parts = names.flatMap((name) => name.split(' '))
    const sound = async (page: Page, where: string) => {
      const title = await page.title()
      deepEqual(
        parts.filter((part) => title.includes(part)),
        [],
        where,
      )
      await keepsQuiet(page, [...parts, BORN], where)
      await fits(page, where)
      deepEqual(await stage.faults(page), [], where)
    }
    const first = await deskOf(stage, 'coordinator')
    const { page } = first
    await page.getByRole('link', { name: 'Referrals', exact: true }).focus()
    await page.keyboard.press('Enter')
    ok(await comesIntoFocus(page.getByRole('heading', { level: 1, name: 'Referrals' })))
    await page.getByRole('link', { name: one.reference }).waitFor()
    await sound(page, 'the board')

    await page.goto(at('/panels'))
    await page.getByLabel('When does it meet?').fill('2024-09-27')
    await page.getByLabel('How many places does it have to give?').fill('1')
    await page.getByRole('button', { name: 'Arrange the panel' }).click()
    await page.getByRole('heading', { level: 1, name: 'Panel on 27 September 2024' }).waitFor()
    await page.getByRole('button', { name: 'Put referrals on the agenda' }).click()
    await page.getByRole('checkbox', { name: one.reference }).waitFor()
    for (const box of await page.getByRole('checkbox').all())
      await box.setChecked((await box.inputValue()) === one.reference || (await box.inputValue()) === other.reference)
    await page.getByRole('button', { name: 'Put them on the agenda' }).click()
    await done(page, 'They are on the agenda')
    await page.getByText('0 of 1 taken, 1 free').waitFor()
    await page.getByText(names[0] ?? '').waitFor()
    await sound(page, 'the panel')

    const second = await deskOf(stage, 'owner', 360)
    await second.page.goto(page.url())
    const deciding = [
      { desk: page, reference: one.reference },
      { desk: second.page, reference: other.reference },
    ]
    for (const { desk, reference } of deciding) {
      await desk.getByRole('button', { name: `Give a place for ${reference}` }).click()
      await desk.getByRole('dialog').getByText('This panel has not met yet: it meets on 27 September 2024.').waitFor()
      await desk.getByLabel('It was decided before the meeting').check()
      await desk.getByLabel('Why?').fill(`The panel agreed about ${reference}.`)
    }
    await sound(second.page, 'the decision on a phone')
    await Promise.all(
      deciding.map(({ desk }) => desk.getByRole('dialog').getByRole('button', { name: 'Give a place' }).click()),
    )
    const given = page.locator('main .notice', { hasText: 'Done: Give a place.' })
    const isFirst = await Promise.race([
      given.waitFor().then(() => true),
      page
        .getByRole('dialog')
        .getByText('The only place of the panel')
        .waitFor()
        .then(() => false),
    ])
    const [winner, loser] = isFirst ? [one, other] : [other, one]
    const late = isFirst ? second.page : page
    await late.getByRole('dialog').getByText('The only place of the panel').waitFor()
    await late.getByRole('button', { name: 'Put on the waiting list instead' }).click()
    equal(await late.getByLabel('Why?').inputValue(), `The panel agreed about ${loser.reference}.`)
    await late.getByRole('dialog').getByRole('button', { name: 'Put on the waiting list' }).click()
    await done(late, 'Done: Put on the waiting list.')

    await page.goto(at('/waiting'))
    await page.getByRole('link', { name: loser.reference }).waitFor()
    equal(await page.getByRole('link', { name: winner.reference }).count(), 0)
    await sound(page, 'the waiting list')

    await page.goto(at(`/cases/${winner.reference}`))
    await page.getByText(`The panel agreed about ${winner.reference}.`).waitFor()
    await page.getByText('Nobody is named yet who works on it.').waitFor()
    match(await page.title(), new RegExp(`^Referral ${winner.reference} `))
    await sound(page, 'the referral')
    await page.goBack()
    await page.getByRole('heading', { level: 1, name: 'Waiting list' }).waitFor()

    await second.page.setViewportSize({ width: 320, height: 800 })
    for (const path of ['/cases', '/cases/list', '/cases/find', `/cases/${winner.reference}`, '/panels', '/places']) {
      await second.page.goto(at(path))
      await second.page.waitForFunction(() => document.querySelector('main h1') && !document.querySelector('.waiting'))
      await fits(second.page, path)
    }

    for (const sent of [winner, loser])
      saysNothingOf(await letters.about(sent.reference, 8), [...privateIn(sent), `agreed about ${sent.reference}`])
    deepEqual(
      [...first.wrong, ...second.wrong].filter((text) => !/409/.test(text)),
      [],
    )
    await Promise.all([first.context.close(), second.context.close()])
  })
})
