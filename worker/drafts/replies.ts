import * as z from 'zod/mini'

const instant = z.string().check(z.describe('An instant, ISO 8601.'))
const day = z.iso.date()
/** Empty where it counts from ever. */
const from = z.string().check(z.describe('The day from which it counts; empty where it is from ever.'))
const somebody = z.object({ id: z.string(), name: z.string() })
const base = z.object({ catalogue: z.string(), version: z.int() })

const version = z.object({
  version: z.int(),
  state: z.enum(['in-force', 'scheduled', 'retired', 'taken-back']),
  from,
  publishedAt: instant,
  publishedBy: z.union([somebody, z.literal('system')]),
  takenBackAt: z.nullable(instant),
  takenBackBy: z.nullable(somebody),
})

const listedDraft = {
  id: z.string(),
  state: z.enum(['open', 'published', 'discarded']),
  title: z.string(),
  catalogue: z.nullable(z.string()).check(z.describe('The year that could be read in it last.')),
  basedOn: z.nullable(base),
  revision: z.int(),
  updatedAt: instant,
  updatedBy: somebody,
  published: z.nullable(z.extend(base, { from })),
}

/** What a provider has published, and what it is working on. */
export const cataloguesReply = z.object({
  catalogues: z.array(
    z.object({
      catalogue: z.string(),
      title: z.string(),
      year: z.object({ from: day, to: day }),
      opensOn: day,
      inForce: z.boolean().check(z.describe('Whether orders can be placed from it today.')),
      versions: z.array(version),
    }),
  ),
  drafts: z.array(z.object(listedDraft)),
})

/** A version with its document. */
export const versionReply = z.extend(version, { catalogue: z.string(), document: z.looseObject({}) })

/** What counts once a version is taken back. */
export const takenBackReply = z.extend(base, { state: z.literal('taken-back'), inForce: z.nullable(z.int()) })

/** A draft, and what to compare it with. */
export const draftReply = z.object({
  ...listedDraft,
  text: z.string().check(z.describe('As it was typed, broken or not.')),
  basedOnText: z.nullable(z.string()),
  liveText: z.nullable(z.string()).check(z.describe('What counts today of the same year.')),
  liveVersion: z.nullable(z.int()),
})

/** A draft that was saved. */
export const savedReply = z.object({ revision: z.int(), updatedAt: instant })

/** A draft that nobody wants. */
export const discardedReply = z.object({ id: z.string(), state: z.literal('discarded') })

/** How a draft stands, and who else has it before them. */
export const presenceReply = z.object({
  state: listedDraft.state,
  revision: z.int(),
  updatedAt: instant,
  updatedBy: somebody,
  others: z.array(z.object({ person: z.string(), name: z.string(), seenAt: instant, place: z.string() })),
})

/** What a draft became. */
export const publishedReply = z.extend(base, { from })

/** The last year's orders, as they were and as a draft would price them. */
export const effectReply = z.object({
  orders: z.array(
    z.object({
      reference: z.string(),
      placedOn: day,
      schoolName: z.optional(z.string()),
      beforePence: z.int(),
      afterPence: z.nullable(z.int()),
      why: z.optional(z.string()).check(z.describe('The fault’s code, where the draft refuses it.')),
    }),
  ),
  next: z.nullable(z.string()),
  from: day,
  to: day,
})

/** The websites that may show a provider's pages in a frame. */
export const framesReply = z.object({ origins: z.array(z.string()) })
