import type { Adjustment, Line, Quote } from '../../catalogue/rules/quote.ts'
import type { Catalogue } from '../../catalogue/schema/catalogue.ts'
import type { OrderReceipt, OrderRequestBody } from '../../catalogue/wire/order.ts'
import { money, type Names, reason } from './words.en.ts'

/** What a letter about an order tells of. */
export interface ToldOrder {
  receipt: OrderReceipt
  request: OrderRequestBody
  quote: Quote
}

/** A letter's words. */
export interface Written {
  subject: string
  text: string
}

/** How the provider is reached, as a sentence; nothing where its catalogue names no way. */
export function reachOf({ provider }: Catalogue): string[] {
  const ways = [provider.telephone, provider.email].filter((way) => way !== undefined)
  return ways.length === 0 ? [] : [`If something is not right, contact ${provider.name}: ${ways.join(', ')}.`]
}

/** Paragraphs with an empty line between them; empty ones are left out. */
export function letter(...paragraphs: string[][]): string {
  return `${paragraphs
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`
}

/** Lines of a name and its value, where there is one. */
export function known(entries: [name: string, value: string | number | undefined][]): string[] {
  return entries.flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}`]))
}

/** Whom an order is for. */
export function schoolsOf({ buyer }: OrderRequestBody): string {
  const [first, ...others] = buyer.schools
  if (others.length === 0) return first?.name ?? ''
  return `${first?.name} and ${others.length} other ${others.length === 1 ? 'school' : 'schools'}`
}

/** The names of offers and their options by their ids. */
export function namesOf({ offers }: Catalogue): Names & { option: (offer: string, option: string) => string } {
  return {
    offer: (id) => offers.find((offer) => offer.id === id)?.name ?? id,
    option: (id, option) =>
      offers.find((offer) => offer.id === id)?.options?.find((entry) => entry.id === option)?.name ?? option,
  }
}

/** What was ordered, why it costs what it costs, and what came off. */
export function linesOf(catalogue: Catalogue, quote: Quote, request: OrderRequestBody): string[] {
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

/** What it comes to. */
export function totalsOf({ vatPence, totalPence, conditionalPence }: Quote): string[] {
  return [
    ...(vatPence ? [`VAT: ${money(vatPence)}`] : []),
    `Total: ${money(totalPence)}`,
    ...(conditionalPence ? [`Charged only if a place is given: ${money(conditionalPence)}`] : []),
  ]
}
