import type {
  BoardReply,
  CaseCard,
  CaseMeanwhile,
  CaseReply,
  CasesReply,
  ExclusionsReply,
  NoPlaceLeft,
  PanelListed,
  PanelReply,
  PanelsReply,
  PlacesReply,
  WaitingReply,
} from '../../catalogue/wire/case.ts'

export const reference = 'SS-7K4M-2QXD'
const placement = { id: 'placement', name: 'Twelve-week placement' }

/** A referral as lists show it; the day is 10 September 2024. */
export function card(more: Partial<CaseCard> = {}): CaseCard {
  return {
    reference,
    status: 'open',
    pathway: placement,
    stage: { id: 'panel', name: 'Before the panel' },
    outcome: '',
    pupil: 'A. K.',
    school: 'Oak Primary School',
    year: 'Year 4',
    district: '1',
    since: '2024-09-02',
    due: { name: 'Decision of the panel', on: '2024-09-06', daysLeft: -2, overdue: true },
    people: ['Sam Okafor'],
    flags: ['school-replied'],
    ...more,
  }
}

export const calm = card({
  reference: 'SS-3H9P-8TRW',
  pupil: 'M. S.',
  school: 'Elm Junior School',
  due: { name: 'Decision of the panel', on: '2024-09-12', daysLeft: 2, overdue: false },
  people: [],
  flags: [],
})

const stage = (id: string, name: string, cases: CaseCard[] = [], more: object = {}) => ({
  id,
  name,
  panel: false,
  waits: false,
  count: cases.length,
  cases,
  ...more,
})

/** The board of somebody who runs referrals. */
export const board: BoardReply = {
  pathways: [
    {
      id: 'outreach',
      name: 'Outreach support for one pupil',
      stages: [stage('received', 'With the co-ordinator'), stage('support', 'Support at school')],
    },
    {
      ...placement,
      stages: [
        stage('panel', 'Before the panel', [card(), calm], { panel: true, count: 23 }),
        stage(
          'waiting',
          'On the waiting list',
          [card({ reference: 'SS-9WZX-4KLM', due: null, flags: ['consent-withdrawn'] })],
          { waits: true },
        ),
        stage('placement', 'At Stepping Stones'),
      ],
    },
  ],
  counts: { waiting: 3, open: 24, ended: 131, stopped: 1 },
  decided: [],
}

/** A page of the list. */
export const cases: CasesReply = { cases: [card(), calm], next: null }

type Move = CaseReply['moves'][number]

/** A decision that can be taken. */
export function move(more: Partial<Move> = {}): Move {
  return {
    id: 'give-place',
    name: 'Give a place',
    as: 'accept',
    to: { id: 'admission', name: 'Place given' },
    ends: false,
    reason: true,
    meetsOn: null,
    passes: 0,
    commissionerReads: false,
    missing: [],
    gives: {
      kind: 'referral-place',
      name: 'Referral place',
      counted: 'panel',
      left: 2,
      panels: [{ id: 'p-1', meetsOn: '2024-09-20', left: 2 }],
      terms: [],
      beyond: null,
    },
    frees: false,
    tells: [{ who: 'school', text: 'The panel has given a place.' }],
    ...more,
  }
}

export const wait = move({
  id: 'wait',
  name: 'Put on the waiting list',
  as: 'go-on',
  to: { id: 'waiting', name: 'On the waiting list' },
  gives: null,
  tells: [],
})

export const start = move({
  id: 'start',
  name: 'Begin the place',
  as: 'go-on',
  reason: false,
  gives: null,
  missing: [
    { kind: 'consent', of: 'place', name: 'Take up the place' },
    { kind: 'recorded', of: 'admission-meeting', name: 'Admission meeting held' },
    { kind: 'assigned', of: '', name: '' },
  ],
})

const sam = { id: 'p2', name: 'Sam Okafor', email: 'sam@stepping-stones.example' }

