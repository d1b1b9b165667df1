import { keysOf } from '../../../../catalogue/rules/pointers.ts'
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
    name: 'wording',
    title: 'Wording',
    lead: 'What your pages say beside the offers.',
    keys: ['aims', 'notProvided', 'expectations', 'arrangements'],
  },
]

/** Where somebody is in the form: a page of it, and which offer where it is about one. */
export interface FormPlace {
  section: FormSection
  offer?: number
}

/** The page of the form on which a pointer's field stands. */
export function placeOfPointer(pointer: string): FormPlace {
  const [key = '', index] = keysOf(pointer)
  const section = sections.find(({ keys }) => keys.includes(key)) ?? firstSection
  return key === 'offers' && index !== undefined && /^\d+$/.test(index)
    ? { section, offer: Number(index) }
    : { section }
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

/** What an entry of a list is called: its name, its role, its first words. */
export function titleOf(entry: Json | undefined): string {
  if (typeof entry === 'string') return short(entry)
  if (!isObject(entry)) return ''
  // A name that has still to be typed is better than what stands for it in addresses.
  if (entry.name === '') return ''
  for (const key of ['name', 'role', 'text', 'offer', 'provider', 'id', 'from', 'class'])
    if (typeof entry[key] === 'string' && entry[key]) return short(entry[key])
  return ''
}

function short(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57).trimEnd()}…` : text
}

/** The names of a document's offers by their ids. */
export function offersOf(document: Json | undefined): { id: string; name: string; index: number }[] {
  const offers = at(document, '/offers')
  if (!Array.isArray(offers)) return []
  return offers.map((offer, index) => {
    const id = isObject(offer) && typeof offer.id === 'string' ? offer.id : ''
    return { id, name: titleOf(offer) || id || `Offer ${index + 1}`, index }
  })
}
