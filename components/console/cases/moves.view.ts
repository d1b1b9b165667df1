import { html, nothing, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { NoPlaceLeft } from '../../../catalogue/wire/case.ts'
import { longDate } from '../../words/en/money.ts'
import { path } from '../api.ts'
import { radiosView, textView, tickView } from '../parts/field.view.ts'
import { noticeView } from '../parts/notice.view.ts'
import { type Missing, missingText, type PossibleMove } from './words.ts'
import { type Filling, type Form, idOf } from './writing.ts'

/** The most characters of a reason. */
const MOST = 3_000

/** What decisions are listed with. */
export interface Deciding {
  moves: readonly PossibleMove[]
  consents: Parameters<typeof missingText>[1]
  /** Asks for the decision. */
  choose: (move: PossibleMove) => void
  /** Where what is missing can be put right, for who may. */
  settle?: (missing: Missing) => TemplateResult | undefined
  /** What a button's name is followed by for those who cannot see which referral it stands at. */
  about?: string
}

/**
 * What somebody can decide, and what is missing for what they cannot decide yet: in the catalogue's order, and once for all that wait for the
 * same. The first is what is meant to come next; another way is never shown as that one, even while it is the only one that is open.
 */
export function movesView({ moves, consents = [], choose, settle, about = '' }: Deciding): TemplateResult {
  const more = about ? html`<span class="hidden"> for ${about}</span>` : nothing
  const rows: [PossibleMove, ...PossibleMove[]][] = []
  for (const move of moves) {
    const wait = JSON.stringify(move.missing)
    const same = move.missing.length > 0 && rows.find(([one]) => JSON.stringify(one.missing) === wait)
    if (same) same.push(move)
    else rows.push([move])
  }
  // A button belongs to its decision: one that has the focus must not turn into another's.
  return html`<ul class="choices">${repeat(
    rows,
    ([{ id }]) => id,
    (row) => {
      const [move] = row
      if (move.missing.length > 0) return waitingView(row, consents, settle)
      const isNext = move === moves[0] && move.as !== 'decline' && !isFull(move)
      return html`<li><button type="button" class=${isNext ? nothing : 'secondary'} @click=${() => choose(move)}>${move.name}${more}</button>
        <small>${followsText(move)}</small></li>`
    },
  )}</ul>`
}

function waitingView(
  moves: readonly [PossibleMove, ...PossibleMove[]],
  consents: Deciding['consents'],
  settle: Deciding['settle'],
): TemplateResult {
  return html`<li><div>${moves.map(({ name }) => html`<b>${name}</b>`)}</div>
    <div><small>Not yet possible:</small>
      <ul>${moves[0].missing.map((one) => html`<li>${missingText(one, consents)}. ${settle?.(one) ?? nothing}</li>`)}</ul></div></li>`
}

/** Whether no place is left that it could give. */
function isFull({ gives }: PossibleMove): boolean {
  return gives?.left === 0 && [...gives.terms, ...gives.panels].every(({ left }) => left === 0)
}

/** What follows from a decision, in a few words. */
function followsText({ to, ends, gives, frees, tells }: PossibleMove): string {
  const parts = [
    to ? `Next: ${to.name}.` : ends ? 'The referral ends.' : 'It stays at this stage.',
    gives ? `Takes a place (${[gives.name, ...leftIn(gives)].join(', ')}).` : '',
    frees ? 'Its place is free again.' : '',
    tells.length > 0 ? `A letter goes to ${[...new Set(tells.map(({ who }) => toldNames[who]))].join(' and ')}.` : '',
  ]
  return parts.filter(Boolean).join(' ')
}

/** How many places are left, term by term where one can choose. */
function leftIn({ left, terms }: NonNullable<PossibleMove['gives']>): string[] {
  if (terms.length > 1) return terms.map((term) => `${term.name}: ${leftText(term.left)}`)
  return left === null ? [] : [leftText(left)]
}

const toldNames = { school: 'the school', carer: 'the family' } as const

function leftText(left: number): string {
  return left > 0 ? `${left} left` : 'none left'
}

/** Which referral is decided on, and where. */
export interface Decided {
  provider: string
  reference: string
  move: PossibleMove
  moves: readonly PossibleMove[]
  /** The panel that decides, where it is one. */
  panel?: string | undefined
}

/** The question before a decision: its reason, the place that it takes, and what the letters will say. */
export function moveForm({ provider, reference, move, moves, panel }: Decided): Form {
  const { gives, tells, meetsOn, passes } = move
  return {
    heading: `${move.name}: ${reference}`,
    content: (filling) => html`<p>${followsText(move)}</p>
      ${tells.map(({ who, text }) => html`<p><small>To ${toldNames[who]}: “${text}”</small></p>`)}
      ${gives ? placeView(provider, reference, move, moves, panel, filling) : nothing}
      ${passes > 0 ? noticeView(`${passes === 1 ? '1 referral stands' : `${passes} referrals stand`} before it on the waiting list.`, 'warning') : nothing}
      ${meetsOn ? earlyView(meetsOn, filling) : nothing}
      ${textView({
        name: 'reason',
        id: idOf('reason'),
        label: move.reason ? 'Why?' : 'Why? (if you like)',
        hint: [
          move.commissionerReads ? 'The commissioner reads this: name nobody.' : '',
          tells.some(({ who }) => who === 'school')
            ? 'The school reads this on its page. The letters do not repeat it.'
            : 'It is kept sealed with the referral. Neither the school’s page nor a letter repeats it.',
        ]
          .filter(Boolean)
          .join(' '),
        value: filling.value('reason'),
        error: filling.error('reason'),
        maxlength: MOST,
      })}`,
    button: move.name,
    busy: 'Sending…',
    danger: move.as === 'decline',
    address: path`/providers/${provider}/cases/${reference}/moves`,
    body: ({ reason = '', place = '', term = '', panel: chosen = panel ?? '', early = '' }, seen) => {
      if (meetsOn && !early)
        return { wrong: { name: 'early', text: 'Tick this where it was decided before, or wait for the meeting' } }
      if (move.reason && !reason) return { wrong: { name: 'reason', text: 'Give a reason' } }
      const kind = place && place !== gives?.kind ? place : ''
      if (gives?.counted === 'panel' && !kind && !chosen)
        return { wrong: { name: 'panel', text: 'Choose the panel whose place it is' } }
      return {
        send: {
          move: move.id,
          seen,
          ...(reason && { reason }),
          ...(kind && { place: kind }),
          ...(meetsOn && { early: true }),
          ...(term && !kind && { term }),
          ...(chosen && !kind && (gives?.counted === 'panel' || panel) && { panel: chosen }),
        },
      }
    },
    done: `Done: ${move.name}.`,
  }
}

/** Which place it takes: of which panel, of its own kind or of the one beyond it. */
function placeView(
  provider: string,
  reference: string,
  { gives, id }: PossibleMove,
  moves: readonly PossibleMove[],
  panel: string | undefined,
  filling: Filling,
): TemplateResult | typeof nothing {
  if (!gives) return nothing
  const { kind, name, left, panels, terms, counted } = gives
  const next = filling.noPlace?.beyond ?? gives.beyond
  // A kind that another decision gives is given by that one.
  const other = next && moves.find((one) => one.id !== id && one.gives?.kind === next.id)
  const beyond = other ? null : next
  const first = panels.find((one) => one.id === panel) ?? panels.find((one) => one.left > 0) ?? panels[0]
  const chosen = panels.find((one) => one.id === filling.value('panel', first?.id ?? ''))
  const firstTerm = terms[0]
  const term = terms.find((one) => one.id === filling.value('term', firstTerm?.id ?? ''))
  // What was refused for one term says nothing of another.
  const refused = terms.length > 1 && filling.noPlace?.places.term !== term?.id ? undefined : filling.noPlace
  const isFull = refused !== undefined || (counted === 'panel' ? chosen?.left === 0 : (term?.left ?? left) === 0)
  return html`${isFull ? fullView(refused, name) : nothing}
    ${
      beyond
        ? radiosView({
            name: 'place',
            id: idOf('place'),
            label: 'Which place?',
            value: filling.value('place', isFull ? beyond.id : kind),
            error: filling.error('place'),
            choices: [
              { value: kind, name, ...(left === null ? {} : { hint: isFull ? 'None left' : leftText(left) }) },
              { value: beyond.id, name: beyond.name },
            ],
          })
        : nothing
    }
    ${
      terms.length > 1
        ? radiosView({
            name: 'term',
            id: idOf('term'),
            label: 'For which term?',
            value: filling.value('term', firstTerm?.id ?? ''),
            error: filling.error('term'),
            choices: terms.map((one) => ({ value: one.id, name: one.name, hint: leftText(one.left) })),
          })
        : nothing
    }
    ${
      counted === 'panel'
        ? panels.length > 0
          ? radiosView({
              name: 'panel',
              id: idOf('panel'),
              label: 'Whose place?',
              value: filling.value('panel', first?.id ?? ''),
              error: filling.error('panel'),
              choices: panels.map((one) => ({
                value: one.id,
                name: `Panel on ${longDate(one.meetsOn)}`,
                hint: leftText(one.left),
              })),
            })
          : html`<p id=${idOf('panel')} tabindex="-1" class="error">No panel has places to give yet. <a href=${`/console/${provider}/panels`}>Go to the panels</a></p>`
        : nothing
    }
    ${
      isFull
        ? [other, moves.find((one) => one.id === filling.noPlace?.waiting.move && one.id !== id)].map((one) =>
            one && one.missing.length === 0
              ? insteadView({ provider, reference, move: one, moves, panel }, filling)
              : nothing,
          )
        : nothing
    }`
}

/** That the panel has not met yet, and the tick without which nothing is decided for it. */
function earlyView(meetsOn: string, { value, error }: Filling): TemplateResult {
  return html`${noticeView(`This panel has not met yet: it meets on ${longDate(meetsOn)}.`, 'warning')}
    ${tickView({ name: 'early', id: idOf('early'), label: 'It was decided before the meeting', error: error('early'), isTicked: value('early') !== '' })}`
}

function fullView(none: NoPlaceLeft | undefined, name: string): TemplateResult {
  return html`<div class="notice warning" role="alert"><p><b>${none?.detail ?? `No place is left: ${name}.`}</b></p>
    ${none ? html`<p>Nothing was done yet. What you typed is still here.</p>` : nothing}</div>`
}

/** Another way that there is, with the words that were typed here. */
function insteadView(decided: Decided, { instead }: Filling): TemplateResult {
  const { reference, move } = decided
  const ask = () => instead(`${reference} ${move.id}`, () => moveForm(decided))
  return html`<p><button type="button" class="link" @click=${ask}>${move.name} instead</button></p>`
}
