import { type Report, reportOn } from '../../catalogue/report.ts'
import { placesIn } from '../../catalogue/rules/places.ts'
import type { Catalogue } from '../../catalogue/schema/catalogue.ts'
import type { PublishRequest } from '../../catalogue/wire/draft.ts'
import { inForceNow } from '../catalogues/in-force-now.ts'
import { Failure } from '../failures.ts'
import { descriptionAfter } from '../publications/description.ts'
import { type Draft, draftFor, overtaken } from './drafts.ts'
import { type Act, type Base, latestVersion, publishDraft } from './store.ts'

/** What was published: a version, and the day from which it counts. */
export type Published = Base & { from: string }

/** The report on a draft, which can only become a catalogue of its own provider. */
export function reportOnDraft(text: string, provider: string): Report {
  const report = reportOn(text)
  const id = report.catalogue?.provider.id
  if (id === undefined || id === provider) return report
  const pointer = '/provider/id'
  const mistake = {
    place: placesIn(text).places.get(pointer) ?? { line: 1, column: 1 },
    pointer,
    path: 'provider › id',
    code: 'other-provider',
    sentence: `Write “${provider}” here: this is another provider’s catalogue, and it can only be published as yours.`,
  }
  return { ...report, mistakes: [mistake, ...report.mistakes] }
}

/** So many mistakes are told at most: a broken text can have tens of thousands, and nobody reads on. */
const MOST_MISTAKES = 200

/** The catalogue in a draft's text that may be published, or the failure that says what stands against it. */
export function publishableIn(text: string, provider: string): Report & { catalogue: Catalogue } {
  const report = reportOnDraft(text, provider)
  const { catalogue, mistakes, warnings } = report
  if (!catalogue || mistakes.length > 0)
    throw new Failure('not-publishable', { more: { mistakes: mistakes.slice(0, MOST_MISTAKES), warnings } })
  return { ...report, catalogue }
}

/**
 * Publishes a draft at the revision that was seen, now or from a day on. Throws the failure that says why not. Whoever sends the same
 * again after a lost reply is told what it became.
 */
export async function publish(
  db: D1Database,
  id: string,
  request: PublishRequest,
  today: string,
  act: Act,
): Promise<Published> {
  const { provider, person } = act
  const from = request.from === 'now' ? today : request.from
  const draft = await draftFor(db, provider, id, today)
  if (draft.state !== 'open' || draft.revision !== request.revision) return orAgain(draft)

  const { catalogue: read, warnings } = publishableIn(draft.text, provider)
  const ticked = new Set(request.warnings)
  if (warnings.some((warning) => !ticked.has(warning.id)))
    throw new Failure('not-publishable', { more: { mistakes: [], warnings } })
  const { $schema: _, ...document } = read
  const { catalogue, year, opensOn } = document
  if (from < today || (request.from !== 'now' && from > year.to))
    throw new Failure('invalid', {
      errors: [{ pointer: '/from', code: 'outside-catalogue' }],
      more: { firstDay: today, lastDay: year.to },
    })

  // Whoever publishes from here on takes this number, and what they publish is not overtaken unseen.
  const version = (await latestVersion(db, provider, catalogue)) + 1
  const json = JSON.stringify(document)
  const counting = await inForceNow(db, provider, catalogue, from)
  if (counting?.document === json)
    throw new Failure('conflict', {
      more: { detail: 'There is nothing to publish: this is what counts on that day already.', ...asVersion(counting) },
    })
  const live = from === today ? counting : await inForceNow(db, provider, catalogue, today)
  if (request.live !== undefined && request.live !== (live?.version ?? null))
    throw new Failure('conflict', {
      more: { detail: 'Somebody has published this year meanwhile. Read the differences again.', current: draft },
    })

  const description =
    from > today
      ? undefined
      : await descriptionAfter(db, provider, today, (versions) => [
          ...versions,
          { catalogue, version, fromOn: from, document },
        ])
  const publishing = { id, revision: draft.revision, catalogue, version, from, opensOn, endsOn: year.to }
  const outcome = await publishDraft(db, { ...publishing, document: json, description }, act)
  if (outcome === 'published') return { catalogue, version, from }
  const current = await draftFor(db, provider, id, today)
  if (outcome === 'not-as-seen') return orAgain(current)
  throw new Failure('conflict', {
    more: { detail: 'Somebody has published this year meanwhile. Read the differences again.', current },
  })

  function orAgain(current: Draft): Published {
    const { published } = current
    const isOurs = current.updatedBy.id === person && current.revision === request.revision
    if (published && isOurs && published.from === from) return published
    throw overtaken(current)
  }
}

function asVersion({ catalogue, version }: Base): Base {
  return { catalogue, version }
}
