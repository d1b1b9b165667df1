import type { Catalogue } from '../../catalogue/schema/catalogue.ts'
import { type LetterToKeep, newLetterId } from './letter.ts'
import {
  acceptedForContact,
  acceptedForSignatory,
  declinedForContact,
  isSigner,
  type ToldAnswer,
} from './order-answered.en.ts'
import type { ToldOrder, Written } from './order-parts.en.ts'
import { placedForContact, placedForProvider } from './order-placed.en.ts'

/** A letter about an order: what it tells, and whom. */
export type OrderLetterKind =
  | 'order-placed-contact'
  | 'order-placed-provider'
  | 'order-accepted-contact'
  | 'order-accepted-signatory'
  | 'order-declined-contact'

const WRITERS: Record<OrderLetterKind, (catalogue: Catalogue, order: ToldOrder, answer: ToldAnswer) => Written> = {
  'order-placed-contact': placedForContact,
  'order-placed-provider': placedForProvider,
  'order-accepted-contact': acceptedForContact,
  'order-accepted-signatory': acceptedForSignatory,
  'order-declined-contact': declinedForContact,
}

/** Nothing was answered before, and no reason given. */
const FIRST: ToldAnswer = { changed: false, reason: '' }

/** Whether a kept letter's kind is one that can be written from its order. */
export function isOrderLetter(kind: string): kind is OrderLetterKind {
  return Object.hasOwn(WRITERS, kind)
}

/** The words of a letter about an order. */
export function wordsOf(
  kind: OrderLetterKind,
  catalogue: Catalogue,
  order: ToldOrder,
  answer: ToldAnswer = FIRST,
): Written {
  return WRITERS[kind](catalogue, order, answer)
}

/** An order, where it was placed and when its letter is written. */
export type Occasion = ToldOrder & { provider: string; writtenAt: string }

/** The letters that an order writes: a copy to the contact, and the whole order to each address that the catalogue names. The signatory hears when there is something to sign. */
export function lettersOfOrder(catalogue: Catalogue, order: Occasion): LetterToKeep[] {
  const addresses: (string | undefined)[] = catalogue.letters.orders
  const toProvider = wordsOf('order-placed-provider', catalogue, order)
  return [
    letterTo(
      order,
      'order-placed-contact',
      order.request.contact.email,
      wordsOf('order-placed-contact', catalogue, order),
    ),
    ...(addresses.length ? addresses : [undefined]).map((to) =>
      letterTo(order, 'order-placed-provider', to, toProvider),
    ),
  ]
}

/** The letters that an answer writes: to the contact, and to who signs once there is something to sign. */
export function lettersOfAnswer(
  answered: 'accepted' | 'declined',
  catalogue: Catalogue,
  order: Occasion,
  answer: ToldAnswer,
): LetterToKeep[] {
  const { contact, signatory } = order.request
  const to = (kind: OrderLetterKind, address: string) =>
    letterTo(order, kind, address, wordsOf(kind, catalogue, order, answer))
  if (answered === 'declined') return [to('order-declined-contact', contact.email)]
  return [
    to('order-accepted-contact', contact.email),
    ...(isSigner(order) ? [] : [to('order-accepted-signatory', signatory.email)]),
  ]
}

/** A letter about an order on its way into the database. */
export function letterTo(
  { provider, receipt, writtenAt }: Occasion,
  kind: OrderLetterKind,
  to: string | undefined,
  { subject, text }: Written,
): LetterToKeep {
  return { id: newLetterId(), provider, about: receipt.reference, kind, to, subject, text, writtenAt }
}
