import { html, nothing, type TemplateResult } from 'lit'
import type { CaseReply, PanelsReply } from '../../../catalogue/wire/case.ts'
import type { EraseReason } from '../../../catalogue/wire/erasure.ts'
import { longDate } from '../../words/en/money.ts'
import { path } from '../api.ts'
import { giverNames, languageNames } from '../cases/words.ts'
import { type Filling, type Form, idOf } from '../cases/writing.ts'
import { lineView, radiosView, selectView, textView } from '../parts/field.view.ts'
import { type Consent, isAskable } from './consents.view.ts'

/** The most characters of a text. */
const MOST = 3_000

/** Which referral something is done to. */
export interface About {
  provider: string
  detail: CaseReply
  /** The calendar's day. */
  today: string
}

const at =
  ({ provider, detail }: About) =>
  (below: string) =>
    `${path`/providers/${provider}/cases/${detail.case.reference}`}${below}`

/** Writes down that something was done. */
export function recordForm(about: About, chosen: string): Form | undefined {
  const { detail, today } = about
  if (!detail.can.includes('record') || detail.recordable.length === 0) return undefined
  const isPlanned = (event: string) => detail.recordable.some(({ id, planned }) => id === event && planned)
  return {
    heading: 'Write down what was done',
    content: ({ value, error }) => html`${selectView({
      name: 'event',
      id: idOf('event'),
      label: 'What was done?',
      size: 'full',
      value: value('event', chosen),
      error: error('event'),
      choices: detail.recordable.map(({ id, name }) => ({ value: id, name })),
    })}
      ${isPlanned(value('event', chosen)) ? lineView({ name: 'planned', id: idOf('planned'), label: 'Which day is agreed?', hint: 'It may lie ahead. School and family see it.', type: 'date', size: 'short', value: value('planned'), error: error('planned') }) : nothing}
      ${lineView({ name: 'on', id: idOf('on'), label: isPlanned(value('event', chosen)) ? 'On which day was it agreed?' : 'On which day?', type: 'date', size: 'short', value: value('on', today), error: error('on') })}
      ${textView({ name: 'text', id: idOf('text'), label: 'What should colleagues know? (if you like)', value: value('text'), error: error('text'), maxlength: MOST, rows: 2 })}`,
    button: 'Write it down',
    busy: 'Saving…',
    address: at(about)('/events'),
    body: ({ event = '', on = '', planned = '', text = '' }, seen) => {
      if (isPlanned(event) && !planned) return { wrong: { name: 'planned', text: 'Enter the day that is agreed' } }
      if (!on) return { wrong: { name: 'on', text: 'Enter the day' } }
      if (on > today) return { wrong: { name: 'on', text: 'Enter a day that is not in the future' } }
      return { send: { event, on, seen, ...(isPlanned(event) && { planned }), ...(text && { text }) } }
    },
    done: 'It is written down.',
  }
}

/** Takes back what was written down by mistake. */
export function takeBackForm(about: About, number: number): Form | undefined {
  const { timeline, can } = about.detail
  const event = timeline.find((one) => one.number === number && one.kind === 'recorded')
  const isBack = timeline.some(({ kind, of }) => kind === 'taken-back' && of === String(number))
  if (!event || isBack || !can.includes('record')) return undefined
  return {
    heading: 'Take it back?',
    content: () =>
      html`<p>“${event.name}”, on ${longDate(event.on)}. Deadlines and decisions then count it no more. The history keeps both.</p>`,
    button: 'Take it back',
    busy: 'Saving…',
    address: at(about)(`/events/${number}/take-back`),
    body: (_typed, seen) => ({ send: { seen } }),
    done: 'It is taken back.',
  }
}

