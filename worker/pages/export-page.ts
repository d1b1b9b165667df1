import { render } from '@lit-labs/ssr'
import { collectResult } from '@lit-labs/ssr/lib/render-result.js'
import { html, nothing, type TemplateResult } from 'lit'
import type { ExportedReferral, ExportedText, PupilExport } from '../../catalogue/wire/erasure.ts'
import { longDate } from '../../components/words/en/money.ts'
import { speakIn } from './language.ts'

/** Everything that is held about a pupil, to be read and printed. Its title names the reference and nobody. */
export async function exportPage({ provider, exportedOn, referrals }: PupilExport): Promise<string> {
  speakIn('en')
  const body = html`<header><div class="width"><p class="name"><b>${provider.name}</b></p></div></header>
    <main class="width export">
      <h1>What is held about one pupil</h1>
      <p class="lead">
        Everything that ${provider.name} holds about the pupil of ${referrals.length === 1 ? 'this referral' : `these ${referrals.length} referrals`},
        on ${longDate(exportedOn)}. That it was read and printed stands in the record.
      </p>
      ${referrals.map(referralView)}
    </main>`
  const title = `What is held: ${referrals.map(({ reference }) => reference).join(', ')}`
  return `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/portal.css">
</head>
<body class="portal">
${(await collectResult(render(body))).replace(/<!--\/?lit-[^>]*-->/g, '')}
</body>
</html>
`
}

type Shown = TemplateResult | typeof nothing

const STATUS: Record<ExportedReferral['status'], string> = {
  waiting: 'It waits for consent.',
  open: 'It is being worked on.',
  ended: 'It has ended.',
  stopped: 'It was stopped.',
}

const ASKED: Record<string, string> = {
  carer: 'Parent or carer',
  'young-person': 'The young person',
  'social-worker': 'Social worker',
}

/** Whom a link lets in. */
const LINKED: Record<string, string> = {
  referrer: 'whoever referred',
  colleague: 'a colleague at school',
  consent: 'somebody who is asked for consent',
}

/** How it stands with a letter. */
const LETTERS: Record<string, string> = {
  waiting: 'on its way',
  sent: 'sent',
  failed: 'not delivered',
  unaddressed: 'not sent, since there is no address',
}

function referralView(one: ExportedReferral): TemplateResult {
  return html`<section>
    <h2>${one.reference}: ${one.pathway.name}</h2>
    <p>${STATUS[one.status]}</p>
    ${listOf([
      ['Begun', dayIn(one.begunOn)],
      ['Sent', dayIn(one.sentOn)],
      ['Released by consent', dayIn(one.releasedOn)],
      ['Ended', dayIn(one.endedOn)],
      ['Stage', one.stage?.name ?? ''],
      ['What came of it', one.came],
      ['Goes by the catalogue', `${one.catalogue.id}, version ${one.catalogue.version}`],
      ['Deleted by itself', `on ${longDate(one.deletedOn)}, unless something happens before`],
      ['Why it is kept so long', one.why],
    ])}
    ${one.contents === 'closed' ? closedView(one) : openView(one)}
  </section>`
}

function closedView({ status, texts, deletedOn }: ExportedReferral): TemplateResult {
  return html`<p>
      <b>Nobody at the provider may read it</b>: ${whyClosed(status)}.
      It holds ${texts === 1 ? 'one sealed text' : `${texts} sealed texts`}. An owner can erase it.
    </p>
    <p>${
      status === 'stopped'
        ? html`What it said of the pupil was deleted when it was stopped. Who was asked, what they answered and the school’s addresses are left until ${longDate(deletedOn)}. Whoever referred reads them by the link in their letters.`
        : html`Whoever asks for a copy can have it of the school: whoever referred reads and prints what they sent, who was asked and what was answered, by the link in their letters. A parent, carer or young person reads their own answers by theirs.`
    }</p>`
}

function whyClosed(status: ExportedReferral['status']): string {
  if (status === 'waiting') return 'consent has not released it yet'
  return status === 'stopped'
    ? 'consent was refused, was withdrawn or ran out and was not given anew, or the school took it back'
    : 'permission has run out'
}

