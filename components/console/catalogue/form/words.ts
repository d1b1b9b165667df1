import { PATHWAY_WORDS } from './pathway-words.ts'
import type { Part } from './schema.ts'

/** What a part of the form is called, what helps to fill it in, and what one entry of a list is called. */
export interface PartWords {
  label: string
  help?: string
  /** What the button says that adds it, where it may be left out: `Say whom it suits`. */
  begin?: string
  /** One entry of a list, as it follows "Add": `a contact`. */
  one?: string
  /** What the answers are called, by the word that the document keeps. */
  choices?: Readonly<Record<string, Choice>>
}

/** An answer to choose, with what it means where its name does not say it. */
export type Choice = string | readonly [name: string, meaning: string]

const OFFER_KINDS: Readonly<Record<string, Choice>> = {
  subscription: ['Subscription', 'A yearly base, bought once.'],
  package: ['Package', 'A fixed piece of support with its hours.'],
  'top-up': ['Top-up', 'More of a package, bought after it.'],
  hours: ['Hours', 'Support by the hour.'],
  training: ['Training', 'Shown on the training page, by length and topic.'],
  placement: ['Placement', 'A place at your own base for a time.'],
  'cluster-subscription': ['Cluster subscription', 'Schools that buy together; shown in the calculator.'],
  'funded-place': ['Funded place', 'A place that somebody else pays for.'],
  service: ['Service', 'Anything else that you do.'],
}

const BUYERS: Readonly<Record<string, Choice>> = {
  maintained: 'Maintained schools',
  academy: 'Academies',
  independent: 'Independent schools',
  charity: 'Charities',
  'local-authority': 'Local authorities',
  other: 'Others',
}

const FACTS: Readonly<Record<string, Choice>> = {
  pupils: 'Pupils on roll',
  schools: 'Schools that buy together',
  staff: 'Members of staff',
  classes: 'Classes',
}

const VAT: Readonly<Record<string, Choice>> = {
  none: 'No VAT',
  zero: 'Zero rate',
  exempt: 'Exempt',
  reduced: 'Reduced rate',
  standard: 'Standard rate',
}

const UNITS: Readonly<Record<string, Choice>> = {
  hour: 'Hour',
  day: 'Day',
  'half-day': 'Half day',
  session: 'Session',
  visit: 'Visit',
  pupil: 'Pupil',
  post: 'Post',
  place: 'Place',
  school: 'School',
  copy: 'Copy',
}

const TOKENS: Readonly<Record<string, Choice>> = { token: 'Tokens', session: 'Sessions' }

const ID =
  'Small letters, digits and hyphens. Addresses and past orders use it, so it stays as it is when the name changes.'

/**
 * Words by a part's role in the schema, or by the end of it: `offers/*\/name` before `name`. A part that the schema gains needs
 * words here before its test is content.
 */
