import { path } from './api.ts'
import { casePages } from './cases/pages.ts'
import { cataloguePages } from './catalogue/pages.ts'
import { addressWith } from './navigation.ts'
import { askedOrders } from './orders/asking.ts'
import type { PageEntry, Place } from './router.ts'

const provider = ({ params }: Place): string => params.provider ?? ''
/** The named parts of an address's query, in that order: a page asks for the same address. */
const only = ({ query }: Place, ...names: string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, query.get(name) ?? '']))

/** Every page of the console, personal ones first: no provider is called `account`. */
export const pages: readonly PageEntry[] = [
  {
    path: '/console/sign-in',
    tag: 'outreach-console-sign-in',
    title: 'Sign in',
    open: true,
    load: () => Promise.all([import('./sign-in/sign-in-form.ts'), import('./sign-in/sign-in.ts')]),
  },
  {
    path: '/console/account',
    tag: 'outreach-console-account',
    title: 'Your account',
    load: () => import('./account/account.ts'),
    early: () => ['/passkeys', '/sessions'],
  },
  {
    path: '/console/:provider',
    tag: 'outreach-console-overview',
    title: 'Overview',
    right: 'look',
    section: 'overview',
    load: () => import('./overview/overview.ts'),
    early: (place) => [addressWith(path`/providers/${provider(place)}/overview`, only(place, 'year'))],
  },
  {
    path: '/console/:provider/orders',
    tag: 'outreach-console-orders',
    title: 'Orders',
    right: 'read-orders',
    section: 'orders',
    load: () => import('./orders/orders.ts'),
    early: (place) => [askedOrders(place), path`/providers/${provider(place)}/catalogues`],
  },
  {
    path: '/console/:provider/orders/:reference',
    tag: 'outreach-console-order',
    title: 'Order',
    right: 'read-orders',
    section: 'orders',
    load: () => import('./order/order.ts'),
    early: (place) => [path`/providers/${provider(place)}/orders/${place.params.reference ?? ''}`],
  },
  {
    path: '/console/:provider/schools',
    tag: 'outreach-console-schools',
    title: 'Schools',
    right: 'read-orders',
    section: 'schools',
    load: () => import('./schools/schools.ts'),
    early: (place) => [
      addressWith(path`/providers/${provider(place)}/schools`, only(place, 'catalogue', 'words', 'after')),
      path`/providers/${provider(place)}/catalogues`,
    ],
  },
  {
    path: '/console/:provider/people',
    tag: 'outreach-console-people',
    title: 'People',
    right: 'manage-people',
    section: 'people',
    load: () => import('./people/people.ts'),
    early: (place) => [path`/providers/${provider(place)}/people`],
  },
  {
    path: '/console/:provider/record',
    tag: 'outreach-console-record',
    title: 'Record',
    right: 'read-record',
    section: 'record',
    load: () => import('./record/record.ts'),
    early: (place) => [
      addressWith(path`/providers/${provider(place)}/record`, only(place, 'before', 'actor', 'action')),
      path`/providers/${provider(place)}/people`,
    ],
  },
  {
    path: '/console/:provider/embed',
    tag: 'outreach-console-embed',
    title: 'Embed',
    right: 'set-embeds',
    section: 'embed',
    load: () => import('./embed/embed.ts'),
    early: (place) => [path`/providers/${provider(place)}/catalogues`, path`/providers/${provider(place)}/frames`],
  },
  ...casePages,
  ...cataloguePages,
]
