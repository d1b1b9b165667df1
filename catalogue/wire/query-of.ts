import type { Basket } from './basket.ts'

/**
 * A basket as the query of a link: `silver=1`, `training.twilight=1`, `training.twilight.topics=adhd`,
 * `training.twilight.attending=24`, `holds=universal`, `school=Name|pupils|district`. Entries keep the order of the basket.
 */
export function queryOf({ items, holds, schools }: Basket): [string, string][] {
  const query: [string, string][] = []
  for (const { offer, option, quantity, topics, attending } of items) {
    const name = option === undefined ? offer : `${offer}.${option}`
    query.push([name, String(quantity)])
    for (const topic of topics ?? []) query.push([`${name}.topics`, topic])
    if (attending !== undefined) query.push([`${name}.attending`, String(attending)])
  }
  for (const offer of holds) query.push(['holds', offer])
  for (const { name, pupils, district } of schools)
    query.push(['school', [name.replaceAll('|', ' '), pupils ?? '', district ?? ''].join('|').replace(/\|+$/, '')])
  return query
}