/** Asks the school for something more. */
export function questionForm(about: About): Form | undefined {
  if (!about.detail.can.includes('question')) return undefined
  return {
    heading: 'Ask the school for something more',
    content: ({ value, error }) =>
      textView({
        name: 'text',
        id: idOf('text'),
        label: 'What do you need to know?',
        hint: 'The school gets a letter that something is asked, and reads your words behind its link.',
        value: value('text'),
        error: error('text'),
        maxlength: MOST,
      }),
    button: 'Ask the school',
    busy: 'Sending…',
    address: at(about)('/question'),
    body: ({ text = '' }, seen) =>
      text ? { send: { text, seen } } : { wrong: { name: 'text', text: 'Write your question first' } },
    done: 'The school is asked.',
  }
}

/** Sends a letter again that did not arrive. */
export function letterForm(about: About, id: string): Form | undefined {
  const letter = about.detail.letters.find((one) => one.id === id)
  if (!letter?.canBeSentAgain) return undefined
  return {
    heading: 'Send the letter again?',
    content: () =>
      html`<p>“${letter.subject}” did not arrive. It goes to the same address, which is not shown here. If it does not arrive again, ask the school to check the address.</p>`,
    button: 'Send it again',
    busy: 'Sending…',
    address: at(about)(path`/letters/${id}/send-again`),
    body: () => ({ send: {} }),
    done: 'The letter goes out again.',
  }
}

/** Signs the agreement for the provider. */
export function signForm(about: About, name: string): Form | undefined {
  const { agreement, can } = about.detail
  if (!agreement || !can.includes('sign') || agreement.signed.provider) return undefined
  return {
    heading: `Sign: ${agreement.title}`,
    content: ({ value, error }) => html`<p>${agreement.provider}</p>
      <p><a href=${`/console/${about.provider}${path`/cases/${about.detail.case.reference}/agreement`}`} target="_blank">Read its ${agreement.clauses.length} clauses first</a></p>
      ${lineView({ name: 'name', id: idOf('name'), label: 'Your name, as your signature', size: 'full', autocomplete: 'name', value: value('name', name), error: error('name'), maxlength: 200 })}`,
    button: 'Sign for the provider',
    busy: 'Signing…',
    address: at(about)('/agreement'),
    body: ({ name: typed = '' }, seen) =>
      typed ? { send: { name: typed, seen } } : { wrong: { name: 'name', text: 'Type your name' } },
    done: 'The agreement is signed for the provider.',
  }
}

/** How somebody is reached: by which address, in which language. */
function reachedView(
  { languages }: CaseReply,
  { email, hasEmail, language = 'en', of = '' }: Partial<CaseReply['family'][number]> & { of?: string },
  { value, error }: Filling,
): TemplateResult {
  const control = (name: string) => (of ? `${name}-${of}` : name)
  return html`${lineView({ name: control('email'), id: idOf(control('email')), label: 'Their e-mail address', hint: `${hasEmail && !email ? 'Leave it empty for the address that the school gave, which is not shown to your role.' : 'Without one, the school prints a letter with a code.'} Never an address of the school’s.`, type: 'email', size: 'full', autocomplete: 'off', value: value(control('email'), email ?? ''), error: error(control('email')) })}
    ${languages.length > 1 ? selectView({ name: control('language'), id: idOf(control('language')), label: 'In which language?', value: value(control('language'), language), error: error(control('language')), choices: languages.map((one) => ({ value: one, name: languageNames[one] ?? one })) }) : nothing}`
}

