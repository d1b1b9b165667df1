import { path } from '../api.ts'
import { addressWith } from '../navigation.ts'
import type { PageEntry, Place } from '../router.ts'

const base = ({ params }: Place): string => path`/providers/${params.provider ?? ''}`
const only = ({ query }: Place, ...names: string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, query.get(name) ?? '']))

/** The pages about referrals. None of their addresses and titles names a pupil. */
export const casePages: readonly PageEntry[] = [
  {
    path: '/console/:provider/cases',
    tag: 'outreach-console-cases',
    title: 'Referrals',
    right: 'read-cases',
    section: 'cases',
    load: () => import('./board.ts'),
    early: (place) => [`${base(place)}/cases`],
  },
  {
    path: '/console/:provider/cases/list',
    tag: 'outreach-console-case-list',
    title: 'Referrals in a list',
    right: 'read-cases',
    section: 'cases',
    load: () => import('./list.ts'),
    early: (place) => [addressWith(`${base(place)}/cases/list`, only(place, 'status', 'pathway', 'stage', 'after'))],
  },
  {
    path: '/console/:provider/cases/find',
    tag: 'outreach-console-find',
    title: 'Find a pupil',
    right: 'run-cases',
    section: 'cases',
    load: () => import('./find.ts'),
  },
  {
    path: '/console/:provider/cases/:case',
    tag: 'outreach-console-case',
    title: 'Referral',
    right: 'read-cases',
    section: 'cases',
    load: () => import('../case/case.ts'),
    early: (place) => [`${base(place)}${path`/cases/${place.params.case ?? ''}`}`],
  },
  {
    path: '/console/:provider/cases/:case/agreement',
    tag: 'outreach-console-agreement',
    title: 'Agreement',
    right: 'read-cases',
    section: 'cases',
    load: () => import('../agreement/agreement.ts'),
    early: (place) => [`${base(place)}${path`/cases/${place.params.case ?? ''}`}`],
  },
  {
    path: '/console/:provider/panels',
    tag: 'outreach-console-panels',
    title: 'Panels',
    right: 'read-cases',
    section: 'cases',
    load: () => import('../panels/panels.ts'),
    early: (place) => [`${base(place)}/panels`],
  },
  {
    path: '/console/:provider/panels/:panel',
    tag: 'outreach-console-panel',
    title: 'Panel',
    right: 'read-cases',
    section: 'cases',
    load: () => import('../panel/panel.ts'),
    early: (place) => [`${base(place)}${path`/panels/${place.params.panel ?? ''}`}`],
  },
  {
    path: '/console/:provider/waiting',
    tag: 'outreach-console-waiting',
    title: 'Waiting list',
    right: 'run-cases',
    section: 'cases',
    load: () => import('../waiting/waiting.ts'),
    early: (place) => [`${base(place)}/waiting`],
  },
  {
    path: '/console/:provider/places',
    tag: 'outreach-console-places',
    title: 'Places',
    right: 'run-cases',
    section: 'cases',
    load: () => import('../places/places.ts'),
    early: (place) => [addressWith(`${base(place)}/places`, only(place, 'term', 'after'))],
  },
]
