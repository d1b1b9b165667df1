import type { PanelListed } from '../../../catalogue/wire/case.ts'

/** Places as a sentence: "2 of 5 taken, 3 free". */
export function placesText({ most, withdrawn, taken, left }: NonNullable<PanelListed['places']>): string {
  const gone = withdrawn > 0 ? `, ${withdrawn} withdrawn` : ''
  return `${taken} of ${most} taken${gone}, ${left > 0 ? `${left} free` : 'none free'}`
}
