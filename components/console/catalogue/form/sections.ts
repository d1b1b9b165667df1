import { languageSaid } from '../../../../catalogue/report/pathways.ts'
import { inside, keysOf } from '../../../../catalogue/rules/pointers.ts'
import { at, isObject, type Json } from '../document/places.ts'

/** A page of the form: what it is called and which parts of the catalogue stand on it. */
export interface FormSection {
  name: string
  title: string
  lead: string
  /** Keys of the document, in the order in which the page shows them. */
  keys: readonly string[]
}

/** The pages of the form. Each key of the schema stands on one of them. */
export const sections: readonly FormSection[] = [
  {
    name: 'offers',
    title: 'Offers',
    lead: 'What schools can take up, in the order in which your pages show it.',
    keys: ['offers'],
  },
  {
    name: 'discounts',
    title: 'Discounts and surcharges',
    lead: 'What comes off a price or is put on top of it, and when.',
    keys: ['discounts', 'surcharges', 'groups', 'vat'],
  },
  {
    name: 'year',
    title: 'Year and dates',
    lead: 'What the catalogue is called and when it holds.',
    keys: ['title', 'intro', 'year', 'opensOn', 'catalogue'],
  },
  {
    name: 'ordering',
    title: 'Ordering and payment',
    lead: 'How schools order and pay, and what happens then.',
    keys: ['payment', 'ordering', 'letters'],
  },
  {
    name: 'districts',
    title: 'Districts',
    lead: 'Which schools can buy.',
    keys: ['area'],
  },
  {
    name: 'provider',
    title: 'Your service and contacts',
    lead: 'Who you are and how schools reach you.',
    keys: ['provider', 'contacts'],
  },
  {
    name: 'menus',
    title: 'Menus',
    lead: 'Lists of work that hours can be spent on. An offer names the menu that it uses.',
    keys: ['menus'],
  },
  {
    name: 'pathways',
    title: 'Pathways',
    lead: 'How support and places for one pupil are asked for, agreed to and decided.',
    keys: ['pathways'],
  },
  {
    name: 'calendar',
    title: 'Calendar',
    lead: 'Your terms and the days on which you are closed. Weekends and England’s bank holidays are known.',
    keys: ['calendar'],
  },
  {
    name: 'privacy',
    title: 'Privacy and complaints',
    lead: 'What families read about their data, and how they complain. One press away from each referral and consent page.',
    keys: ['privacy'],
  },
  {
    name: 'wording',
    title: 'Wording',
    lead: 'What your pages say beside the offers.',
    keys: ['aims', 'notProvided', 'expectations', 'arrangements'],
  },
]

/** Where somebody is in the form: a page of it, and which offer, or which part of which pathway, where it is about one. */
export interface FormPlace {
  section: FormSection
  offer?: number
  pathway?: { index: number; part: PathwayPart }
}

/** The page of the form on which a pointer's field stands. */
export function placeOfPointer(pointer: string): FormPlace {
  const [list = '', index = '', key = ''] = keysOf(pointer)
  const section = sections.find(({ keys }) => keys.includes(list)) ?? firstSection
  if (!/^\d+$/.test(index)) return { section }
  if (list === 'offers') return { section, offer: Number(index) }
  if (list !== 'pathways') return { section }
  const part = pathwayParts.find(({ keys }) => keys.includes(key)) ?? firstPart
  return { section, pathway: { index: Number(index), part } }
}

/** What the address says of a place: the name of its page, or a pointer that leads to it. */
export function whereOf({ section, offer, pathway }: FormPlace): string {
  if (offer !== undefined) return inside('/offers', offer)
  return pathway ? inside(inside('/pathways', pathway.index), pathway.part.keys[0] ?? '') : section.name
}

/** Where a place's own fields begin. */
export function pointerOf(place: FormPlace): string {
  return place.offer === undefined && !place.pathway ? inside('', place.section.keys[0] ?? '') : whereOf(place)
}

