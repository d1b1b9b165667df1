import { spoken } from '../spoken.ts'
import { longDate } from './money.ts'

/** What the page of an agreement says around the catalogue’s own words. */
export const en = {
  pupil: 'Young person',
  born: 'Date of birth',
  school: 'Home school',
  provider: 'Provider',
  place: 'Place',
  ofTerm: (place: string, term: string) => `${place}, for the ${term}`,
  given: 'Given on',
  lasts: 'How long',
  weeks: (weeks: number) => (weeks === 1 ? 'A week' : `At most ${weeks} weeks`),
  dates: (from: string, until: string) => `from ${longDate(from)} to ${longDate(until)} at the latest`,
  since: (from: string) => `from ${longDate(from)}`,
  clauses: 'What is agreed',
  confirms: { school: 'The school confirms', provider: 'The provider confirms' },
  signatures: 'Signatures',
  sides: { school: 'For the school', provider: 'For the provider' },
  signed: (name: string, day: string) => `Signed by ${name} on ${longDate(day)}`,
  unsigned: 'Not signed yet',
  both: 'Both have signed: the agreement counts.',
  notBoth: 'It counts once both have signed.',
}

/** The same in the language being spoken. */
export const words = spoken('agreement', en)
