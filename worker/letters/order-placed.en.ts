import type { Adjustment, Line, Quote } from '../../catalogue/rules/quote.ts'
import type { Catalogue } from '../../catalogue/schema/catalogue.ts'
import type { OrderReceipt, OrderRequestBody } from '../../catalogue/wire/order.ts'
import { type LetterToKeep, newLetterId } from './letter.ts'
import { date, money, type Names, reason } from './words.en.ts'

/** What a letter about an order tells of. */
export interface PlacedOrder {
  provider: string
  placedAt: string
  receipt: OrderReceipt
  request: OrderRequestBody
  quote: Quote
}

/** The letters that an order writes: a copy to the contact, and the whole order to each address that the catalogue names. The signatory hears when there is something to sign. */
export function lettersOfOrder(catalogue: Catalogue, order: PlacedOrder): LetterToKeep[] {
  const { provider, placedAt, receipt, request } = order
  const same = { provider, about: receipt.reference, writtenAt: placedAt }
  const school = request.buyer.schools[0]?.name ?? ''
  const toProvider = {
    ...same,
    subject: `New order ${receipt.reference} from ${school}`,
    text: forProvider(catalogue, order),
  }
  const addresses: (string | undefined)[] = catalogue.letters.orders
  return [
    {
      ...same,
      id: newLetterId(),
      to: request.contact.email,
      subject: `Your order ${receipt.reference} with ${catalogue.provider.name}`,
      text: forContact(catalogue, order),
    },
    ...(addresses.length ? addresses : [undefined]).map((to) => ({ ...toProvider, id: newLetterId(), to })),
  ]
}

function forContact(catalogue: Catalogue, { receipt, request, quote }: PlacedOrder): string {
  const { provider, ordering } = catalogue
  const reach = [provider.telephone, provider.email].filter((way) => way !== undefined)
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
    reach.length === 0 ? [] : [`If something is not right, contact ${provider.name}: ${reach.join(', ')}.`],
  )
}

function forProvider(catalogue: Catalogue, { receipt, request, quote }: PlacedOrder): string {
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

/** Paragraphs with an empty line between them; empty ones are left out. */
function letter(...paragraphs: string[][]): string {
  return `${paragraphs
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`
}

function known(entries: [name: string, value: string | number | undefined][]): string[] {
  return entries.flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}`]))
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

function schoolsOf({ buyer }: OrderRequestBody): string {
  const [first, ...others] = buyer.schools
  if (others.length === 0) return first?.name ?? ''
  return `${first?.name} and ${others.length} other ${others.length === 1 ? 'school' : 'schools'}`
}

function namesOf({ offers }: Catalogue): Names & { option: (offer: string, option: string) => string } {
  return {
    offer: (id) => offers.find((offer) => offer.id === id)?.name ?? id,
    option: (id, option) =>
      offers.find((offer) => offer.id === id)?.options?.find((entry) => entry.id === option)?.name ?? option,
  }
}

function linesOf(catalogue: Catalogue, quote: Quote, request: OrderRequestBody): string[] {
  const names = namesOf(catalogue)
  const nameOf = ({ offer, option }: Pick<Line, 'offer' | 'option'>) =>
    option === undefined ? names.offer(offer) : `${names.offer(offer)}, ${names.option(offer, option)}`
  const because = (why: Line['why']) => {
    const parts = why.map((entry) => reason(entry, names)).filter((text) => text !== '')
    return parts.length ? ` (${parts.join('; ')})` : ''
  }
  const detailsOf = (line: Line) =>
    request.items
      .filter(({ offer, option }) => offer === line.offer && option === line.option)
      .flatMap(({ topics, attending, note }) => {
        const topicNames = topics?.map(
          (id) =>
            catalogue.offers.find((offer) => offer.id === line.offer)?.topics?.find((topic) => topic.id === id)?.name ??
            id,
        )
        return [
          ...(topicNames?.length ? [`  Topics: ${topicNames.join(', ')}`] : []),
          ...(attending === undefined ? [] : [`  Number attending: ${attending}`]),
          ...(note === undefined ? [] : [`  Note: ${note}`]),
        ]
      })
  const taken = ({ offer, option, pence, why }: Adjustment) =>
    `- ${offer === undefined ? '' : `${nameOf(option === undefined ? { offer } : { offer, option })}: `}${money(pence)}${because(why)}`
  return [
    ...quote.lines.flatMap((line) => [
      `- ${line.quantity} × ${nameOf(line)}: ${line.pence === null ? 'price on request' : money(line.pence)}${because(line.why)}`,
      ...detailsOf(line),
    ]),
    ...quote.adjustments.map(taken),
  ]
}

function totalsOf({ vatPence, totalPence, conditionalPence }: Quote): string[] {
  return [
    ...(vatPence ? [`VAT: ${money(vatPence)}`] : []),
    `Total: ${money(totalPence)}`,
    ...(conditionalPence ? [`Charged only if a place is given: ${money(conditionalPence)}`] : []),
  ]
}
