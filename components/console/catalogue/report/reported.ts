import { reportOn } from '../../../../catalogue/report.ts'
import { placesIn } from '../../../../catalogue/rules/places.ts'
import type { Asked, Reported } from './reporting.ts'

/** The report on a draft's text. A draft can only become a catalogue of its own provider. */
export function reportedOn({ provider, number }: Pick<Asked, 'provider' | 'number'>, text: string): Reported {
  const { mistakes, warnings, catalogue } = reportOn(text)
  if (catalogue === undefined || catalogue.provider.id === provider) return { number, mistakes, warnings }
  const pointer = '/provider/id'
  const foreign = {
    place: placesIn(text).places.get(pointer) ?? { line: 1, column: 1 },
    pointer,
    path: 'provider › id',
    code: 'other-provider',
    sentence: `This is another provider’s catalogue. Write “${provider}” here, in the JSON, or import the file again.`,
  }
  return { number, mistakes: [foreign, ...mistakes], warnings }
}
