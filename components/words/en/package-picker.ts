import { spoken } from '../spoken.ts'

/** What the package picker says. */
export const en = {
  heading: (service: string) => `${service}: support and prices`,
  groups: {
    base: 'Start here',
    packages: 'Packages',
    hours: 'By the hour',
    training: 'Training',
    cluster: 'For schools that buy together',
    places: 'Places for pupils',
  },
  none: 'There is nothing on this price list yet.',
  add: 'Add it',
  quantity: 'How many',
  hold: 'We already hold it this year',
  added: 'Added by itself: everything else needs it.',
  gives: 'What you get',
  suits: 'Suits',
  most: (most: number) => `Enter a whole number up to ${most}`,
  needs: (name: string) => `Only after ${name}.`,
  ask: 'Ask for this',
  chooseTraining: 'Choose training',
  workOut: 'Work out the price',
  compare: 'Compare side by side',
  notProvided: 'What the service does not do',
}
export type PackagePickerWords = typeof en

/** The same in the language being spoken. */
export const words = spoken('packages', en)