function openView(one: ExportedReferral): TemplateResult[] {
  const parts = one.parts.map(
    ({ name, answers }) =>
      html`<h3>${name}</h3>
        ${listOf(answers.map(({ label, words }) => [label, words]))}`,
  )
  const people = one.people.map(
    ({
      as,
      name,
      relationship,
      email,
      speaks,
      asked,
      answers,
    }) => html`<h3>${ASKED[as] ?? as}: ${name || 'no name was given'}</h3>
      ${listOf([
        ['Relationship', relationship],
        ['E-mail', email],
        ['Language', speaks],
      ])}
      <ul>
        ${asked.map(({ words, on }) => html`<li>${longDate(on)}: asked for “${words}”</li>`)}
        ${answers.map(({ words, on, said }) => html`<li>${longDate(on)}: ${words} ${saidView(said)}</li>`)}
      </ul>`,
  )
  return [
    html`<h3>Who referred</h3>
      ${saidView(one.school)}`,
    ...parts,
    ...people,
    html`<h3>What happened</h3>
      <ol>
        ${one.events.map(
          ({ on, by, words, said }) => html`<li>${longDate(on)}: ${words}, by ${by} ${saidView(said)}</li>`,
        )}
      </ol>`,
    ...(one.more.length
      ? [
          html`<h3>What else is kept</h3>
            ${saidView(one.more)}`,
        ]
      : []),
    ...(one.places.length
      ? [
          html`<h3>Places</h3>
            <ul>${one.places.map(({ name, term, givenOn, freedOn }) => html`<li>${name}${term ? html`, for the ${term}` : nothing}: given ${longDate(givenOn)}${freedOn ? html`, given back ${longDate(freedOn)}` : nothing}</li>`)}</ul>`,
        ]
      : []),
    ...(one.waiting
      ? [
          html`<h3>Waiting list</h3>
            <p>Waits for a place since ${longDate(one.waiting.since)}, as number ${one.waiting.position}.</p>`,
        ]
      : []),
    ...(one.assigned.length
      ? [
          html`<h3>Who works on it</h3>
            <ul>${one.assigned.map((name) => html`<li>${name}</li>`)}</ul>`,
        ]
      : []),
    html`<h3>Letters</h3>
      ${
        one.letters.length
          ? html`<ul>${one.letters.map(({ writtenAt, sentAt, state, to, subject, text }) => html`<li>${longDate(writtenAt.slice(0, 10))}: “${subject}” ${to ? html`to ${to}` : nothing}, ${LETTERS[sentAt ? 'sent' : state] ?? state}${text ? html`<pre>${text}</pre>` : nothing}</li>`)}</ul>`
          : html`<p>None is kept.</p>`
      }`,
    html`<h3>Links in letters</h3>
      ${
        one.links.length
          ? html`<ul>${one.links.map(({ as, how, madeAt, endsAt, revokedAt }) => html`<li>${longDate(madeAt.slice(0, 10))}: a ${how === 'code' ? 'printed code' : 'link'} for ${LINKED[as] ?? as}, ${revokedAt ? html`taken back on ${longDate(revokedAt.slice(0, 10))}` : html`until ${longDate(endsAt.slice(0, 10))}`}</li>`)}</ul>`
          : html`<p>None was made.</p>`
      }`,
    html`<h3>Who has read and changed it</h3>
      <ul>${one.record.map(({ at, words, by }) => html`<li>${longDate(at.slice(0, 10))} ${at.slice(11, 16)} UTC: ${words}, by ${by}</li>`)}</ul>`,
  ]
}

function saidView(texts: readonly ExportedText[]): Shown {
  return listOf(texts.map(({ label, words }) => [label, words]))
}

function listOf(rows: readonly (readonly [string, string])[]): TemplateResult | typeof nothing {
  const told = rows.filter(([, text]) => text !== '')
  if (told.length === 0) return nothing
  return html`<dl class="facts">
    ${told.map(([name, text]) => html`<div><dt>${name}</dt><dd>${text}</dd></div>`)}
  </dl>`
}

function dayIn(day: string | null): string {
  return day === null ? '' : longDate(day)
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
