import { spoken } from '../spoken.ts'
import { longDate } from './money.ts'

const NUMBERS = 'no one two three four five six seven eight nine ten eleven twelve'.split(' ')

/** What the portal's pages say around the widgets. */
export const en = {
  skip: 'Skip to the main content',
  home: 'All providers',
  pages: {
    packages: 'Packages and prices',
    training: 'Training',
    cluster: 'Cluster price',
    order: 'Your order',
    referral: 'Refer a pupil',
  },
  what: {
    packages: 'See what each package gives and what it costs your school, and make a list.',
    training: 'Choose topics and lengths, and see the price.',
    cluster: 'Work out the price for schools that buy together, and each school’s share.',
    order: 'Check your list and place the order.',
    referral: 'How to ask for support or a place for one pupil.',
  },
  breadcrumb: 'Where you are',
  menu: 'Pages of this provider',
  demonstration: (day: string) => `Demonstration: today is ${longDate(day)}.`,
  madeWith: 'Made with Outreach Kit',
  providers: 'Support for schools, by provider',
  choose: 'Choose the service that works with your school.',
  notFound: 'Page not found',
  notFoundHelp: 'Check the address, or go to the list of providers.',
  failed: 'Sorry, there is a problem with the service',
  failedHelp: 'Nothing that you chose is lost. Try again in a few minutes, or contact the provider.',
  busy: 'Too many requests',
  busyHelp: 'Very many pages were asked for from where you are. Wait a minute, then load this page again.',
  referralIntro: 'These are asked for pupil by pupil, so they are not part of an order.',
  referralHow: (provider: string) =>
    `To ask, contact ${provider} and say which school you work for. Please do not send a pupil’s name or needs by e-mail.`,
  placePrice: (price: string, weeks?: number) =>
    `${price}${weeks ? ` for a ${NUMBERS[weeks] ?? weeks}-week place` : ''}, charged only if a place is given`,
  noReferral: 'Nothing at this provider is asked for by referral.',
  telephone: 'Telephone',
  email: 'E-mail',
  website: 'Website',
  expectProvider: 'What you can expect',
  expectSchool: 'What is expected of schools',
  arrangements: 'Other arrangements',
  year: (from: string, to: string) => `Support from ${longDate(from)} to ${longDate(to)}`,
}

/** The same in the language being spoken. */
export const words = spoken('portal', en)
