/** Somebody at the provider. */
export interface Somebody {
  id: string
  name: string
}

/** A version that a draft began with. */
export interface VersionName {
  catalogue: string
  version: number
}

/** What a version is on the day. */
export type VersionState = 'in-force' | 'scheduled' | 'retired' | 'taken-back'

/** A published version of a year. */
export interface Version {
  version: number
  state: VersionState
  /** The first day on which it counts; empty: from the beginning. */
  from: string
  publishedAt: string
  publishedBy: Somebody | 'system'
  takenBackAt: string | null
  takenBackBy: Somebody | null
}

/** A year with its versions. */
export interface CatalogueEntry {
  catalogue: string
  title: string
  year: { from: string; to: string }
  opensOn: string
  /** Whether orders can be placed from it today. */
  inForce: boolean
  versions: Version[]
}

/** A draft as a list shows it. */
export interface DraftEntry {
  id: string
  state: 'open' | 'published' | 'discarded'
  title: string
  /** The year that could be read in it last. */
  catalogue: string | null
  basedOn: VersionName | null
  revision: number
  updatedAt: string
  updatedBy: Somebody
  /** What it became. */
  published: Published | null
}

/** Everything that a provider has published and drafted. */
export interface Catalogues {
  catalogues: CatalogueEntry[]
  drafts: DraftEntry[]
}

/** A draft with its text. */
export interface Draft extends DraftEntry {
  text: string
  /** The text that it began with. */
  basedOnText: string | null
  /** The text of the year's version that is in force. */
  liveText: string | null
  liveVersion: number | null
}

/** A published version with its document. */
export interface VersionReply extends Version {
  catalogue: string
  document: unknown
}

/** Who else has a draft open. */
export interface Presence {
  state: DraftEntry['state']
  revision: number
  updatedAt: string
  updatedBy: Somebody
  others: { person: string; name: string; seenAt: string; place: string }[]
}

/** What publishing answers. */
export interface Published {
  catalogue: string
  version: number
  from: string
}

/** One of last year's orders, before and after. */
export interface OrderEffect {
  reference: string
  placedOn: string
  schoolName?: string
  beforePence: number
  afterPence: number | null
  why?: string
}

/** Some of last year's orders. */
export interface OrderEffects {
  orders: OrderEffect[]
  next: string | null
  from: string
  to: string
}