/** A referral before the panel, as a co-ordinator reads it. */
export function detail(more: Partial<Omit<CaseReply, 'case'>> & { case?: Partial<CaseReply['case']> } = {}): CaseReply {
  const { case: own, ...others } = more
  return {
    case: {
      ...card(),
      name: 'Amina Khan',
      born: '2015-02-03',
      catalogue: '2024-25',
      version: 1,
      sentOn: '2024-08-29',
      releasedOn: '2024-09-02',
      addressOn: '2024-09-01',
      endedOn: null,
      planned: [],
      heldUntil: null,
      stopsOn: null,
      about: 'The admissions panel looks at your request at its next meeting.',
      lasts: null,
      seen: 7,
      ...own,
    },
    as: 'coordinator',
    can: ['move', 'record', 'note', 'question', 'assign', 'ask', 'panel'],
    parts: [
      {
        id: 'pupil',
        name: 'The pupil',
        group: null,
        answers: [
          { id: 'name', label: 'Name', as: 'line', text: ['Amina Khan'] },
          { id: 'born', label: 'Date of birth', as: 'date', text: ['3 February 2015'] },
        ],
      },
      {
        id: 'needs',
        name: 'What is difficult',
        group: null,
        answers: [
          { id: 'what', label: 'What happens?', as: 'text', text: ['Leaves the room.\nThrows things.'] },
          {
            id: 'tried',
            label: 'What has been tried?',
            as: 'choices',
            text: ['A quiet place', 'A timetable in pictures'],
          },
        ],
      },
    ],
    deadlines: [
      {
        id: 'review',
        name: 'Review',
        startedOn: '2024-09-02',
        dueOn: '2024-09-12',
        metOn: null,
        runs: true,
        daysLeft: 2,
        overdue: false,
      },
      {
        id: 'decision',
        name: 'Decision of the panel',
        startedOn: '2024-09-02',
        dueOn: '2024-09-06',
        metOn: null,
        runs: true,
        daysLeft: -2,
        overdue: true,
      },
      {
        id: 'contact',
        name: 'First contact',
        startedOn: '2024-09-02',
        dueOn: '2024-09-09',
        metOn: '2024-09-04',
        runs: false,
        daysLeft: null,
        overdue: false,
      },
    ],
    consents: [
      {
        purpose: 'share',
        name: 'Share the request',
        each: '',
        eachName: '',
        asked: 'at-once',
        releases: true,
        inPerson: false,
        by: ['carer'],
        standing: 'given',
        people: [
          {
            person: 'c1',
            as: 'carer',
            name: 'Sara Khan',
            relationship: 'Mother',
            standing: 'given',
            askedOn: '2024-08-29',
            answeredOn: '2024-09-02',
            until: null,
            isRenewable: false,
            hasRefused: false,
            how: 'page',
            typed: 'Sara Khan',
            typedRelationship: 'Mother',
            heardBy: null,
            readIn: 'ur',
          },
        ],
      },
      {
        purpose: 'place',
        name: 'Take up the place',
        each: '',
        eachName: '',
        asked: 'at-meeting',
        releases: false,
        inPerson: false,
        by: ['carer'],
        standing: 'not-asked',
        people: [],
      },
    ],
    words: [],
    family: [
      {
        person: 'c1',
        as: 'carer',
        name: 'Sara Khan',
        relationship: 'Mother',
        email: 'sara@home.example',
        hasEmail: true,
        language: 'en',
      },
    ],
    named: [],
    languages: ['en', 'ur'],
    timeline: [
      {
        number: 1,
        kind: 'sent',
        of: '',
        name: '',
        on: '2024-08-29',
        at: '2024-08-29T09:12:00Z',
        actor: { kind: 'school', id: null, name: null },
        whose: null,
        text: null,
        detail: {},
      },
      {
        number: 4,
        kind: 'answered',
        of: 'share',
        name: 'Share the request',
        on: '2024-09-02',
        at: '2024-09-02T18:40:00Z',
        actor: { kind: 'family', id: null, name: null },
        whose: { as: 'carer', name: 'Sara Khan' },
        text: null,
        detail: { answer: 'given' },
      },
      {
        number: 7,
        kind: 'question',
        of: '',
        name: '',
        on: '2024-09-05',
        at: '2024-09-05T10:00:00Z',
        actor: { kind: 'person', id: 'p2', name: 'Sam Okafor' },
        whose: null,
        text: 'How many days were missed?',
        detail: {},
      },
    ],
    places: [],
    people: [sam],
    assignable: [
      { ...sam, role: 'practitioner' },
      { id: 'p4', name: 'Lee Park', email: 'lee@stepping-stones.example', role: 'practitioner' },
    ],
    moves: [move(), wait, start],
    recordable: [
      { id: 'first-contact', name: 'First contact with the school', planned: false },
      { id: 'visit', name: 'Visit and observation', planned: false },
    ],
    agreement: null,
    panels: [],
    waiting: null,
    others: [{ reference: 'SS-2222-3333', status: 'ended', pathway: placement, sentOn: '2023-05-04' }],
    letters: [
      {
        id: 'l-1',
        subject: `Your referral ${reference}`,
        state: 'sent',
        canBeSentAgain: false,
        writtenAt: '2024-09-02T18:40:00Z',
        sentAt: '2024-09-02T18:41:00Z',
      },
    ],
    ...others,
  }
}

