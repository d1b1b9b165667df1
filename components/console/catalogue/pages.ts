import { path } from '../api.ts'
import type { PageEntry, Place } from '../router.ts'

const provider = ({ params }: Place): string => params.provider ?? ''

/** The pages of a provider's catalogues. */
export const cataloguePages: readonly PageEntry[] = [
  {
    path: '/console/:provider/catalogue',
    tag: 'outreach-console-versions',
    title: 'Catalogue',
    right: 'look',
    section: 'catalogue',
    load: () => import('./versions.ts'),
    early: (place) => [path`/providers/${provider(place)}/catalogues`],
  },
  {
    path: '/console/:provider/catalogue/next-year',
    tag: 'outreach-console-next-year',
    title: 'Next year’s catalogue',
    right: 'edit-catalogue',
    section: 'catalogue',
    load: () => import('./exchange/next-year.ts'),
    early: (place) => [path`/providers/${provider(place)}/catalogues`],
  },
  {
    path: '/console/:provider/catalogue/import',
    tag: 'outreach-console-import',
    title: 'Import a catalogue',
    right: 'edit-catalogue',
    section: 'catalogue',
    load: () => import('./exchange/import-file.ts'),
    early: (place) => [path`/providers/${provider(place)}/catalogues`],
  },
  {
    path: '/console/:provider/catalogue/drafts/:draft',
    tag: 'outreach-console-draft',
    title: 'Draft',
    right: 'edit-catalogue',
    section: 'catalogue',
    load: () => import('./editor.ts'),
    early: (place) => [path`/providers/${provider(place)}/drafts/${place.params.draft ?? ''}`],
  },
  {
    path: '/console/:provider/catalogue/:year/:version',
    tag: 'outreach-console-version',
    title: 'Version',
    right: 'look',
    section: 'catalogue',
    load: () => import('./version.ts'),
  },
]