/** Whether two places are on one page. */
export function isSamePlace(one: FormPlace, other: FormPlace): boolean {
  return whereOf(one) === whereOf(other)
}

const [firstSection = { name: '', title: '', lead: '', keys: [] }] = sections

/** How an offer's page is divided. Keys that stand nowhere here come last. */
export const offerParts: readonly { heading: string; keys: readonly string[] }[] = [
  { heading: 'What it is', keys: ['name', 'kind', 'summary', 'suits', 'id'] },
  { heading: 'Price', keys: ['price', 'options', 'minimumPence', 'quantity', 'unit', 'vat', 'compareWith'] },
  { heading: 'Hours', keys: ['support', 'menu', 'uses', 'grants'] },
  { heading: 'What schools get', keys: ['gives', 'includes', 'notProvided'] },
  { heading: 'Training', keys: ['topics', 'participants'] },
  { heading: 'Who can have it', keys: ['requires', 'askedBy', 'districts', 'eligibility'] },
  { heading: 'Placement', keys: ['placement'] },
]

/** A page about a pathway. */
export interface PathwayPart {
  title: string
  lead: string
  keys: readonly string[]
}

/** The pages of each pathway. Each key of the schema stands on one of them. */
export const pathwayParts: readonly PathwayPart[] = [
  {
    title: 'About it',
    lead: 'What schools read before they begin, and once they have sent it.',
    keys: ['name', 'summary', 'intro', 'notices', 'offers', 'notProvided', 'afterwards', 'id'],
  },
  {
    title: 'Who can ask',
    lead: 'Questions that yes or no answers. The first wrong answer ends the way, and says where to turn.',
    keys: ['eligibility'],
  },
  {
    title: 'Questions',
    lead: 'The pages of the form: one thing to a page, each question with its reason.',
    keys: ['parts', 'declarations'],
  },
  { title: 'Consent', lead: 'What parents, carers and young people are asked, and how.', keys: ['consent'] },
  {
    title: 'Stages and decisions',
    lead: 'A referral that consent has released begins at the first stage. Decisions lead on.',
    keys: ['stages', 'events'],
  },
  { title: 'Deadlines', lead: 'What has to happen by when.', keys: ['deadlines'] },
  {
    title: 'Places and panel',
    lead: 'What a decision can give, who decides together, and what both sides sign.',
    keys: ['places', 'panel', 'agreement'],
  },
  {
    title: 'Letters and keeping',
    lead: 'Who hears of referrals, and how long they are kept.',
    keys: ['letters', 'retention'],
  },
]

const [firstPart = { title: '', lead: '', keys: [] }] = pathwayParts

/** What an entry of a list is called: its name, its role, its first words. */
export function titleOf(entry: Json | undefined): string {
  if (typeof entry === 'string') return short(entry)
  if (!isObject(entry)) return ''
  // A name that has still to be typed is better than what stands for it in addresses.
  if (entry.name === '' || entry.label === '' || entry.question === '') return ''
  if (typeof entry.language === 'string') return languageSaid(entry.language)
  for (const key of [
    'name',
    'role',
    'label',
    'heading',
    'question',
    'text',
    'offer',
    'provider',
    'id',
    'from',
    'class',
  ])
    if (typeof entry[key] === 'string' && entry[key]) return short(entry[key])
  return ''
}

function short(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57).trimEnd()}…` : text
}

/** The names of a document's offers, or of its pathways, by their ids. */
export function namesIn(
  document: Json | undefined,
  list: 'offers' | 'pathways',
): { id: string; name: string; index: number }[] {
  const entries = at(document, inside('', list))
  if (!Array.isArray(entries)) return []
  return entries.map((entry, index) => {
    const id = isObject(entry) && typeof entry.id === 'string' ? entry.id : ''
    return { id, name: titleOf(entry) || id || `${list === 'offers' ? 'Offer' : 'Pathway'} ${index + 1}`, index }
  })
}