/** What a refusal says that somebody else did meanwhile. */
export const meanwhile: CaseMeanwhile & { detail: string } = {
  detail: 'Something happened meanwhile.',
  seen: 8,
  status: 'open',
  stage: 'waiting',
  events: [
    {
      number: 8,
      kind: 'decided',
      of: 'wait',
      name: 'Put on the waiting list',
      at: '2024-09-10T08:05:00Z',
      actor: { name: 'Sam Okafor', kind: 'person' },
      detail: { as: 'go-on', stage: 'panel', panel: 'p-1' },
    },
  ],
}

/** What a refusal says where the last place has gone. */
export const noPlace: NoPlaceLeft = {
  detail:
    'All 5 places of the panel of 20 September 2024 are taken. Or “Put on the waiting list”: 2 referrals wait already.',
  places: {
    kind: 'referral-place',
    name: 'Referral place',
    counted: 'panel',
    most: 5,
    withdrawn: 0,
    taken: 5,
    term: null,
  },
  beyond: null,
  waiting: { move: 'wait', name: 'Put on the waiting list', count: 2 },
}

/** A panel as lists show it. */
export function listed(more: Partial<PanelListed> = {}): PanelListed {
  return {
    id: 'p-1',
    pathway: placement,
    name: 'Multi-Disciplinary Admissions Panel (MAP)',
    meetsOn: '2024-09-20',
    daysLeft: 8,
    note: 'Room 2',
    closed: false,
    cases: 2,
    undecided: 2,
    places: { most: 5, withdrawn: 0, taken: 3, left: 2 },
    ...more,
  }
}

export const panels: PanelsReply = {
  panels: [listed(), listed({ id: 'p-0', meetsOn: '2024-05-10', daysLeft: -80, closed: true, cases: 4 })],
  pathways: [
    {
      ...placement,
      panel: 'Multi-Disciplinary Admissions Panel (MAP)',
      often: 'every term',
      about: 'Colleagues look at all requests of the term together.',
      counts: true,
    },
  ],
}

/** A panel with its pack. */
export function panel(more: Partial<PanelReply> = {}): PanelReply {
  const pack = (shown: CaseCard, moves: Move[]) => ({
    card: shown,
    decision: '',
    back: null,
    seen: 7,
    parts: detail().parts,
    words: [],
    done: [{ name: 'Targets agreed', on: '2024-09-04' }],
    said: [{ kind: 'question', name: '', on: '2024-09-05', text: 'How many days were missed?', detail: {} }],
    consents: [{ name: 'Share the request', standing: 'given' as const }],
    moves,
  })
  return {
    panel: listed(),
    about: 'Colleagues look at all requests of the term together.',
    people: [{ id: 'p5', name: 'Ros Bell', email: 'ros@school.example' }],
    couldSit: [
      { id: 'p5', name: 'Ros Bell', email: 'ros@school.example', role: 'panel-member' },
      { id: 'p6', name: 'Ann Lowe', email: 'ann@authority.example', role: 'panel-member' },
    ],
    pack: [pack(card(), [move(), wait]), pack(calm, [move(), wait])],
    gone: 0,
    couldBePut: [card({ reference: 'SS-4444-5555', pupil: 'J. D.' })],
    ...more,
  }
}

export const waiting: WaitingReply = {
  pathways: [
    {
      ...placement,
      cases: [
        { ...card({ due: null }), position: 1, waitingSince: '2024-06-03', moved: null },
        { ...calm, position: 2, waitingSince: '2024-07-01', moved: null },
      ],
    },
  ],
}

export const places: PlacesReply = {
  terms: [
    { id: 'autumn', name: 'Autumn term 2024', from: '2024-09-02', to: '2024-12-20' },
    { id: 'spring', name: 'Spring term 2025', from: '2025-01-06', to: '2025-04-04' },
  ],
  term: 'autumn',
  kinds: [{ id: 'core', name: 'Core inclusion place', pathway: 'reintegration', most: 2, counted: 'school-term' }],
  schools: [
    {
      school: 'Oak Primary School',
      pathway: 'reintegration',
      kind: 'core',
      term: 'autumn',
      most: 2,
      withdrawn: 1,
      taken: 1,
      left: 0,
    },
    {
      school: 'Elm Junior School',
      pathway: 'reintegration',
      kind: 'core',
      term: 'autumn',
      most: 2,
      withdrawn: 0,
      taken: 1,
      left: 1,
    },
  ],
  next: null,
}

export const exclusions: ExclusionsReply = {
  exclusions: [
    {
      id: 'e-1',
      school: 'Oak Primary School',
      term: { id: 'autumn', name: 'Autumn term 2024' },
      on: '2024-09-05',
      notedBy: { id: 'p2', name: 'Sam Okafor' },
      at: '2024-09-06T08:00:00Z',
      takenBackAt: null,
      places: 1,
    },
  ],
  next: null,
}
