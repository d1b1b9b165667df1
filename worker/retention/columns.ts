/**
 * `none`: says nothing of anybody: ids by chance, codes, days, schools. `personal`: says something of a person. `secret`: lets somebody in, or opens
 * something, who has it. `sealed`: personal, and nothing to whoever lacks the referral’s key.
 */
export type ColumnKind = 'none' | 'personal' | 'secret' | 'sealed'

/**
 * What ends it. `referral`: the day that the pathway’s retention says, or an erasure before it. `use`: it goes as soon as it has been used.
 * `accounts`: seven years after the order, for as long as accounts can be asked about. `record`: never, as the record is never changed. The others are named
 * by what `sweep.ts` deletes.
 */
export type Ending =
  | 'referral'
  | 'use'
  | 'letters'
  | 'attempts'
  | 'sessions'
  | 'devices'
  | 'people'
  | 'keys'
  | 'closed-drafts'
  | 'presence'
  | 'visits'
  | 'panels'
  | 'exclusions'
  | 'accounts'
  | 'record'

/** A column that holds something: what, why it is kept, and what ends it. */
export interface Held {
  is: Exclude<ColumnKind, 'none'>
  why: string
  ends: Ending
}

/** A column that holds nothing of anybody, with what it holds; or one that does. */
export type Column = string | Held

/** What ends the rows of a table themselves, where something does; and its columns. */
export interface Table {
  rows?: Ending
  columns: Readonly<Record<string, Column>>
}

const ID = 'An id by chance.'
const PROVIDER = 'A provider’s id.'
const PERSON = 'An id by chance; who it is stands in `person`.'
const REFERRAL = 'A referral’s id, by chance.'
const CODE = 'A word of the product or of the catalogue.'
const DAY = 'A day.'
const AT = 'An instant.'
const COUNT = 'A number.'
const CATALOGUE = 'A catalogue’s name.'
const SCHOOL = 'A school, or how one is written.'
const TEXT = 'What a provider publishes.'

const held = (is: Held['is'], ends: Ending, why: string): Held => ({ is, why, ends })

