/** The pool of a school’s places of a pathway’s kind in a term. */
export function schoolPool(term: string, { pathway, kind }: { pathway: string; kind: string }, school: string): string {
  return `school:${term}:${pathway}:${kind}:${school}`
}

/** The term whose places a pool holds; undefined where its places are not counted by school and term. */
export function termOfPool(pool: string): string | undefined {
  const [of, term] = pool.split(':')
  return of === 'school' ? term : undefined
}
