import { type DraftRequest, MOST_DRAFT_BYTES, MOST_DRAFTS } from '../../catalogue/wire/draft.ts'
import { fileFrom } from '../catalogues/file.ts'
import { inForceNow } from '../catalogues/in-force-now.ts'
import { Failure, invalid } from '../failures.ts'
import { bytesOf, readIn } from './reading.ts'
import { skeletonOf } from './skeleton.ts'
import {
  type Act,
  type Base,
  describedProvider,
  documentOf,
  draftOf,
  type KeptDraft,
  keepDraft,
  saveDraft,
} from './store.ts'

/** A draft as its editor sees it: with the text that it was begun from and the one that counts today, to compare with. */
export type Draft = KeptDraft & { basedOnText: string | null; liveText: string | null; liveVersion: number | null }

/** A draft with what it is compared to. A draft that is not there is not found. */
export async function draftFor(db: D1Database, provider: string, id: string, today: string): Promise<Draft> {
  const draft = await draftOf(db, provider, id)
  if (!draft) throw new Failure('not-found')
  const { basedOn, catalogue } = draft
  const live = catalogue === null ? undefined : await inForceNow(db, provider, catalogue, today)
  const isLive = live && basedOn?.catalogue === catalogue && basedOn?.version === live.version
  const base = basedOn && (isLive ? live.document : await documentOf(db, provider, basedOn))
  return {
    ...draft,
    basedOnText: base ? fileFrom(base) : null,
    liveText: live ? fileFrom(live.document) : null,
    liveVersion: live?.version ?? null,
  }
}

/** Begins a draft under an id: from a version, from a text, or for a provider's first catalogue. The same id again gives the same draft. */
export async function beginDraft(
  db: D1Database,
  { from, text, title }: DraftRequest,
  id: string,
  today: string,
  act: Act,
): Promise<Draft> {
  const { provider } = act
  const written = text ?? (await textToBeginWith(db, provider, from, today))
  if (from && text !== undefined && !(await documentOf(db, provider, from))) throw unknownVersion()
  fitting(written)
  const { readTitle, readCatalogue } = readIn(written)
  const draft = {
    id,
    title: title ?? readTitle ?? 'Draft',
    catalogue: readCatalogue ?? null,
    basedOn: from ?? null,
    text: written,
  }
  try {
    // Begun already under this id, it may have been the last that there was room for.
    if (!(await keepDraft(db, draft, act, MOST_DRAFTS)) && !(await draftOf(db, provider, id)))
      throw new Failure('conflict', {
        more: { detail: `${MOST_DRAFTS} drafts are open already. Publish or discard one of them first.` },
      })
  } catch (error) {
    // The reply was lost and the request sent again.
    if (!(error instanceof Error && /UNIQUE constraint failed: draft\./i.test(error.message))) throw error
  }
  return draftFor(db, provider, id, today)
}

/** Saves a draft's text where it is still at the revision that was changed. The same text again changes nothing. */
export async function saveTo(
  db: D1Database,
  id: string,
  { revision, text, title }: { revision: number; text: string; title: string | undefined },
  today: string,
  act: Act,
): Promise<{ revision: number; updatedAt: string }> {
  fitting(text)
  if (await saveDraft(db, { id, revision, text, title, ...readIn(text) }, act))
    return { revision: revision + 1, updatedAt: act.at }
  const current = await draftFor(db, act.provider, id, today)
  if (current.state === 'open' && current.text === text && (title === undefined || title === current.title))
    return { revision: current.revision, updatedAt: current.updatedAt }
  throw overtaken(current)
}

/** Why a draft could not be changed: somebody was quicker, or it is closed. */
export function overtaken(current: Draft): Failure {
  if (current.state === 'open') return new Failure('changed-meanwhile', { more: { current } })
  const detail = current.state === 'published' ? 'This draft has been published.' : 'This draft has been discarded.'
  return new Failure('conflict', { more: { detail, current } })
}

async function textToBeginWith(
  db: D1Database,
  provider: string,
  from: Base | undefined,
  today: string,
): Promise<string> {
  if (!from) {
    const described = await describedProvider(db, provider)
    if (!described) throw new Failure('not-found')
    return skeletonOf(described, today)
  }
  const document = await documentOf(db, provider, from)
  if (document === undefined) throw unknownVersion()
  return fileFrom(document)
}

function unknownVersion(): Failure {
  return invalid([{ pointer: '/from', code: 'choose' }])
}

function fitting(text: string): void {
  if (bytesOf(text) > MOST_DRAFT_BYTES) throw new Failure('too-large')
}
