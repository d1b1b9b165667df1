import type { Catalogue } from '../../catalogue/schema/catalogue.ts'
import { letter, linesOf, reachOf, schoolsOf, type ToldOrder, totalsOf, type Written } from './order-parts.en.ts'
import { date } from './words.en.ts'

/** An answer as a letter tells it. */
export interface ToldAnswer {
  /** Whether the order had another answer before, which its letters told of. */
  changed: boolean
  /** Why it was declined. */
  reason: string
}

/** Tells the contact that the order is accepted. */
export function acceptedForContact(catalogue: Catalogue, order: ToldOrder, { changed }: ToldAnswer): Written {
  const { provider } = catalogue
  const { request, receipt } = order
  return {
    subject: `Your order ${receipt.reference} with ${provider.name} is accepted`,
    text: letter(
      [`Dear ${request.contact.name},`],
      [
        changed
          ? `${provider.name} has now accepted your order, which it had declined before.`
          : `${provider.name} has accepted your order.`,
      ],
      ...whatWasOrdered(catalogue, order),
      ...whatComesNext(catalogue),
      isSigner(order)
        ? toSign(catalogue)
        : [`${request.signatory.name} has been told that there is something to sign.`],
      reachOf(catalogue),
    ),
  }
}

/** Tells who signs for the school that there is something to sign. */
export function acceptedForSignatory(catalogue: Catalogue, order: ToldOrder, _: ToldAnswer): Written {
  const { provider } = catalogue
  const { request, receipt } = order
  return {
    subject: `To sign: order ${receipt.reference} with ${provider.name}`,
    text: letter(
      [`Dear ${request.signatory.name},`],
      [
        `${request.contact.name} placed an order with ${provider.name} for ${schoolsOf(request)}, and ${provider.name} has accepted it. You are named as the person who signs.`,
      ],
      ...whatWasOrdered(catalogue, order),
      toSign(catalogue),
      ...whatComesNext(catalogue),
      reachOf(catalogue),
    ),
  }
}

/** Tells the contact that the order is declined, and why. */
export function declinedForContact(catalogue: Catalogue, order: ToldOrder, { changed, reason }: ToldAnswer): Written {
  const { provider } = catalogue
  const { request, receipt } = order
  return {
    subject: `Your order ${receipt.reference} with ${provider.name} is declined`,
    text: letter(
      [`Dear ${request.contact.name},`],
      [
        changed
          ? `${provider.name} had accepted your order and can no longer take it on.`
          : `${provider.name} cannot take your order on.`,
      ],
      ['The reason', reason],
      ...whatWasOrdered(catalogue, order),
      ['Nothing is charged for this order.'],
      reachOf(catalogue),
    ),
  }
}

/** Whether the contact signs too, and so needs one letter alone. */
export function isSigner({ request }: Pick<ToldOrder, 'request'>): boolean {
  return request.contact.email.toLowerCase() === request.signatory.email.toLowerCase()
}

function whatWasOrdered(catalogue: Catalogue, { receipt, request, quote }: ToldOrder): string[][] {
  return [
    [
      `Reference: ${receipt.reference}`,
      `Placed on: ${date(receipt.placedOn)}`,
      `Catalogue: ${catalogue.title}`,
      `For: ${schoolsOf(request)}`,
    ],
    ['What was ordered', ...linesOf(catalogue, quote, request)],
    totalsOf(quote),
  ]
}

function toSign({ provider, ordering }: Catalogue): string[] {
  return ['What there is to sign', ordering.declaration, `${provider.name} will ask you to sign this for the order.`]
}

function whatComesNext({ ordering }: Catalogue): string[][] {
  return [
    ['What happens next', ...ordering.afterwards.map((step, index) => `${index + 1}. ${step}`)],
    ordering.debited === undefined ? [] : [ordering.debited],
  ]
}
