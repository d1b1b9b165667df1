import { spoken } from '../spoken.ts'
import { longDate, pounds } from './money.ts'

/** What the order form says. Sentences about mistakes are in `faults.ts`. */
export const en = {
  steps: {
    list: 'Your list',
    school: 'Your school',
    contact: 'Who we can talk to',
    payment: 'How you will pay',
    signatory: 'Who signs',
    check: 'Check your answers',
  },
  progress: (service: string, step: number, of: number) => `Order from ${service}: step ${step} of ${of}`,
  soFar: (pence: number) => `Total ${pounds(pence)}`,
  next: 'Continue',
  back: 'Back',
  remove: 'Take out',
  optional: (label: string) => `${label} (optional)`,
  wrong: 'There is a problem',
  notLoaded: 'The page could not fetch what it needs to go on. Nothing that you typed is lost. Try again',
  empty: 'Your list is empty. Choose packages or training first; then come back here to order them.',
  packages: 'Choose or change packages',
  training: 'Choose or change training',
  opens: (title: string, day: string) =>
    `${title}: orders are taken from ${longDate(day)}. Your list stays here until then.`,
  closed: (title: string, day: string) => `${title}: the last day for orders was ${longDate(day)}.`,
  hold: (name: string) => `We already hold ${name} this year`,
  priceLater: 'The price depends on your school. You see it before you order.',
  reach: (provider: string, telephone: string | undefined, email: string | undefined) =>
    telephone ? `Ring ${telephone}.` : email ? `Write to ${email}.` : `Ask ${provider}.`,
  asked: {
    'items.attending': { label: 'How many people will attend?', what: 'the number of people who will attend' },
    'items.note': {
      label: 'Anything we should know?',
      what: 'the note',
      hint: 'In a sentence or two. Do not name pupils.',
    },
  },
}

/** The same in the language being spoken. */
export const words = spoken('order', en)

/** A question's words: what stands above its control, between the two, and what it is called within a sentence. */
export interface AskedWords {
  label: string
  what: string
  hint?: string
}
