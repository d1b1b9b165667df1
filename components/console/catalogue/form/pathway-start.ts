import { at, inserted, type Json } from '../document/places.ts'
import { idFrom, idsIn } from './references.ts'

type Fields = { [key: string]: Json }

/** The document with one more pathway: the questions, the permission and the stage without which none can do, to be changed and added to. */
export function withPathway(document: Json): { document: Json; pointer: string } {
  const before = at(document, '/pathways')
  const pathway = { ...start, id: idFrom('new', idsIn(document, '/pathways')) }
  return {
    document: inserted(document, '/pathways', pathway),
    pointer: `/pathways/${Array.isArray(before) ? before.length : 0}`,
  }
}

function question(id: string, label: string, why: string, parts: Fields): Json {
  return { id, as: 'line', label, why, ...parts }
}

const start: Fields = {
  id: '',
  name: '',
  summary: '',
  offers: [],
  eligibility: [],
  parts: [
    {
      id: 'pupil',
      name: 'The pupil',
      questions: [
        question('pupil-name', 'Full name', 'So that we know whom you ask for.', { fills: 'pupil.name', seenBy: [] }),
        question('pupil-born', 'Date of birth', 'So that we know who answers for the pupil.', {
          as: 'date',
          fills: 'pupil.born',
          seenBy: [],
        }),
      ],
    },
    {
      id: 'family',
      name: 'Parents and carers',
      questions: [
        question('carer-name', 'Name of a parent or carer', 'We ask them for permission.', {
          fills: 'carer.name',
          seenBy: [],
        }),
        question('carer-relationship', 'What they are to the pupil', 'Whoever agrees has to be entitled to.', {
          fills: 'carer.relationship',
          seenBy: [],
        }),
        question(
          'carer-email',
          'Their e-mail address',
          'The link to their page goes there. Without it you print a letter.',
          {
            as: 'email',
            fills: 'carer.email',
            optional: true,
            seenBy: [],
          },
        ),
      ],
    },
    {
      id: 'school-details',
      name: 'Your school',
      questions: [
        question('school-name', 'Name of the school', 'So that we know who asks.', {
          fills: 'school.name',
          seenBy: [],
        }),
        question('referrer-name', 'Your name', 'So that we can ask you back.', { fills: 'referrer.name', seenBy: [] }),
        question('referrer-role', 'Your role', 'So that we know whom we write to.', {
          fills: 'referrer.role',
          seenBy: [],
        }),
      ],
    },
  ],
  declarations: [],
  afterwards: [''],
  consent: {
    asks: '',
    no: '',
    purposes: [
      {
        id: 'share',
        name: 'Share the request',
        text: '',
        sees: '',
        keptFor: '',
        asked: 'at-once',
        releases: true,
        by: ['carer'],
      },
    ],
    carers: 1,
    languages: [],
    openDays: 28,
  },
  stages: [
    {
      id: 'received',
      name: 'Received',
      about: '',
      moves: [
        {
          id: 'close',
          name: 'Close',
          as: 'finish',
          by: ['coordinator'],
          reason: true,
          tells: [
            { who: 'school', text: 'Your request is closed. The reason stands behind your link.' },
            { who: 'carer', text: 'The request is closed. The school can tell you more.' },
          ],
        },
      ],
    },
  ],
  events: [],
  deadlines: [],
  letters: [],
  retention: { draftDays: 30, unansweredDays: 60, withdrawnDays: 30, why: '' },
}
