import type { ControlKind } from './control.ts'

/** Something that the report says of a place, as far as a field shows it. */
export interface PlaceFault {
  pointer: string
  code: string
  sentence: string
}

const TYPED: Partial<Record<ControlKind, string>> = {
  money: 'Enter an amount such as 1,050 or 1,050.50.',
  hours: 'Enter hours such as 12, 12.5 or 1:30.',
  percent: 'Enter a percentage such as 10 or 17.5.',
  number: 'Enter a whole number.',
}

const BY_CODE: Readonly<Record<string, string>> = {
  required: 'Fill this in.',
  missing: 'Fill this in.',
  'not-an-id': 'Use small letters, digits and single hyphens, such as silver-top-up.',
  'not-a-date': 'Enter a day that exists.',
  'not-a-choice': 'Choose one.',
  'not-a-colour': 'Enter # and six digits or letters a to f, such as #0b5d57.',
}

/** A mistake as its own field says it: without the words of the file, which the field does not show. */
export function faultText({ code, sentence }: PlaceFault, kind: ControlKind, value: unknown): string {
  const isText = typeof value === 'string'
  if (isText && value !== '' && TYPED[kind]) return TYPED[kind]
  if (code === 'whole-pence' || code === 'whole-number') return TYPED[kind] ?? sentence
  return BY_CODE[code] ?? sentence
}
