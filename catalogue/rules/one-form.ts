/**
 * Whether two objects are the same kind of thing, so that one can become the other part by part: prices of one form,
 * hours counted in one way, deadlines that count from or until one kind of event, decisions that need one kind of thing.
 */
export function areOneForm(one: Record<string, unknown>, other: Record<string, unknown>): boolean {
  // Who decides, records or answers is a list of the same name, and what has an id stays itself whatever its kind.
  const areLists = Array.isArray(one.by) && Array.isArray(other.by)
  const areNeeds = [one, other].every((value) => 'kind' in value && !('id' in value) && !('form' in value))
  return (
    one.form === other.form &&
    (areLists || one.by === other.by) &&
    one.event === other.event &&
    (!areNeeds || one.kind === other.kind)
  )
}