/** Every column of every table. A column that a migration adds and this does not know fails a test. */
export const TABLES: Readonly<Record<string, Table>> = {
  provider: { columns: { id: PROVIDER, name: TEXT, service: TEXT, kind: TEXT, about: TEXT } },
  catalogue_version: {
    columns: {
      provider: PROVIDER,
      catalogue: CATALOGUE,
      version: COUNT,
      opens_on: DAY,
      ends_on: DAY,
      published_at: AT,
      document: TEXT,
    },
  },
  order: {
    columns: {
      reference: 'What an order is known by.',
      provider: PROVIDER,
      status: CODE,
      placed_on: DAY,
      placed_at: AT,
      catalogue: CATALOGUE,
      version: COUNT,
      school_name: SCHOOL,
      total_pence: COUNT,
      conditional_pence: COUNT,
      quote: 'What it comes to, and why.',
      request: held(
        'personal',
        'accounts',
        'Who buys and signs at a school, in their work, and notes beside what is bought; the rest of it stays.',
      ),
    },
  },
  order_key: {
    columns: {
      provider: PROVIDER,
      key: 'An Idempotency-Key, by chance.',
      reference: 'An order’s reference.',
      receipt: 'The order’s reference and total.',
      kept_at: AT,
    },
  },
  letter: {
    columns: {
      state: CODE,
      due_at: AT,
      id: ID,
      provider: PROVIDER,
      about: 'A reference, or a word of the product.',
      recipient: held(
        'personal',
        'letters',
        'Where it is to go, and where it went for as long as it may be sent again: at most while it is of use.',
      ),
      attempts: COUNT,
      written_at: AT,
      sent_at: AT,
      trouble: 'Why it did not go, without addresses.',
      subject: 'Names nobody but a school and a provider.',
      text: held('personal', 'letters', 'What it says: gone once it is sent, given up for long, or of no use.'),
      kind: CODE,
      replaced_by: ID,
      ends_at: AT,
      referral: REFERRAL,
      sealed: held(
        'sealed',
        'referral',
        'Where a letter about a referral is to go, and what it says, until it is sent.',
      ),
    },
  },
  lease: { columns: { name: CODE, holder: ID, until_at: AT } },
  person: {
    rows: 'people',
    columns: {
      id: ID,
      email: held('personal', 'people', 'How somebody of the console is known, and where their codes go.'),
      name: held('personal', 'people', 'What they are called beside what they did.'),
      created_at: AT,
      left_at: AT,
    },
  },
  membership: {
    columns: {
      provider: PROVIDER,
      person: PERSON,
      role: CODE,
      invited_by: PERSON,
      since_at: AT,
      signed_in_at: AT,
      told_at: AT,
      case_role: CODE,
    },
  },
  session: {
    rows: 'sessions',
    columns: {
      secret_hash: held('secret', 'sessions', 'The SHA-256 of what a browser holds.'),
      id: ID,
      person: PERSON,
      device: held('personal', 'sessions', 'What somebody would call their browser, to end it from another.'),
      how: CODE,
      created_at: AT,
      seen_at: AT,
      ends_at: AT,
    },
  },
  record: {
    columns: {
      number: COUNT,
      provider: PROVIDER,
      actor: PERSON,
      action: CODE,
      subject: 'A reference or an id.',
      detail: 'Codes, counts and days.',
      at: AT,
    },
  },
  seal: { columns: { number: COUNT, hash: 'A link of the chain.' } },
  seal_end: { columns: { chain: CODE, number: COUNT, hash: 'A link of the chain.' } },
  sign_in_attempt: {
    rows: 'attempts',
    columns: {
      hash: held('secret', 'attempts', 'The SHA-256 of the attempt’s name.'),
      kind: CODE,
      subject: held('personal', 'attempts', 'The SHA-256 of an address, by which codes are counted.'),
      person: PERSON,
      answer: held('secret', 'attempts', 'The SHA-256 of the attempt’s name and its code.'),
      tries: COUNT,
      made_at: AT,
      ends_at: AT,
      used_at: AT,
    },
  },
  device: {
    rows: 'devices',
    columns: {
      person: PERSON,
      secret_hash: held('secret', 'devices', 'The SHA-256 of what a browser holds: another one is told of by letter.'),
      used_at: AT,
    },
  },
  passkey: {
    rows: 'people',
    columns: {
      credential: 'What the authenticator calls it.',
      id: ID,
      person: PERSON,
      name: held('personal', 'people', 'What somebody calls their passkey.'),
      public_key: 'The half that is no secret.',
      counter: COUNT,
      transports: CODE,
      created_at: AT,
      used_at: AT,
    },
  },
  sweep_place: { columns: { name: CODE, place: 'An order’s place in the list of all orders.' } },
  publication: {
    columns: {
      provider: PROVIDER,
      catalogue: CATALOGUE,
      version: COUNT,
      from_on: DAY,
      published_at: AT,
      published_by: PERSON,
      taken_back_at: AT,
      taken_back_by: PERSON,
    },
  },
  draft: {
    columns: {
      provider: PROVIDER,
      id: ID,
      state: CODE,
      title: TEXT,
      catalogue: CATALOGUE,
      based_on_catalogue: CATALOGUE,
      based_on_version: COUNT,
      revision: COUNT,
      begun_at: AT,
      begun_by: PERSON,
      updated_at: AT,
      updated_by: PERSON,
      published_catalogue: CATALOGUE,
      published_version: COUNT,
      published_from_on: DAY,
      text: held('personal', 'closed-drafts', 'A catalogue as typed: whatever somebody wrote into it.'),
    },
  },
  draft_presence: {
    rows: 'presence',
    columns: {
      provider: PROVIDER,
      draft: ID,
      session: ID,
      person: PERSON,
      seen_at: AT,
      place: held('personal', 'presence', 'Where in a draft somebody is.'),
      has_saved: COUNT,
    },
  },
  frame_origin: { columns: { provider: PROVIDER, origin: 'A website’s origin.' } },
  inbox: {
    columns: {
      provider: PROVIDER,
      status: CODE,
      placed_at: AT,
      reference: 'An order’s reference.',
      catalogue: CATALOGUE,
      version: COUNT,
      placed_on: DAY,
      school_name: SCHOOL,
      schools: COUNT,
      payment: CODE,
      total_pence: COUNT,
    },
  },
  order_tally: {
    columns: {
      provider: PROVIDER,
      catalogue: CATALOGUE,
      month: 'A month.',
      status: CODE,
      orders: COUNT,
      pence: COUNT,
      least_minutes: COUNT,
      most_minutes: COUNT,
    },
  },
  holding: {
    columns: {
      provider: PROVIDER,
      spelling: SCHOOL,
      placed_at: AT,
      reference: 'An order’s reference.',
      status: CODE,
      catalogue: CATALOGUE,
      version: COUNT,
      placed_on: DAY,
      school_name: SCHOOL,
      payment: CODE,
      total_pence: COUNT,
      name: SCHOOL,
      urn: SCHOOL,
      school_number: SCHOOL,
      district: SCHOOL,
      schools: COUNT,
      pence: COUNT,
      offers: 'What the school holds.',
      least_minutes: COUNT,
      most_minutes: COUNT,
    },
  },
  school: { columns: { provider: PROVIDER, identity: SCHOOL, school: SCHOOL } },
  school_year: { columns: { provider: PROVIDER, catalogue: CATALOGUE, school: SCHOOL, spelling: SCHOOL } },
  school_word: { columns: { provider: PROVIDER, word: SCHOOL, spelling: SCHOOL } },
  order_entry: {
    columns: {
      reference: 'An order’s reference.',
      number: COUNT,
      at: AT,
      kind: CODE,
      actor: PERSON,
      done_on: DAY,
      before: CODE,
      text: held('personal', 'accounts', 'A reason or a note about an order: whatever somebody wrote.'),
    },
  },
  answer_key: {
    rows: 'keys',
    columns: {
      provider: PROVIDER,
      key: 'An Idempotency-Key, by chance.',
      asked: held('personal', 'keys', 'The SHA-256 of a request, a note among them.'),
      receipt: 'An order’s reference and state.',
      kept_at: AT,
    },
  },
  referral_key: {
    rows: 'referral',
    columns: {
      referral: 'A referral’s id, or a panel’s or an exclusion’s, all by chance.',
      master: COUNT,
      wrapped: held(
        'secret',
        'referral',
        'The key of a referral, of a panel’s note or of an excluding school’s name, wrapped by a master key that is not kept here.',
      ),
    },
  },
  referral: {
    rows: 'referral',
    columns: {
      id: REFERRAL,
      provider: PROVIDER,
      reference: 'What the referral is known by, by chance.',
      pathway: CODE,
      catalogue: CATALOGUE,
      version: COUNT,
      status: CODE,
      stage: CODE,
      events: COUNT,
      begun_at: AT,
      touched_at: AT,
      begun_on: DAY,
      sent_on: DAY,
      released_on: DAY,
      stage_on: DAY,
      ended_on: DAY,
      outcome: CODE,
      due_on: DAY,
      due_of: CODE,
      flags: CODE,
      school: 'A blind mark of a school.',
      held_until: DAY,
      consent_on: DAY,
      address_on: DAY,
      delete_on: DAY,
    },
  },
  referral_tally: { columns: { provider: PROVIDER, status: CODE, pathway: CODE, stage: CODE, referrals: COUNT } },
  sealed: {
    rows: 'referral',
    columns: {
      referral: REFERRAL,
      name: 'A word of the product with an id or a number.',
      revision: COUNT,
      text: held('sealed', 'referral', 'Everything that anybody said of a pupil, a family or a school.'),
      at: AT,
    },
  },
  pupil_mark: {
    rows: 'referral',
    columns: {
      provider: PROVIDER,
      mark: held('personal', 'referral', 'An HMAC of name and date of birth, by which a pupil is found again.'),
      referral: REFERRAL,
    },
  },
  referral_link: {
    rows: 'referral',
    columns: {
      secret_hash: held(
        'secret',
        'referral',
        'The SHA-256 of a link’s secret, or the blind mark of a code: one that is over is told from one that never was.',
      ),
      referral: REFERRAL,
      as_who: CODE,
      how: CODE,
      who: ID,
      parts: CODE,
      made_at: AT,
      ends_at: AT,
      tries: COUNT,
      revoked_at: AT,
    },
  },
  referral_visit: {
    rows: 'visits',
    columns: {
      secret_hash: held('secret', 'visits', 'The SHA-256 of what a browser holds that was let in.'),
      referral: REFERRAL,
      link: held('secret', 'visits', 'The SHA-256 of the link that let it in.'),
      ends_at: AT,
    },
  },
  case_event: {
    rows: 'referral',
    columns: {
      referral: REFERRAL,
      number: COUNT,
      kind: CODE,
      of: CODE,
      happened_on: DAY,
      at: AT,
      actor: PERSON,
      detail: 'Codes and ids.',
    },
  },
  consent_person: {
    rows: 'referral',
    columns: {
      referral: REFERRAL,
      id: ID,
      as_who: CODE,
      language: held('personal', 'referral', 'The language that a parent reads.'),
    },
  },
  consent_ask: {
    rows: 'referral',
    columns: { referral: REFERRAL, number: COUNT, person: ID, purpose: CODE, each: CODE, asked_on: DAY },
  },
  consent_answer: {
    rows: 'referral',
    columns: {
      referral: REFERRAL,
      number: COUNT,
      person: ID,
      purpose: CODE,
      each: CODE,
      answer: held('personal', 'referral', 'What a parent or a young person answered: the evidence that it was asked.'),
      how: CODE,
      answered_on: DAY,
    },
  },
  case_person: {
    rows: 'referral',
    columns: { provider: PROVIDER, person: PERSON, referral: REFERRAL, since_at: AT },
  },
  panel: {
    rows: 'panels',
    columns: {
      provider: PROVIDER,
      id: ID,
      pathway: CODE,
      meets_on: DAY,
      note: held('sealed', 'panels', 'What was written for those who meet: whatever somebody wrote.'),
      made_at: AT,
      closed_at: AT,
    },
  },
  panel_person: { rows: 'panels', columns: { provider: PROVIDER, panel: ID, person: PERSON } },
  panel_case: {
    rows: 'referral',
    columns: { provider: PROVIDER, panel: ID, referral: REFERRAL, position: COUNT, decision: CODE },
  },
  place_pool: {
    columns: {
      provider: PROVIDER,
      pool: 'A panel’s id; or a term, a kind of place and a school’s blind mark.',
      most: COUNT,
      withdrawn: COUNT,
      taken: COUNT,
    },
  },
  place: {
    rows: 'referral',
    columns: {
      referral: REFERRAL,
      number: COUNT,
      provider: PROVIDER,
      kind: CODE,
      pool: 'Of which pool.',
      given_on: DAY,
      freed_on: DAY,
    },
  },
  exclusion: {
    rows: 'exclusions',
    columns: {
      provider: PROVIDER,
      id: ID,
      school: 'A blind mark of a school.',
      school_name: held(
        'sealed',
        'exclusions',
        'The school that excluded a pupil, so that it is not read beside the day.',
      ),
      term: CODE,
      excluded_on: held('personal', 'exclusions', 'The day on which a school excluded a pupil, who is not named.'),
      noted_by: PERSON,
      at: AT,
      taken_back_at: AT,
      withdraws: 'How many places it withdraws from which pool.',
    },
  },
  waiting_place: {
    rows: 'referral',
    columns: { provider: PROVIDER, pathway: CODE, position: COUNT, referral: REFERRAL, since_on: DAY },
  },
  referral_asked: {
    rows: 'keys',
    columns: {
      scope: held(
        'personal',
        'keys',
        'What the key is for: a referral’s id, or the blind mark of a mailbox, by which its letters of a day are counted.',
      ),
      key: 'An Idempotency-Key by chance, or its blind mark.',
      asked: held('personal', 'keys', 'A blind mark of a request, which only the same request makes again.'),
      receipt: 'A referral’s id or reference, days and codes.',
      kept_at: AT,
      referral: REFERRAL,
    },
  },
  erasure: {
    columns: { referral: 'The id of a referral that is gone.', provider: PROVIDER, erased_at: AT, why: CODE },
  },
}
