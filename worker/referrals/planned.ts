import { eventsThatStand } from '../../catalogue/rules/deadline.ts'
import type { Pathway } from '../../catalogue/schema/pathway.ts'
import type { StoredEvent } from './case.store.ts'

/** The days that were agreed in a case, by what was agreed: of each the last that stands. */
export function plannedDays(
  { events: recordable }: Pick<Pathway, 'events'>,
  events: readonly StoredEvent[],
): { name: string; on: string }[] {
  const standing = eventsThatStand(events)
  return recordable.flatMap(({ id, name, planned }) => {
    const last = planned && standing.findLast(({ kind, of }) => kind === 'recorded' && of === id)
    return last && typeof last.detail.planned === 'string' ? [{ name, on: last.detail.planned }] : []
  })
}