/** Asks somebody for a consent. */
export function askForm(about: About, { purpose, each }: Consent): Form | undefined {
  const { detail } = about
  const consent = consentOf(detail, purpose, each)
  if (!consent || !detail.can.includes('ask') || !isAskable(consent)) return undefined
  const family = detail.family.filter(({ as }) => consent.by.includes(as))
  // Whom the referral names for it, and who has been asked for nothing yet, is not typed once more.
  const named = detail.named.flatMap(({ email, ...one }) =>
    consent.by.includes(one.as)
      ? [{ ...one, person: `named-${one.as}`, email, hasEmail: email !== null, relationship: null }]
      : [],
  )
  const first = family[0]?.person ?? named[0]?.person ?? 'new'
  const everybody = [...family, ...named]
  const known = (person: string) => everybody.find((one) => one.person === person)
  const hasRefused = (person: string) => consent.people.some((one) => one.person === person && one.hasRefused)
  const again = consent.people.some(({ askedOn }) => askedOn !== null)
  return {
    heading: `Ask for consent: ${consent.eachName || consent.name}`,
    content: (filling) => {
      const { value, error } = filling
      const person = known(value('person', first))
      return html`${radiosView({
        name: 'person',
        id: idOf('person'),
        label: 'Who is asked?',
        value: value('person', first),
        error: error('person'),
        choices: [
          ...everybody.map((one) => ({
            value: one.person,
            name: one.name,
            hint: [
              one.relationship || giverNames[one.as],
              one.email ?? (one.hasEmail ? 'by e-mail' : 'no e-mail address: by a printed letter'),
            ].join(', '),
          })),
          { value: 'new', name: 'Somebody else' },
        ],
      })}
      ${
        person
          ? nothing
          : html`${selectView({ name: 'as', id: idOf('as'), label: 'As what?', value: value('as', consent.by[0]), error: error('as'), choices: consent.by.map((as) => ({ value: as, name: giverNames[as] })) })}
            ${lineView({ name: 'name', id: idOf('name'), label: 'Their name', size: 'full', autocomplete: 'off', value: value('name'), error: error('name'), maxlength: 200 })}
            ${lineView({ name: 'relationship', id: idOf('relationship'), label: 'Their relationship to the pupil (if you like)', size: 'full', autocomplete: 'off', value: value('relationship'), error: error('relationship'), maxlength: 200 })}`
      }
      ${reachedView(detail, { ...person, of: person?.person ?? 'new' }, filling)}
      ${
        again
          ? textView({
              name: 'reason',
              id: idOf('reason'),
              label:
                person && hasRefused(person.person) ? 'Why is it asked again?' : 'Why is it asked again? (if you like)',
              hint: 'They read your words.',
              value: value('reason'),
              error: error('reason'),
              maxlength: MOST,
              rows: 2,
            })
          : nothing
      }`
    },
    button: again ? 'Ask again' : 'Ask for consent',
    busy: 'Sending…',
    address: at(about)('/ask'),
    // Each has controls of their own: what stands in one person’s is nobody else’s when another is chosen.
    control: Object.fromEntries(
      ['email', 'language'].map((name) => [
        name,
        [...everybody.map(({ person }) => person), 'new'].map((person) => `${name}-${person}`),
      ]),
    ),
    body: (typed, seen) => {
      const { person = first, as = consent.by[0] ?? 'carer', name = '', relationship = '', reason = '' } = typed
      if (hasRefused(person) && !reason)
        return { wrong: { name: 'reason', text: 'They have said no: say why it is asked again' } }
      const asked = {
        purpose,
        seen,
        ...(each && { each }),
        ...(reason && { reason }),
        ...reached({ email: typed[`email-${person}`] ?? '', language: typed[`language-${person}`] ?? '' }),
      }
      const one = named.find((other) => other.person === person)
      if (one) return { send: { ...asked, as: one.as, name: one.name } }
      if (known(person)) return { send: { ...asked, person } }
      if (!name) return { wrong: { name: 'name', text: 'Enter their name' } }
      return { send: { ...asked, as, name, ...(relationship && { relationship }) } }
    },
    done: (reply) =>
      isByLetter(reply)
        ? 'They are asked. There is no e-mail address: the school prints the letter with its code from its own page.'
        : 'They are asked, by a link in a letter.',
  }
}

/** Sends somebody who was asked a new link, to another address where theirs was wrong. */
export function linkForm(about: About, person: string): Form | undefined {
  const { detail } = about
  const relative = detail.family.find((one) => one.person === person)
  if (!relative || !detail.can.includes('ask')) return undefined
  const { name, hasEmail } = relative
  return {
    heading: `Send ${name} a new link`,
    content: (
      filling,
    ) => html`<p>With it they see what they have answered, and can take it back. They are asked nothing anew.</p>
      ${reachedView(detail, relative, filling)}`,
    button: 'Send the link',
    busy: 'Sending…',
    address: at(about)('/ask'),
    body: (typed, seen) =>
      typed.email || (hasEmail && !relative.email)
        ? { send: { person, seen, ...reached(typed) } }
        : { wrong: { name: 'email', text: 'Enter their e-mail address' } },
    done: 'A new link is on its way.',
  }
}

