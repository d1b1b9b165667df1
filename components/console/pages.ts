import { path } from './api.ts'
import { cataloguePages } from './catalogue/pages.ts'
import { addressWith } from './navigation.ts'
import type { PageEntry, Place } from './router.ts'

const provider = ({ params }: Place): string => params.provider ?? ''
const queryOf = ({ query }: Place): Record<string, string> => Object.fromEntries(query)

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
    early: (place) => [addressWith(path`/providers/${provider(place)}/overview`, queryOf(place))],
  },
  ...cataloguePages,
]