const WORDS: Readonly<Record<string, PartWords>> = {
  '': { label: 'The catalogue' },
  // The provider
  provider: { label: 'Your service' },
  'provider/id': { label: 'Short name in addresses', help: 'It belongs to your account and cannot be changed here.' },
  'provider/name': { label: 'Name of the school or organisation', help: 'As it stands on your letters.' },
  'provider/kind': {
    label: 'What kind of organisation you are',
    choices: {
      'special-school': 'Special school',
      'short-stay-school': 'Short stay school (pupil referral unit)',
      consortium: 'Consortium of schools',
      'local-authority': 'Local authority',
    },
  },
  'provider/service': { label: 'Name of the outreach service', help: 'Stands in the head of your pages.' },
  'provider/about': { label: 'About you', help: 'A few sentences that schools read first.' },
  'provider/address': {
    label: 'Postal address',
    help: 'Line by line, as on an envelope.',
    begin: 'Add a postal address',
    one: 'a line',
  },
  'provider/address/*': { label: 'Line of the address' },
  'provider/email': {
    label: 'General e-mail address',
    begin: 'Add a general e-mail address',
    help: 'An office’s address, never a person’s own.',
  },
  'provider/website': {
    label: 'Website',
    begin: 'Add a website',
    help: 'The whole address, for example https://www.school.example.',
  },
  'provider/schoolNumber': { label: 'School number', begin: 'Add your school number', help: 'For journal transfers.' },
  'provider/colour': {
    label: 'Brand colour',
    begin: 'Choose a brand colour',
    help: 'For buttons and links, dark enough that white text on it can be read.',
  },
  telephone: {
    label: 'Telephone',
    help: 'The office’s number, as schools would dial it.',
    begin: 'Add a telephone number',
  },
  // The year
  catalogue: { label: 'The year’s short name', help: 'Stands in addresses, such as 2024-25.' },
  title: {
    label: 'Title of the catalogue',
    help: 'Stands at the head of your pages, such as “Outreach support, April 2024 to March 2025”.',
  },
  intro: { label: 'Introduction', help: 'How to begin: the first thing that schools read above your offers.' },
  year: { label: 'When support is given', help: 'Support is given from the first of these days to the last.' },
  'year/from': { label: 'First day' },
  'year/to': { label: 'Last day', help: 'Orders are taken up to this day.' },
  opensOn: {
    label: 'Orders open on',
    help: 'The first day on which orders are taken. It may be before the year begins.',
  },
  // The area
  area: { label: 'Districts' },
  'area/districts': {
    label: 'Districts that you serve',
    help: 'None at all: schools anywhere can buy.',
    one: 'a district',
  },
  'area/districts/*': { label: 'District' },
  'area/districts/*/id': { label: 'Number or short name', help: 'Without noughts in front: 1, not 01.' },
  'area/districts/*/name': { label: 'Name of the district', help: 'What people call it, where it has a name.' },
  'area/outside': {
    label: 'A school outside your districts',
    choices: {
      refused: ['Cannot buy', 'It is told who serves it, where you say so below.'],
      priced: ['Can buy', 'At a price of its own, where an offer has one.'],
    },
  },
  'area/elsewhere': {
    label: 'Who serves the districts next door',
    help: 'A school from there is told whom to ask.',
    begin: 'Say who serves the districts next door',
    one: 'a neighbour',
  },
  'area/elsewhere/*': { label: 'Neighbour' },
  'area/elsewhere/*/provider': {
    label: 'Its short name in addresses',
    help: 'What stands in the address of their pages, where they have some here.',
  },
  'area/elsewhere/*/name': { label: 'Its name', help: 'As schools know it.' },
  'area/elsewhere/*/districts': { label: 'Districts that it serves', one: 'a district' },
  'area/elsewhere/*/districts/*': { label: 'District' },
  // Contacts
  contacts: {
    label: 'Contacts on your pages',
    help: 'Shown on your pages, so that schools know whom to ring.',
    one: 'a contact',
  },
  'contacts/*': { label: 'Contact' },
  'contacts/*/role': { label: 'Who it is', help: 'A role, such as “Outreach team”, and never a person’s name.' },
  email: { label: 'E-mail address', help: 'An office’s or a role’s address, never a person’s own.' },
  letters: { label: 'Letters to you' },
  'letters/orders': {
    label: 'Who hears of each order',
    help: 'Up to ten e-mail addresses of roles. None: letters wait where you will see them.',
    one: 'an address',
  },
  'letters/orders/*': { label: 'E-mail address' },
  // Ordering
  payment: { label: 'Ways to pay', help: 'Schools choose one of these when they order.', one: 'a way to pay' },
  'payment/*': { label: 'Way to pay' },
  'payment/*/method': {
    label: 'What it is',
    choices: {
      invoice: ['Invoice', 'You send an invoice.'],
      journal: ['Journal transfer', 'The school gives its ledger code, and the authority moves the money.'],
    },
  },
  'payment/*/name': { label: 'What schools read', help: 'Such as “Invoice” or “Journal transfer”.' },
  'payment/*/hint': {
    label: 'Who can pay this way, and what they need',
    help: 'Stands under the choice, such as “Have your ledger code ready.”',
  },
  ordering: { label: 'The order form' },
  'ordering/declaration': {
    label: 'What the person who signs confirms',
    help: 'The head teacher, or whoever signs, reads this above the button.',
  },
  'ordering/afterwards': { label: 'What happens once the order is in', help: 'Step by step.', one: 'a step' },
  'ordering/afterwards/*': { label: 'Step' },
  'ordering/debited': {
    label: 'When and how the charge will appear',
    help: 'Such as “In the month after the support was given.”',
  },
  // Wording
  aims: { label: 'What your service is for', help: 'One sentence each, as schools read it.', one: 'an aim' },
  'aims/*': { label: 'Aim' },
  notProvided: {
    label: 'What is not provided',
    help: 'Say it before somebody asks for it. One sentence each.',
    one: 'a sentence',
  },
  'notProvided/*': { label: 'Not provided' },
  expectations: { label: 'Who promises what', begin: 'Say who promises what' },
  'expectations/provider': { label: 'What you promise', help: 'One sentence each.', one: 'a promise' },
  'expectations/provider/*': { label: 'Promise' },
  'expectations/school': { label: 'What a school promises', help: 'One sentence each.', one: 'a promise' },
  'expectations/school/*': { label: 'Promise' },
  arrangements: {
    label: 'Who may ask for a different arrangement, and how',
    help: 'Such as federations and trusts. Stands under your offers.',
    begin: 'Say who may ask for a different arrangement',
  },
  menus: {
    label: 'Menus that hours are spent from',
    help: 'A list of work that packages and hours are spent on.',
    begin: 'Add a menu',
    one: 'a menu',
  },
  'menus/*': { label: 'Menu' },
  'menus/*/id': { label: 'Short name', help: ID },
  'menus/*/intro': { label: 'Introduction to the menu', help: 'Stands above the list.' },
  'menus/*/items': { label: 'What is on it', one: 'an item' },
  'menus/*/items/*': { label: 'Item' },
  groups: {
    label: 'Groups of schools',
    help: 'A discount can be for a group alone.',
    begin: 'Add a group of schools',
    one: 'a group',
  },
  'groups/*': { label: 'Group' },
  'groups/*/id': { label: 'Short name', help: ID },
  'groups/*/urns': {
    label: 'Its members',
    begin: 'List its members',
    help: 'Their unique reference numbers (URN). Left out: a school says that it belongs, and you confirm it.',
    one: 'a school',
  },
  'groups/*/urns/*': { label: 'Unique reference number (URN)' },
  vat: { label: 'VAT rates', begin: 'Set the VAT rates', help: 'Needed only where something is taxed.' },
  'vat/standard': { label: 'Standard rate' },
  'vat/reduced': { label: 'Reduced rate' },
  // Discounts and surcharges
  discounts: {
    label: 'Discounts',
    help: 'They apply in this order, each on what the ones before have left.',
    one: 'a discount',
  },
  'discounts/*': {
    label: 'Discount',
    choices: { percent: ['A percentage', 'Such as 10% off.'], amount: ['An amount', 'Such as £50 off.'] },
  },
  'discounts/*(percent)': { label: 'Discount by percent' },
  'discounts/*(amount)': { label: 'Discount by amount' },
  'discounts/*(percent)/name': {
    label: 'What it comes off',
    help: 'As it follows “10% off”: training with the universal offer.',
  },
  'discounts/*(amount)/name': {
    label: 'What it comes off',
    help: 'As it follows “£50 off”: training with the universal offer.',
  },
  'discounts/*(percent)/id': { label: 'Short name', help: ID },
  'discounts/*(amount)/id': { label: 'Short name', help: ID },
  'surcharges/*(percent)/id': { label: 'Short name', help: ID },
  'surcharges/*(amount)/id': { label: 'Short name', help: ID },
  surcharges: { label: 'Surcharges', help: 'Put on the total, after discounts.', one: 'a surcharge' },
  'surcharges/*': {
    label: 'Surcharge',
    choices: { percent: ['A percentage', 'Such as 5% on top.'], amount: ['An amount', 'Such as £20 on top.'] },
  },
  'surcharges/*(percent)': { label: 'Surcharge by percent' },
  'surcharges/*(amount)': { label: 'Surcharge by amount' },
  'surcharges/*(percent)/name': { label: 'What schools read' },
  'surcharges/*(amount)/name': { label: 'What schools read' },
  percent: { label: 'Percentage', help: 'Such as 10 or 17.5.' },
  pence: { label: 'Price' },
  'discounts/*(amount)/pence': { label: 'Amount off' },
  'surcharges/*(amount)/pence': { label: 'Amount on top' },
  'discounts/*(amount)/each': {
    label: 'How often it comes off',
    choices: {
      unit: 'Off each one that is bought',
      line: 'Off each line of the order',
      order: 'Once, off the whole order',
    },
  },
  on: { label: 'What it applies to', help: 'Nothing ticked: everything.' },
  'on/kinds': {
    label: 'Kinds of offer',
    help: 'Only offers of these kinds.',
    begin: 'Only for some kinds of offer',
    choices: OFFER_KINDS,
  },
  'on/offers': {
    label: 'Offers',
    help: 'Only these offers. Nothing ticked: all of the kinds above.',
    begin: 'Only for some offers',
  },
  'on/offers/*': { label: 'Offer' },
  'on/options': {
    label: 'Lengths or sizes',
    help: 'Only these lengths or sizes.',
    begin: 'Only for some lengths or sizes',
  },
  'on/options/*': { label: 'Length or size' },
  'on/kinds/*': { label: 'Kind of offer', choices: OFFER_KINDS },
  when: { label: 'When it applies', help: 'Nothing said: always.' },
  'when/holds': { label: 'The school holds, or buys in the same order', help: 'Such as the yearly subscription.' },
  'when/group': { label: 'Every school belongs to the group', help: 'Each school of a cluster has to be a member.' },
  'when/class': {
    label: 'Classes of buyer',
    help: 'Nothing ticked: every kind of buyer.',
    begin: 'Only for some kinds of buyer',
    choices: BUYERS,
  },
  'when/class/*': { label: 'Class of buyer', choices: BUYERS },
  'when/from': { label: 'From', help: 'The first day on which it applies.' },
  'when/until': { label: 'Until', help: 'The last day on which it applies.' },
  'when/threshold': {
    label: 'A threshold',
    help: 'Such as 40 hours or more, or more than £2,000.',
    begin: 'Only from some size or amount on',
  },
  'threshold/fact': {
    label: 'What is counted',
    choices: {
      pence: ['Pounds', 'Of the lines that it applies to.'],
      quantity: ['How many', 'Of the lines that it applies to.'],
      pupils: ['Pupils', 'Of the school or the schools together.'],
      schools: 'Schools',
      staff: 'Members of staff',
      classes: 'Classes',
    },
  },
  'threshold/is': {
    label: 'How it is reached',
    choices: { 'at-least': ['That many or more', '“40 or more”.'], 'more-than': ['More than that', '“More than 40”.'] },
  },
  'threshold/value': { label: 'The threshold', help: 'In pounds where pounds are counted.' },
  // Offers
  offers: { label: 'Offers', one: 'an offer' },
  'offers/*': { label: 'Offer' },
  id: { label: 'Short name in addresses', help: ID },
  'offers/*/kind': {
    label: 'What kind of offer it is',
    help: 'It decides on which page the offer stands.',
    choices: OFFER_KINDS,
  },
  'offers/*/name': { label: 'Name', help: 'As schools know it. It stands first on the page.' },
  name: { label: 'Name' },
  summary: { label: 'In a sentence', help: 'What it is about, in a sentence or two.' },
  'offers/*/summary': {
    label: 'What it is, in a sentence',
    help: 'Stands under the name. Say what schools get and for whom.',
  },
  'offers/*/suits': {
    label: 'Whom it suits',
    help: 'Such as “A pupil or a class that needs regular help.”',
    begin: 'Say whom it suits',
  },
  'offers/*/gives': { label: 'Points', help: 'One point each: visits, reports, reviews.', one: 'a point' },
  'offers/*/gives/*': { label: 'Point' },
  'offers/*/gives/*/districts': {
    label: 'Only for schools of these districts',
    begin: 'Only for schools of some districts',
    help: 'None ticked: for everybody.',
  },
  text: { label: 'Text' },
  'gives/*/text': { label: 'Point' },
  'offers/*/uses': {
    label: 'What the hours can be spent on',
    help: 'Kinds of work that the hours can go into.',
    begin: 'Say what the hours can be spent on',
    one: 'a use',
  },
  'offers/*/uses/*': { label: 'Use' },
  'offers/*/menu': {
    label: 'The menu that its hours are spent from',
    help: 'The menus stand on a page of their own.',
    begin: 'Spend its hours from a menu',
  },
  'offers/*/notProvided': {
    label: 'What it does not include',
    help: 'One sentence each.',
    begin: 'Say what it does not include',
    one: 'a sentence',
  },
  'offers/*/eligibility': {
    label: 'Who can have it',
    help: 'What has to be so before a school can have it. One sentence each.',
    begin: 'Say who can have it',
    one: 'a condition',
  },
  'offers/*/eligibility/*': { label: 'Condition' },
  'offers/*/askedBy': {
    label: 'How schools ask for it',
    begin: 'Choose how schools ask for it',
    choices: {
      order: ['By order', 'It goes into the basket.'],
      referral: ['By referral', 'It is charged only when a place is given.'],
    },
  },
  'offers/*/price': { label: 'Price', begin: 'Add a price' },
  'options/*/price': { label: 'Price' },
  'offers/*/options': {
    label: 'Lengths or sizes, each with its price',
    help: 'Such as a staff meeting of 1 hour and a whole day.',
    begin: 'Add lengths or sizes',
    one: 'a length or size',
  },
  'offers/*/options/*': { label: 'Length or size' },
  'options/*/minutes': { label: 'How long it lasts', help: 'In hours, such as 2 or 1:30.' },
  'options/*/bespoke': {
    label: 'Its content is agreed with the school, so no topic is chosen',
    help: 'Schools then describe what they need in their own words.',
  },
  'offers/*/topics': {
    label: 'Topics',
    help: 'Schools choose from these when they book.',
    begin: 'Add topics',
    one: 'a topic',
  },
  'offers/*/topics/*': { label: 'Topic' },
  'offers/*/participants': {
    label: 'How many can take part',
    help: 'People in the room. Leave a side empty where there is no limit.',
    begin: 'Say how many can take part',
  },
  least: { label: 'At least' },
  most: { label: 'At most' },
  unit: { label: 'Each is one', help: 'What one of the quantity is.', choices: UNITS },
  'offers/*/unit': {
    label: 'What one of it is',
    begin: 'Say what one of it is',
    help: 'Where the price does not say.',
    choices: UNITS,
  },
  'offers/*/quantity': {
    label: 'How many can be bought in one order',
    help: 'Leave a side empty where there is no limit.',
    begin: 'Limit how many can be bought',
  },
  'offers/*/minimumPence': {
    label: 'The least that is charged for it in one order',
    help: 'In pounds. A smaller sum is raised to this.',
    begin: 'Set the least that is charged',
  },
  'offers/*/support': {
    label: 'Hours of support',
    help: 'In hours, such as 12, 12.5 or 1:30. The same number twice where it is exact.',
    begin: 'Add hours of support',
    choices: {
      unit: ['The same for everybody', 'Each one bought brings these hours.'],
      bands: ['By the size of the buyer', 'More hours for larger schools or clusters.'],
    },
  },
  'support(unit)': { label: 'The same for everybody' },
  'support(bands)': { label: 'By the size of the buyer' },
  leastMinutes: { label: 'At least' },
  mostMinutes: { label: 'At most' },
  fact: { label: 'What decides', choices: FACTS },
  bands: { label: 'Bands', help: 'Each runs to the start of the next. The first begins at 0.', one: 'a band' },
  'bands/*': { label: 'Band' },
  'bands/*/from': { label: 'From' },
  'offers/*/grants': {
    label: 'Tokens or sessions that it brings',
    help: 'Offers that are priced in tokens or sessions are paid with these.',
    begin: 'Add tokens or sessions',
  },
  of: { label: 'What', choices: TOKENS },
  count: { label: 'How many' },
  'offers/*/includes': {
    label: 'What it already contains',
    begin: 'Say what it already contains',
    help: 'It is then not charged twice.',
    one: 'an offer',
  },
  'offers/*/includes/*': { label: 'Contained offer' },
  'includes/*/offer': { label: 'Offer' },
  'includes/*/option': { label: 'Length or size' },
  'includes/*/quantity': { label: 'How many' },
  'offers/*/requires': {
    label: 'What must be held or bought first',
    help: 'Such as the yearly subscription.',
    begin: 'Say what must be bought first',
    one: 'an offer',
  },
  'offers/*/requires/*': { label: 'Needed first' },
  'requires/*/offer': { label: 'Offer' },
  'requires/*/or': {
    label: 'Or any of these will do as well',
    help: 'Having one of them is enough.',
    begin: 'Let another offer do instead',
  },
  'requires/*/or/*': { label: 'Offer' },
  'requires/*/how': {
    label: 'How',
    choices: {
      added: ['Added by itself', 'It is put into the order unless the school holds it.'],
      held: ['Must be there', 'The school must hold it, or buy it in the same order.'],
    },
  },
  districts: {
    label: 'Only for schools of these districts',
    begin: 'Only for schools of some districts',
    help: 'None ticked: for everybody.',
  },
  'districts/*': { label: 'District' },
  'offers/*/placement': { label: 'How a place works', begin: 'Describe how a place works' },
  'placement/weeks': { label: 'Weeks at most', help: 'The longest that a place lasts.' },
  'placement/pattern': {
    label: 'The weeks',
    help: 'How many days the pupil is where, and from which week on.',
    one: 'some weeks',
  },
  'placement/pattern/*': { label: 'Weeks' },
  fromWeek: { label: 'From week' },
  toWeek: { label: 'To week' },
  daysHere: { label: 'Days a week with you' },
  daysAtSchool: { label: 'Days a week at the pupil’s school' },
  hoursAWeek: { label: 'Hours a week' },
  'placement/panel': {
    label: 'The panel that decides',
    help: 'Who decides on places, and how.',
    begin: 'Describe the panel',
  },
  'panel/often': { label: 'How often it meets', help: 'Such as “Once a half term”.' },
  'placement/availability': {
    label: 'How many places there are',
    help: 'In words, such as “Twelve places at a time”.',
  },
  'placement/alsoCharged': { label: 'Funding that comes with the pupil', help: 'Said, and never priced.' },
  'placement/steps': { label: 'Step by step', help: 'From the request to the end of the place.', one: 'a step' },
  'placement/steps/*': { label: 'Step' },
  'placement/stepDown': {
    label: 'Going back to school, step by step',
    help: 'Visits once the pupil is back at school.',
    begin: 'Describe the way back to school',
  },
  'stepDown/visits': { label: 'Visits' },
  'stepDown/weeks': { label: 'Over how many weeks' },
  'placement/limit': {
    label: 'How many places a school has',
    help: 'Left out: as many as are free.',
    begin: 'Limit the places of a school',
  },
  'limit/places': { label: 'Places' },
  'limit/per': { label: 'For each', choices: { 'school-term': 'School and term', 'school-year': 'School and year' } },
  'limit/withdrawnBy': { label: 'What withdraws a place', help: 'Such as a permanent exclusion by the school.' },
  'offers/*/compareWith': {
    label: 'Compare it with',
    begin: 'Compare it with another offer',
    help: 'The offer by which the same hours can be bought as one goes.',
  },
  'offers/*/vat': {
    label: 'VAT',
    help: 'Said where the offer is taxed. The rates stand with the discounts.',
    begin: 'Say how VAT is charged',
    choices: VAT,
  },
  'surcharges/*(percent)/vat': { label: 'VAT', choices: VAT },
  'surcharges/*(amount)/vat': { label: 'VAT', choices: VAT },
  // Prices
  price: {
    label: 'Price',
    choices: {
      fixed: ['One price', 'The same for each one that is bought.'],
      'per-unit': ['By the hour, day or session', 'A price for each hour, day, session, visit or place.'],
      free: ['Free', 'Nothing is charged.'],
      'on-request': ['On request', 'You name the price when a school asks.'],
      'per-pupil': ['By pupils on roll', 'A price for each pupil, over all schools that buy.'],
      'per-pupil-by-phase': [
        'By pupils and phase',
        'A price for each pupil that differs for primary, secondary and so on.',
      ],
      bands: ['By size, in bands', 'One price for small schools, another for larger ones.'],
      tiers: ['By how many are bought', 'Each costs less the more are bought.'],
      'up-to': ['One price up to a number', 'Then a price for each further one, up to a most.'],
      'first-free': ['The first ones free', 'Then a price for each.'],
      blocks: ['In blocks', 'Sold by the ten, say: a block begun is charged whole.'],
      counted: ['In tokens or sessions', 'Paid with what the school holds, not with money.'],
      'by-date': ['Changes on a date', 'Such as £500 until 31 March and £750 after.'],
      'by-holding': ['Less for subscribers', 'One price for schools that hold another offer, one for the rest.'],
      'by-area': ['Inside or outside your districts', 'A price for your own area, and one for everybody else.'],
      'by-class': ['By kind of buyer', 'Academies, maintained schools and others pay differently.'],
      joining: ['For the part of the year that is left', 'Who joins late pays less, or not.'],
    },
  },
  'price(free)': { label: 'Free' },
  'price(fixed)': { label: 'One price' },
  'price(per-unit)': { label: 'By the hour, day or session' },
  'price(per-pupil)': { label: 'By pupils on roll' },
  'price(per-pupil-by-phase)': { label: 'By pupils and phase' },
  'price(bands)': { label: 'By size, in bands' },
  'price(tiers)': { label: 'By how many are bought' },
  'price(up-to)': { label: 'One price up to a number' },
  'price(first-free)': { label: 'The first ones free' },
  'price(blocks)': { label: 'In blocks' },
  'price(on-request)': { label: 'On request' },
  'price(counted)': { label: 'In tokens or sessions' },
  'price(by-date)': { label: 'Changes on a date' },
  'price(by-holding)': { label: 'Less for subscribers' },
  'price(by-area)': { label: 'Inside or outside your districts' },
  'price(by-class)': { label: 'By kind of buyer' },
  'price(joining)': { label: 'For the part of the year that is left' },
  'price(per-unit)/minutes': { label: 'How long one lasts', help: 'In hours, such as 1 or 0:45.' },
  'price(tiers)/minutes': { label: 'How long one lasts', help: 'In hours, such as 1 or 0:45.' },
  'price(per-unit)/pence': { label: 'Price of each' },
  'price(per-pupil)/pence': { label: 'Price of each pupil' },
  'price(per-pupil-by-phase)/pence': {
    label: 'Price of each pupil, by phase',
    help: 'Left empty: no price for that phase.',
  },
  'price(per-pupil-by-phase)/pence/*': {
    label: 'Phase',
    choices: {
      nursery: 'Nursery',
      primary: 'Primary',
      secondary: 'Secondary',
      'all-through': 'All-through',
      'sixteen-plus': '16 and over',
      special: 'Special',
      alternative: 'Alternative provision',
    },
  },
  'price(bands)/each': {
    label: 'Whose size counts',
    choices: {
      school: ['Each school’s own', 'Every school is priced by itself.'],
      buyer: ['All schools together', 'The cluster is priced by its sum.'],
    },
  },
  'price(tiers)/kind': {
    label: 'What a lower price counts for',
    choices: {
      volume: ['All that are bought', 'Every one costs what the step that is reached says.'],
      graduated: ['Those of the step alone', 'The first ones cost the first price, the next ones the next.'],
    },
  },
  'price(tiers)/tiers': { label: 'Steps', help: 'The first begins at 1.', one: 'a step' },
  'price(tiers)/tiers/*': { label: 'Step' },
  'price(tiers)/tiers/*/from': { label: 'From how many' },
  'price(tiers)/tiers/*/pence': { label: 'Price of each' },
  'price(up-to)/covers': { label: 'How many the price covers' },
  'price(up-to)/pence': { label: 'Price of all of these' },
  'price(up-to)/furtherPence': { label: 'Price of each further one' },
  'price(up-to)/most': { label: 'At most', help: 'More cannot be bought.' },
  'price(first-free)/free': { label: 'How many are free' },
  'price(first-free)/pence': { label: 'Price of each after these' },
  'price(blocks)/size': { label: 'How many make a block', help: 'A block begun is charged whole.' },
  'price(blocks)/pence': {
    label: 'Price of each block',
    help: 'Of the first block, the second and so on. The last price repeats.',
    one: 'a block',
  },
  'price(blocks)/pence/*': { label: 'Price of the block' },
  'price(by-date)/first': { label: 'At first' },
  'price(by-date)/later': {
    label: 'Later prices',
    help: 'Each holds from its day to the next one’s.',
    one: 'a later price',
  },
  'price(by-date)/later/*': { label: 'Later price' },
  'price(by-date)/later/*/from': { label: 'From' },
  'price(by-date)/later/*/price': { label: 'Price from then on' },
  'price(by-holding)/offer': { label: 'Schools that hold, or are buying', help: 'Such as the yearly subscription.' },
  'price(by-holding)/holder': { label: 'They pay' },
  'price(by-holding)/other': { label: 'Everybody else pays' },
  'price(by-area)/inside': { label: 'Inside your districts' },
  'price(by-area)/outside': { label: 'Outside' },
  'price(by-class)/classes': {
    label: 'Buyers with a price of their own',
    help: 'One price for each kind of buyer that pays otherwise.',
    one: 'a kind of buyer',
  },
  'price(by-class)/classes/*': { label: 'Kind of buyer' },
  'price(by-class)/classes/*/class': { label: 'Who', choices: BUYERS },
  'price(by-class)/classes/*/price': { label: 'They pay' },
  'price(by-class)/other': { label: 'Everybody else pays' },
  'price(joining)/rule': {
    label: 'Who joins late pays',
    choices: {
      full: ['The whole price', 'Whenever the school joins.'],
      monthly: ['For the months that are left', 'A twelfth for each, the present month included.'],
      fractions: ['A part that you state', 'Such as two thirds from 1 January.'],
    },
  },
  'price(joining)/fractions': {
    label: 'The parts',
    help: 'Such as 2 out of 3 from 1 January.',
    begin: 'Add the parts',
    one: 'a part',
  },
  'price(joining)/fractions/*': { label: 'Part' },
  'price(joining)/fractions/*/from': { label: 'From' },
  'price(joining)/fractions/*/numerator': { label: 'How many parts' },
  'price(joining)/fractions/*/denominator': { label: 'Out of how many' },
  'price(joining)/price': { label: 'The whole year’s price' },
  ...PATHWAY_WORDS,
}

/** The table's entry for a role, or for the longest end of it that has one. */
function entryFor(role: string): PartWords | undefined {
  for (let end = role; ; end = end.slice(end.indexOf('/') + 1)) {
    const found = WORDS[end]
    if (found) return found
    if (!end.includes('/')) return undefined
  }
}

/** What a part is called and what helps. */
export function wordsFor(part: Part): PartWords {
  return entryFor(part.role) ?? { label: part.role.split('/').at(-1) ?? '' }
}

/** Whether the table has words for a part. */
export function hasWords(part: Part): boolean {
  return entryFor(part.role) !== undefined
}

/** The answers of a part: its own choices, else those of a price. */
export function choicesOf(part: Part): Readonly<Record<string, Choice>> {
  return entryFor(part.role)?.choices ?? (part.place === 'price' ? WORDS.price?.choices : undefined) ?? {}
}

/** A choice's name. */
export function nameOf(choice: Choice | undefined, word: string): string {
  return choice === undefined ? word : typeof choice === 'string' ? choice : choice[0]
}

/** What a choice means, where its name does not say it. */
export function meaningOf(choice: Choice | undefined): string {
  return choice === undefined || typeof choice === 'string' ? '' : choice[1]
}