function reached({ email = '', language = '' }: Readonly<Record<string, string>>): {
  email?: string
  language?: string
} {
  return { ...(email && { email }), ...(language && { language }) }
}

/** Writes down a consent that was given or refused in person or on paper. */
export function hearForm(about: About, { purpose, each }: Consent): Form | undefined {
  const { detail, today } = about
  const consent = consentOf(detail, purpose, each)
  if (!consent || !detail.can.includes('ask')) return undefined
  const family = detail.family.filter(({ as }) => consent.by.includes(as))
  // Of two carers nobody is chosen for whoever writes it down.
  const only = family.length === 1 ? family[0]?.person : undefined
  return {
    heading: `Write down an answer: ${consent.eachName || consent.name}`,
    content: ({ value, error }) =>
      family.length === 0
        ? html`<p>Nobody is known who can answer. Ask somebody for it first.</p>`
        : html`${radiosView({
            name: 'person',
            id: idOf('person'),
            label: 'Who answered?',
            value: value('person', only),
            error: error('person'),
            choices: family.map(({ person, name, as, relationship }) => ({
              value: person,
              name,
              hint: relationship || giverNames[as],
            })),
          })}
      ${radiosView({
        name: 'answer',
        id: idOf('answer'),
        label: 'What did they say?',
        value: value('answer'),
        error: error('answer'),
        choices: [
          ...(detail.case.status === 'open'
            ? [
                { value: 'given', name: 'Yes' },
                { value: 'refused', name: 'No' },
              ]
            : []),
          ...(consent.standing === 'given' ? [{ value: 'withdrawn', name: 'They take their consent back' }] : []),
        ],
      })}
      ${radiosView({
        name: 'how',
        id: idOf('how'),
        label: 'How?',
        value: value('how', consent.inPerson ? 'in-person' : ''),
        error: error('how'),
        choices: [
          // What is agreed to in person is agreed to neither on paper nor by telephone.
          ...(consent.inPerson
            ? [{ value: 'in-person', name: 'In person', hint: 'At a meeting with them.' }]
            : [
                { value: 'in-person', name: 'In person, or by telephone', hint: 'You, or a colleague, heard it.' },
                { value: 'paper', name: 'On paper', hint: 'You hold what they signed.' },
              ]),
        ],
      })}
      ${lineView({ name: 'on', id: idOf('on'), label: 'On which day?', type: 'date', size: 'short', value: value('on', today), error: error('on') })}
      ${lineView({ name: 'name', id: idOf('name'), label: 'The name that they gave or signed with', size: 'full', autocomplete: 'off', value: value('name'), error: error('name'), maxlength: 200 })}
      ${lineView({ name: 'relationship', id: idOf('relationship'), label: 'Who they are to the pupil (if they said)', size: 'full', autocomplete: 'off', value: value('relationship'), error: error('relationship'), maxlength: 200 })}
      <p class="note">You are noted as who wrote it down.</p>`,
    button: family.length > 0 ? 'Write it down' : undefined,
    busy: 'Saving…',
    address: at(about)('/heard'),
    body: ({ person = '', answer = '', how = '', on = '', name = '', relationship: typed = '' }, seen) => {
      if (!person) return { wrong: { name: 'person', text: 'Say who answered' } }
      if (!answer) return { wrong: { name: 'answer', text: 'Choose what they said' } }
      if (!how) return { wrong: { name: 'how', text: 'Choose how they said it' } }
      if (!on || on > today) return { wrong: { name: 'on', text: 'Enter a day that is not in the future' } }
      if (!name) return { wrong: { name: 'name', text: 'Enter the name that they gave' } }
      const relationship = typed || family.find((one) => one.person === person)?.relationship
      return {
        send: {
          person,
          purpose,
          answer,
          how,
          on,
          name,
          seen,
          ...(each && { each }),
          ...(relationship && { relationship }),
        },
      }
    },
    done: 'The answer is written down.',
  }
}

