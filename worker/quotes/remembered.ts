import type { Published } from '../catalogues/shelf.ts'

/** How many quotes of one provider are remembered, and how long a request for one may be. */
const MOST_QUOTES = 200
const MOST_LENGTH = 4_000

/** Quotes given a moment ago: the widgets of one page, and those who try again, ask for the same basket. A new version of a catalogue, or a new day, forgets them. */
export class Remembered {
  readonly #quotes = new WeakMap<readonly Published[], { today: string; replies: Map<string, string> }>()

  /** The reply to a request's text, made once. A refusal is thrown and not remembered. */
  reply(published: readonly Published[], today: string, text: string, make: () => string): string {
    let known = this.#quotes.get(published)
    if (known?.today !== today) {
      known = { today, replies: new Map() }
      this.#quotes.set(published, known)
    }
    const reply = known.replies.get(text)
    if (reply !== undefined) return reply
    const made = make()
    if (text.length <= MOST_LENGTH) {
      if (known.replies.size >= MOST_QUOTES) known.replies.clear()
      known.replies.set(text, made)
    }
    return made
  }
}
