import { CASE_PARTS, type CasePart } from '../../catalogue/wire/roles.ts'
import type { Published } from '../catalogues/shelf.ts'
import { pathwaysIn } from './board.ts'

/** The parts that referrals have at a provider beside the board: what one of its pathways has something for. */
export function casePartsIn(published: readonly Published[]): CasePart[] {
  const pathways = published.flatMap(({ document }) => document.pathways ?? [])
  const has: Record<CasePart, boolean> = {
    panels: pathways.some(({ panel }) => panel !== undefined),
    waiting: pathwaysIn(published).some(({ stages }) => stages.some(({ waits }) => waits)),
    places: pathways.some(({ places = [] }) => places.length > 0),
  }
  return CASE_PARTS.filter((part) => has[part])
}
