import { spoken } from '../spoken.ts'
import { pounds } from './money.ts'

/** What the order form says from its second step on. Sentences about mistakes are in `faults.ts`. */
export const en = {
  change: 'Change',
  topics: 'Topics',
  changeSchools: 'Change the schools',
  cluster: (count: number) => `${count} schools buy together. The first one signs and pays.`,
  confirms: 'The person who signs confirms:',
  signs: 'We write to this person when there is something to sign.',
  place: 'Place the order',
  placeAt: (pence: number) => `Place the order at ${pounds(pence)}`,
  placing: 'Placing your order…',
  again: 'Try again',
  priceChanged: (was: number, now: number) =>
    `The price has changed from ${pounds(was)} to ${pounds(now)} since you began. Nothing has been ordered yet. Look at the new price below and place the order if you agree.`,
  away: 'We could not hear whether your order arrived. Nothing that you typed is lost. Try again: it cannot be ordered twice.',
  awayStill: 'If it still does not work:',
  busy: 'Many orders are coming in. Nothing that you typed is lost. Wait a minute, then try again.',
  refused: 'The order could not be taken, and nothing has been ordered. Nothing that you typed is lost.',
  number: (instance: string) => `Give this number: ${instance}`,
  placed: 'Your order is placed',
  reference: 'Your reference',
  letter: (email: string) => `We are sending a letter with all of it to ${email}.`,
  first: 'Your first try did arrive, so this is the order as it was then. What you changed afterwards is not in it.',
  nextSteps: 'What happens next',
  questions: 'Questions about this order',
  print: 'Print this page',
  more: 'Place another order',
  district: (id: string) => `District ${id}`,
  asked: {
    'buyer.schools.name': { label: 'Name of the school', what: 'the name of the school' },
    'buyer.schools.district': { label: 'District', what: 'the district' },
    'buyer.schools.pupils': { label: 'Pupils on roll', what: 'the number of pupils on roll' },
    'buyer.schools.staff': { label: 'Members of staff', what: 'the number of staff' },
    'buyer.schools.classes': { label: 'Classes', what: 'the number of classes' },
    'buyer.schools.phase': { label: 'Phase', what: 'the phase of the school' },
    'buyer.class': { label: 'What kind of buyer are you?', what: 'what kind of buyer you are' },
    'buyer.schools.urn': {
      label: 'Unique reference number (URN)',
      what: 'the unique reference number',
      hint: 'Six digits, from the register of schools in England.',
    },
    'buyer.schools.schoolNumber': {
      label: 'School number',
      what: 'the school number',
      hint: 'Your local authority’s number for the school.',
    },
    'buyer.schools.address': { label: 'Address', what: 'the address' },
    'contact.name': { label: 'Your name', what: 'your name' },
    'contact.role': {
      label: 'Your role',
      what: 'your role',
      hint: 'Such as SENCo (special educational needs co-ordinator).',
    },
    'contact.email': {
      label: 'Your e-mail address',
      what: 'your e-mail address',
      hint: 'We send the confirmation there.',
    },
    'contact.telephone': { label: 'Your telephone number', what: 'your telephone number' },
    'payment.method': { label: 'How will the school pay?', what: 'how the school will pay' },
    'payment.ledgerCode': {
      label: 'Expenditure ledger code',
      what: 'the ledger code',
      hint: 'Needed for a journal transfer. Your finance officer knows it.',
    },
    'payment.purchaseOrder': {
      label: 'Purchase order number',
      what: 'the purchase order number',
      hint: 'We quote it on the invoice.',
    },
    'signatory.same': { label: 'I sign for the school myself', what: 'who signs' },
    'signatory.name': { label: 'Name of the person who signs', what: 'the name of the person who signs' },
    'signatory.role': { label: 'Their role', what: 'the role of the person who signs', hint: 'Such as head teacher.' },
    'signatory.email': { label: 'Their e-mail address', what: 'the e-mail address of the person who signs' },
  },
  choices: {
    elsewhere: 'Another district',
    nursery: 'Nursery',
    primary: 'Primary',
    secondary: 'Secondary',
    'all-through': 'All-through',
    'sixteen-plus': '16 to 19',
    special: 'Special',
    alternative: 'Alternative provision',
    maintained: 'Maintained school',
    academy: 'Academy',
    independent: 'Independent school',
    charity: 'Charity',
    'local-authority': 'Local authority',
    other: 'Other',
  },
}
export type OnwardWords = typeof en

/** The same in the language being spoken. */
export const words = spoken('onward', en)
