import type { en } from '../en/agreement.ts'
import { longDate } from './money.ts'

/** The same in Welsh. */
export const cy: typeof en = {
  pupil: 'Person ifanc',
  born: 'Dyddiad geni',
  school: 'Ysgol gartref',
  provider: 'Darparwr',
  place: 'Lle',
  ofTerm: (place, term) => `${place}, ar gyfer: ${term}`,
  given: 'Rhoddwyd ar',
  lasts: 'Am faint',
  weeks: (weeks) => (weeks === 1 ? 'Wythnos' : `Hyd at ${weeks} wythnos`),
  dates: (from, until) => `o ${longDate(from)} hyd ${longDate(until)} fan bellaf`,
  since: (from) => `o ${longDate(from)}`,
  clauses: 'Yr hyn y cytunwyd arno',
  confirms: { school: 'Mae’r ysgol yn cadarnhau', provider: 'Mae’r darparwr yn cadarnhau' },
  signatures: 'Llofnodion',
  sides: { school: 'Ar ran yr ysgol', provider: 'Ar ran y darparwr' },
  signed: (name, day) => `Llofnodwyd gan ${name} ar ${longDate(day)}`,
  unsigned: 'Heb ei lofnodi eto',
  both: 'Mae’r ddau wedi llofnodi: mae’r cytundeb yn cyfrif.',
  notBoth: 'Mae’n cyfrif unwaith y bydd y ddau wedi llofnodi.',
}
