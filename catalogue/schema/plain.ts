/** Characters that a sentence never needs and that break logs, letters and terminals: control codes, halves of characters and bidirectional overrides. */
const UNPRINTABLE = /[\p{Control}\p{Surrogate}\u202a-\u202e\u2066-\u2069\ufffe\uffff]/u

/** Whether a single line of text can be kept, printed and read aloud as it was typed. */
export function isPlainText(text: string): boolean {
  return !UNPRINTABLE.test(text)
}

/** What an e-mail address looks like. */
export const EMAIL = /^[^\s@<>(),;:"[\]\\]+@[^\s@<>(),;:"[\]\\.]+(\.[^\s@<>(),;:"[\]\\.]+)+$/
