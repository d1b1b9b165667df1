import { equal, match } from 'node:assert/strict'
import type { Locator, Page } from 'playwright-core'

/** What a school says when it orders, by what its controls are called. */
export interface Answers {
  school: Record<string, string>
  contact: Record<string, string>
  payment: Record<string, string>
  signatory: Record<string, string>
}

/** The steps between the list and the check, with their headings. */
export const asking = {
  school: 'Your school',
  contact: 'Who we can talk to',
  payment: 'How you will pay',
  signatory: 'Who signs',
} as const
export type Asking = keyof typeof asking
export const askingSteps = Object.keys(asking) as Asking[]

/** What stands in a control that is chosen rather than typed in. */
export const CHOSEN = '(chosen)'

let schools = 0

/** Answers that nobody else gives, so that an order can be told from all others. */
export function answersOf(who: string): Answers {
  schools += 1
  const own = `${who}-${process.pid}-${schools}`
  return {
    school: {
      'Name of the school': `Ryelands Primary ${own}`,
      'District 1': CHOSEN,
      'Unique reference number (URN) (optional)': '119345',
      'Address (optional)': `${schools} Ryelands Road, Lancaster`,
    },
    contact: {
      'Your name': `Ada Contact ${own}`,
      'Your role (optional)': 'SENCo',
      'Your e-mail address': `${own}@school.example`,
      'Your telephone number (optional)': '01524 000111',
    },
    payment: {
      'Journal transfer': CHOSEN,
      'Expenditure ledger code': 'AB123',
      'Purchase order number (optional)': 'PO-7',
    },
    signatory: {
      'Name of the person who signs': `Bea Signer ${own}`,
      'Their role (optional)': 'Head teacher',
      'Their e-mail address': `head-${own}@school.example`,
    },
  }
}

/** The address that an order's contact gives. */
export function emailOf({ contact }: Answers): string {
  return contact['Your e-mail address'] ?? ''
}

/** Everything in some answers that is about a person or a school. */
export function personal({ school, contact, signatory }: Answers): string[] {
  return [school, contact, signatory]
    .flatMap((answers) => Object.values(answers))
    .filter((value) => value !== CHOSEN && value.length > 6)
}

/** Gives a step's answers. */
export async function give(page: Page, answers: Record<string, string>): Promise<void> {
  for (const [label, value] of Object.entries(answers)) {
    const control = page.getByLabel(label, { exact: true })
    if (value === CHOSEN) await control.check()
    else await control.fill(value)
  }
}

/** Holds that a step still has its answers. */
export async function stands(page: Page, answers: Record<string, string>): Promise<void> {
  for (const [label, value] of Object.entries(answers)) {
    const control = page.getByLabel(label, { exact: true })
    if (value === CHOSEN) equal(await control.isChecked(), true, label)
    else equal(await control.inputValue(), value, label)
  }
}

/** A step's heading, once it is there. */
export async function heading(page: Page, name: string): Promise<Locator> {
  const found = page.getByRole('heading', { name, exact: true }).first()
  await found.waitFor()
  return found
}

/** The button of this name. */
export function button(page: Page, name: string): Locator {
  return page.getByRole('button', { name, exact: true })
}

/** From the list to the check of answers. */
export async function answerAll(page: Page, answers: Answers): Promise<void> {
  await button(page, 'Continue').click()
  for (const step of askingSteps) {
    await heading(page, asking[step])
    await give(page, answers[step])
    await button(page, 'Continue').click()
  }
  await heading(page, 'Check your answers')
}

/** The reference on the confirmation, once it is there. */
export async function referenceOn(page: Page): Promise<string> {
  await heading(page, 'Your order is placed')
  const reference = (await page.getByText('Your reference', { exact: true }).locator('+ *').innerText()).trim()
  match(reference, /^[A-Z]{2,4}(-[0-9A-Z]{4}){2}$/)
  return reference
}
