import type { BuyerClass, Phase } from '../../catalogue/schema/buyer.ts'
import type { Asked } from '../kit/question.view.ts'
import {
  answerTo,
  listParts,
  type Order,
  type Part,
  type QuoteOf,
  quoteFor,
  requestOf,
  STEPS,
  type Step,
} from './steps.ts'

/**
 * The step that follows. The first time through it is the next one; somebody who has seen the check already goes
 * back to it, unless a later step has something wrong.
 */
export function stepAfter(steps: readonly Step[], at: Step, reached: Step, isWrong: (step: Step) => boolean): Step {
  const later = steps.slice(steps.indexOf(at) + 1)
  return (reached === 'check' ? later.find((step) => step !== 'check' && isWrong(step)) : later[0]) ?? 'check'
}

/** The step that has a place of the order's body. */
export function stepOf(pointer: string): Step {
  if (pointer.startsWith('/buyer')) return 'school'
  return STEPS.find((step) => pointer.split('/')[1] === step) ?? 'list'
}

/** What a step asks. */
export function partsOf(step: Step, order: Order, quoteOf: QuoteOf): Part[] {
  const { catalogue } = order
  const line = (name: string, more: Partial<Asked> = {}): Asked => ({ name, as: 'line', ...more })
  const person = (who: string, section: string): Asked[] => [
    line(`${who}.name`, { autocomplete: `${section}name`, size: 'long' }),
    line(`${who}.role`, { autocomplete: `${section}organization-title`, optional: true }),
    line(`${who}.email`, { autocomplete: `${section}email`, as: 'email', size: 'long' }),
  ]
  switch (step) {
    case 'list':
      return listParts(order)
    case 'school':
      return schoolParts(order, quoteOf)
    case 'contact':
      return [
        {
          questions: [
            ...person('contact', ''),
            line('contact.telephone', { as: 'tel', autocomplete: 'tel', optional: true }),
          ],
        },
      ]
    case 'payment':
      return [
        {
          questions: [
            line('payment.method', {
              as: 'choice',
              choices: catalogue.payment.map(({ method, name, hint }) => ({ value: method, name, hint })),
            }),
            line('payment.ledgerCode', { when: ['payment.method', 'journal'] }),
            line('payment.purchaseOrder', { optional: true }),
          ],
        },
      ]
    case 'signatory':
      return [
        {
          questions: [
            line('signatory.same', { as: 'tick' }),
            ...person('signatory', 'section-signatory ').map((question) => ({
              ...question,
              when: ['signatory.same', ''] as const,
            })),
          ],
        },
      ]
    default:
      return []
  }
}

function schoolParts(order: Order, quoteOf: QuoteOf): Part[] {
  const { catalogue, basket } = order
  const { districts, elsewhere = [] } = catalogue.area
  const { schools } = requestOf(order).buyer
  // What a price needs is asked even once it has been answered: a question does not go away under one's hands.
  const needed = new Set(
    [order, { ...order, answers: {} }].flatMap((asking) => {
      const result = quoteFor(asking, quoteOf)
      return result.ok ? [] : result.faults.map(({ pointer }) => pointer)
    }),
  )
  const parts = schools.map((_, index): Part => {
    const at = (field: string) => `buyer.schools.${index}.${field}`
    const needs = (field: string) => needed.has(`/buyer/schools/${index}/${field}`)
    const first = index === 0
    const facts = ['pupils', 'staff', 'classes'].filter(needs)
    // A group that lists its members knows them by their number; of any other a school says so, and the provider confirms it.
    const groups = first ? (catalogue.groups ?? []).filter(({ urns }) => !urns) : []
    const questions: (Asked | false)[] = [
      first && { name: at('name'), as: 'line', size: 'long', autocomplete: 'organization' },
      ((first && districts.length > 0) || needs('district')) && {
        name: at('district'),
        as: 'choice',
        choices: [
          ...districts.map(({ id, name }) => ({ value: id, name })),
          ...elsewhere.flatMap(({ name, districts: theirs }) => theirs.map((value) => ({ value, hint: name }))),
          { value: 'elsewhere' },
        ],
      },
      ...facts.map((field): Asked => ({ name: at(field), as: 'number' })),
      needs('phase') && { name: at('phase'), as: 'choice', choices: PHASES.map((value) => ({ value })) },
      first &&
        needed.has('/buyer/class') && {
          name: 'buyer.class',
          as: 'choice',
          choices: CLASSES.map((value) => ({ value })),
        },
      ...groups.map(({ id, name }): Asked => ({ name: `buyer.groups.${id}`, as: 'tick', label: name })),
      first && { name: at('urn'), as: 'line', size: 'short', optional: true },
      first && { name: at('schoolNumber'), as: 'line', size: 'short', optional: true },
      first && { name: at('address'), as: 'line', size: 'full', optional: true, autocomplete: 'street-address' },
    ]
    const title = schools.length > 1 ? answerTo(at('name'), order) : undefined
    return { title, questions: questions.filter((question) => question !== false) }
  })
  return basket.schools.length > 1 ? parts.filter(({ questions }) => questions.length) : parts
}

// Named here and not fetched from the schema, which is heavy. A phase or a class that is new there does not compile until it is asked for.
const PHASES = Object.keys({
  nursery: 0,
  primary: 0,
  secondary: 0,
  'all-through': 0,
  'sixteen-plus': 0,
  special: 0,
  alternative: 0,
} satisfies Record<Phase, 0>)
const CLASSES = Object.keys({
  maintained: 0,
  academy: 0,
  independent: 0,
  charity: 0,
  'local-authority': 0,
  other: 0,
} satisfies Record<BuyerClass, 0>)
