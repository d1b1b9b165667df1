/** A letter on its way into the database. */
export interface LetterToKeep {
  id: string
  provider: string
  /** The reference of what it tells of. */
  about: string
  /** Which letter about an order it is, so that it can be written again. */
  kind?: string
  /** Undefined where the provider has named no address: it then waits where the provider will see it. */
  to: string | undefined
  subject: string
  text: string
  writtenAt: string
  /** When it goes out, where that is not at once. */
  dueAt?: string
  /** The referral that it is about and the sealed rest of it, where there is one: `to` and `text` are then empty. */
  referral?: string
  sealed?: string
  /** From when on it is of no use, where it does not keep it. */
  endsAt?: string
}

/** A letter on its way out. `id` is the same at each attempt. */
export interface Letter {
  id: string
  to: string
  subject: string
  text: string
  about: string
}

/** A letter's id: 128 bits by chance. */
export function newLetterId(): string {
  return crypto.randomUUID()
}

/** The addresses of pages in a text. */
export function linksIn(text: string): string[] {
  return text.match(/https?:\/\/[^\s<>"]+[^\s<>".,;:!?)]/g) ?? []
}

/** A letter’s text for somebody whom it was not written to: the address of a door is left out, and whatever else opens one. */
export function textWithoutKeys(text: string): string {
  return text.replace(/https?:\/\/\S*[0-9a-f]{64}\S*/g, '(a private link, left out)').replace(/[0-9a-f]{64}/g, '…')
}