/** Puts a referral on a panel's agenda. `panels` is undefined while they are on their way. */
export function panelForm(about: About, panels: PanelsReply['panels'] | undefined): Form | undefined {
  const { provider, detail } = about
  const { reference, pathway } = detail.case
  if (!detail.can.includes('panel')) return undefined
  const fitting = (panels ?? []).filter(
    (one) =>
      !one.closed &&
      one.pathway.id === pathway.id &&
      !detail.panels.some(({ id, decision }) => id === one.id && decision === ''),
  )
  const first = fitting[0]?.id ?? ''
  return {
    heading: 'Put it on a panel’s agenda',
    content: ({ value, error }) =>
      panels === undefined
        ? html`<p role="status">Loading…</p>`
        : fitting.length > 0
          ? radiosView({
              name: 'panel',
              id: idOf('panel'),
              label: 'Which panel?',
              value: value('panel', first),
              error: error('panel'),
              choices: fitting.map(({ id, meetsOn, cases }) => ({
                value: id,
                name: longDate(meetsOn),
                hint: `${cases} on its agenda`,
              })),
            })
          : html`<p id=${idOf('panel')} tabindex="-1">No panel is to meet that it is not already before. <a href=${`/console/${provider}/panels`}>Arrange a panel</a></p>`,
    button: fitting.length > 0 ? 'Put it on the agenda' : undefined,
    busy: 'Saving…',
    address: path`/providers/${provider}/panels/${first}/cases`,
    body: ({ panel = first }) =>
      panel
        ? { send: { add: [reference] }, to: path`/providers/${provider}/panels/${panel}/cases` }
        : { wrong: { name: 'panel', text: 'Arrange a panel first' } },
    done: 'It is on the agenda.',
  }
}

const reasons: readonly { value: EraseReason; name: string }[] = [
  { value: 'family-asked', name: 'A parent or carer asked for it' },
  { value: 'young-person-asked', name: 'The young person asked for it' },
  { value: 'school-asked', name: 'The school asked for it' },
  { value: 'made-in-error', name: 'The referral was made in error' },
  { value: 'provider', name: 'We decided so' },
]

/** Erases everything that is kept of a referral. */
export function eraseForm(provider: string, reference: string): Form {
  return {
    heading: `Erase ${reference} for good?`,
    content: ({
      value,
      error,
    }) => html`<p>Everything that is kept of this referral is destroyed: answers, consents, history, letters. Nobody can bring it back, not from a copy either. The record keeps that it was erased, by whom and why.</p>
      <p>Work on it ends. Its place is free again.</p>
      ${radiosView({ name: 'reason', id: idOf('reason'), label: 'Why?', value: value('reason'), error: error('reason'), choices: reasons })}
      ${lineView({ name: 'typed', id: idOf('typed'), label: `To be sure, type the reference: ${reference}`, size: 'short', autocomplete: 'off', value: value('typed'), error: error('typed') })}`,
    button: 'Erase it for good',
    busy: 'Erasing…',
    danger: true,
    address: path`/providers/${provider}/cases/${reference}/erase`,
    body: ({ reason = '', typed = '' }) => {
      if (!reason) return { wrong: { name: 'reason', text: 'Choose why' } }
      if (typed.toUpperCase() !== reference) return { wrong: { name: 'typed', text: `Type ${reference}` } }
      return { send: { reason } }
    },
    done: `${reference} is erased.`,
  }
}

function consentOf({ consents }: CaseReply, purpose: string, each: string): Consent | undefined {
  return consents.find((one) => one.purpose === purpose && one.each === each)
}

function isByLetter(reply: unknown): boolean {
  return typeof reply === 'object' && reply !== null && 'how' in reply && reply.how === 'letter'
}
