import type { Quote } from '../../catalogue/rules/quote.ts'
import type { Catalogue } from '../../catalogue/schema/catalogue.ts'
import type { OrderRequestBody } from '../../catalogue/wire/order.ts'
import {
  known,
  letter,
  linesOf,
  namesOf,
  reachOf,
  schoolsOf,
  type ToldOrder,
  totalsOf,
  type Written,
} from './order-parts.en.ts'
import { date, money } from './words.en.ts'

/** The contact's copy of an order. */
export function placedForContact(catalogue: Catalogue, order: ToldOrder): Written {
  const { reference } = order.receipt
  return { subject: `Your order ${reference} with ${catalogue.provider.name}`, text: forContact(catalogue, order) }
}

/** The whole order, for the provider. */
export function placedForProvider(catalogue: Catalogue, order: ToldOrder): Written {
  const school = order.request.buyer.schools[0]?.name ?? ''
  return { subject: `New order ${order.receipt.reference} from ${school}`, text: forProvider(catalogue, order) }
}

function forContact(catalogue: Catalogue, { receipt, request, quote }: ToldOrder): string {
  const { provider, ordering } = catalogue
  return letter(
    [`Dear ${request.contact.name},`],
    [`Thank you. ${provider.name} has your order.`],
    [
      `Reference: ${receipt.reference}`,
      `Placed on: ${date(receipt.placedOn)}`,
      `Catalogue: ${catalogue.title}`,
      `For: ${schoolsOf(request)}`,
    ],
    ['What you ordered', ...linesOf(catalogue, quote, request)],
    totalsOf(quote),
    ['What happens next', ...ordering.afterwards.map((step, index) => `${index + 1}. ${step}`)],
    ordering.debited === undefined ? [] : [ordering.debited],
    [`${request.signatory.name} will be asked to sign when there is something to sign.`],
    reachOf(catalogue),
  )
}

function forProvider(catalogue: Catalogue, { receipt, request, quote }: ToldOrder): string {
  const { contact, payment, signatory, buyer } = request
  const [first] = buyer.schools
  return letter(
    [`${schoolsOf(request)} has placed an order.`],
    [
      `Reference: ${receipt.reference}`,
      `Placed on: ${date(receipt.placedOn)}`,
      `Catalogue: ${catalogue.title}, version ${receipt.version}`,
    ],
    [
      'School',
      ...known([
        ['Name', first?.name],
        ['Unique reference number', first?.urn],
        ['School number', first?.schoolNumber],
        ['District', first?.district],
        ['Pupils on roll', first?.pupils],
        ['Address', first?.address],
        ['Phase', first?.phase],
        ['Members of staff', first?.staff],
        ['Classes', first?.classes],
        ['Kind of buyer', buyer.class],
        ['Belongs to', buyer.groups?.map((id) => groupOf(catalogue, id)).join(', ') || undefined],
        ['Already holds', buyer.holds.map((id) => namesOf(catalogue).offer(id)).join(', ') || undefined],
      ]),
    ],
    buyer.schools.length > 1
      ? [
          `All ${buyer.schools.length} schools and their shares`,
          ...quote.shares.map(({ name, pence }, index) => {
            const facts = factsOf(buyer.schools[index])
            return `- ${[name, ...facts].join(', ')}: ${money(pence)}`
          }),
        ]
      : [],
    ['Ordered', ...linesOf(catalogue, quote, request)],
    totalsOf(quote),
    toCheck(catalogue, quote),
    [
      'Payment',
      ...known([
        ['By', catalogue.payment.find(({ method }) => method === payment.method)?.name ?? payment.method],
        ['Ledger code', payment.ledgerCode],
        ['Purchase order', payment.purchaseOrder],
      ]),
    ],
    [
      'Contact',
      ...known([
        ['Name', contact.name],
        ['Role', contact.role],
        ['E-mail', contact.email],
        ['Telephone', contact.telephone],
      ]),
    ],
    [
      'Who signs',
      ...known([
        ['Name', signatory.name],
        ['Role', signatory.role],
        ['E-mail', signatory.email],
      ]),
    ],
  )
}

function groupOf({ groups }: Catalogue, id: string): string {
  return groups?.find((group) => group.id === id)?.name ?? id
}

/** What a price may have gone by, of a school among others. */
function factsOf(school: OrderRequestBody['buyer']['schools'][number] | undefined): string[] {
  const { pupils, staff, classes, phase, district } = school ?? {}
  const counted = (number: number | undefined, name: string) =>
    number === undefined ? [] : [`${number.toLocaleString('en-GB')} ${name}`]
  return [
    ...counted(pupils, 'pupils'),
    ...counted(staff, 'staff'),
    ...counted(classes, 'classes'),
    ...(phase === undefined ? [] : [phase]),
    ...(district === undefined ? [] : [`district ${district}`]),
  ]
}

/** What the provider has to look at: the price rests on the school's own word. */
function toCheck(catalogue: Catalogue, { warnings }: Quote): string[] {
  const sentences = warnings.flatMap((warning) => {
    if (warning.code === 'group-to-confirm')
      return [
        `- The school says that it belongs to ${groupOf(catalogue, warning.group)}. Confirm that before you charge this price.`,
      ]
    if (warning.code === 'counted-short')
      return [`- The order spends ${warning.spent} ${warning.of}s and brings ${warning.granted}.`]
    return []
  })
  return sentences.length ? ['Please check', ...sentences] : []
}
