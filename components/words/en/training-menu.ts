import { spoken } from '../spoken.ts'

/** What the training menu says. */
export const en = {
  heading: (service: string) => `${service}: training`,
  none: (service: string) => `${service} lists no training this year.`,
  packages: 'See packages and prices',
  gives: 'What you get',
  suits: 'Suits',
  hold: (name: string) => `We already hold the ${lower(name)} this year`,
  adds: (name: string) => `Training needs the ${lower(name)}. It is added to your list by itself unless you hold it.`,
  before: 'Full price',
  or: (price: string, names: string) => `${price} with the ${lower(names)}`,
  quantity: 'How many',
  most: (most: number) => `Enter a whole number up to ${most}`,
  ask: 'Ask about it',
  bespoke: (provider: string) =>
    `You agree the content together, so there is no topic to choose and no price yet. ${provider} will tell you the price when you ask.`,
  contact: (provider: string, name: string) =>
    `${provider} names the price of ${lower(name)}, so it cannot be ordered here yet. Ask first:`,
  rest: (name: string) => `To order the rest of your list now, take ${lower(name)} off it.`,
  noContact: 'See how to ask',
  subject: (name: string) => `Please tell us the price of: ${name}`,
  referral: 'This is asked for by referral, not ordered here.',
  want: 'Add it to your list',
  topics: 'Topics',
  topicsAndPeople: 'Topics and number of people',
  topicsHint: 'Choose one or more.',
  attending: 'How many people will come',
  people: (least: number, most: number | undefined) =>
    most === undefined ? (least > 1 ? `${least} or more` : 'If you know it already') : `${least} to ${most}`,
  peopleWrong: (least: number, most: number | undefined) =>
    most === undefined ? `Enter a whole number, ${least} or more` : `Enter a whole number from ${least} to ${most}`,
}

/** The same in the language being spoken. */
export const words = spoken('training', en)

/** A name inside a sentence: its first letter small, unless it is an abbreviation. */
function lower(name: string): string {
  return /^\p{Lu}(?!\p{Lu})/u.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : name
}
