import { html, nothing, type TemplateResult } from 'lit'
import { type Cluster, clusterOf } from '../../catalogue/rules/cluster.ts'
import { MOST_SCHOOLS } from '../../catalogue/rules/most.ts'
import type { Catalogue } from '../../catalogue/schema/catalogue.ts'
import type { Offer } from '../../catalogue/schema/offer.ts'
import type { Basket } from '../../catalogue/wire/basket.ts'
import { isBlank, schoolsIn, type TypedSchool, type TypedSchools } from '../../catalogue/wire/schools-from.ts'
import type { Links } from '../kit/links.ts'
import { nameOf } from '../kit/offers.ts'
import type { Workings } from '../kit/workings.ts'
import { words } from '../words/en/cluster-calculator.ts'
import { words as kit } from '../words/en/kit.ts'
import { hours, pounds } from '../words/en/money.ts'

/** What the calculator shows. */
export interface ClusterModel {
  catalogue: Catalogue & { inForce: boolean }
  /** The day that prices are worked out for. */
  on: string
  basket: Basket
  workings: Workings
  /** What was typed, and what became of a paste; where nothing was, the basket's schools are shown. */
  typed: TypedSchools | undefined
  /** The class of buyer, where a price depends on it. */
  buyerClass?: string | undefined
  /** Whether somebody wants to go on, so that what is missing is said. */
  tried?: boolean
  links: Links
  /** Whether the price follows each change; without a script there is a button for it. */
  live: boolean
  /** What else travels with the form where there is no script: the year and the day. */
  settings?: readonly [string, string][]
  headingLevel: number
}

const FIELDS = ['district', 'staff', 'classes'] as const

/** The rows to show: what was typed, else the basket's schools, and blank ones to begin with. */
export function rowsOf(typed: TypedSchools | undefined, { schools }: Pick<Basket, 'schools'>): TypedSchool[] {
  const rows = typed?.rows ?? schools.map(rowOfSchool)
  const wanting = typed ? 2 : 3
  return [...rows, ...Array.from({ length: Math.max(0, wanting - rows.length) }, () => ({ name: '', pupils: '' }))]
}

function rowOfSchool({ name, pupils, district, phase, staff, classes }: Basket['schools'][number]): TypedSchool {
  return {
    name,
    pupils: String(pupils ?? ''),
    ...(district && { district }),
    ...(phase && { phase }),
    ...(staff && { staff: String(staff) }),
    ...(classes && { classes: String(classes) }),
  }
}

/** The offers that a cluster can subscribe to. */
export function clusterOffers({ offers }: Catalogue): Offer[] {
  return offers.filter(({ kind, askedBy }) => kind === 'cluster-subscription' && askedBy !== 'referral')
}

/** Everything that follows from what was typed. */
export function workedOut(
  model: Pick<ClusterModel, 'catalogue' | 'on' | 'basket' | 'workings' | 'typed' | 'buyerClass'>,
) {
  const { catalogue, on, basket, workings } = model
  const rows = rowsOf(model.typed, basket)
  const { schools, rowOf, faults: typedFaults } = schoolsIn(rows)
  // Nobody is named: the class is one of the catalogue's own, or a fault of the quote.
  const about = { holds: basket.holds, ...(model.buyerClass && { class: model.buyerClass as 'other' }) }
  const faults: { name: string; code: string }[] = [...typedFaults]
  const asked = new Set<string>()
  const results = clusterOffers(catalogue).map((offer) => {
    const price = (of: typeof schools) => clusterOf(catalogue, offer, of, on, workings.quoteOf, about)
    // What a price needs beside the roll shows in what it asks of a school that has said nothing else.
    const probe = price([{ name: '', pupils: 1 }])
    const result = schools.length ? price(schools) : undefined
    for (const { pointer } of probe.ok ? [] : probe.faults) asked.add(pointer.split('/').at(-1) ?? '')
    for (const { pointer, code } of !result || result.ok ? [] : result.faults) {
      const [, , kind, index, field = ''] = pointer.split('/')
      if (kind === 'schools' && field) asked.add(field)
      faults.push({
        code,
        name:
          kind === 'schools' && field
            ? `buyer.schools.${rowOf[Number(index)]}.${field}`
            : pointer.slice(1).replaceAll('/', '.'),
      })
    }
    return { offer, cluster: result?.ok ? result.cluster : undefined }
  })
  return { rows, schools, rowOf, faults, asked, results }
}

/** The cluster calculator: schools in, price, hours and shares out. */
export function view(model: ClusterModel): TemplateResult {
  const { catalogue, basket, workings, links, live, headingLevel, typed } = model
  const { provider, inForce } = catalogue
  const offers = clusterOffers(catalogue)
  const heading = (text: string, level: number) =>
    html`<div class=${`h${level}`} role="heading" aria-level=${headingLevel + level - 2}>${text}</div>`
  if (!offers.length)
    return html`${heading(words.heading(provider.service), 2)}
      <p class="intro">${words.none(provider.service)}</p>
      <p><a href=${links.packages}>${words.packages}</a></p>`
  const worked = workedOut(model)
  const { rows, schools, faults, results } = worked
  const mended = new Set(typed?.report?.toMend.map(({ fault }) => fault.name))
  const errors = new Map(
    faults
      .filter(({ name, code }) => code !== 'required' || model.tried || mended.has(name))
      .map(({ name, code }) => [name, words.wrong(code, name.split('.').at(-1) ?? '')]),
  )
  const notCounted = rows.filter((row) => !isBlank(row)).length - schools.length
  const inList = offers.some(({ id }) => basket.items.some(({ offer }) => offer === id))
  const same = inList && isSame(schools, basket.schools)
  // Return in a field presses a form's first button, which must not be the one that takes a school away.
  return html`<form method="post" action=${links.cluster} novalidate>
    ${live ? nothing : html`<button class="hidden" name="step" value="work" tabindex="-1" aria-hidden="true">${words.work}</button>`}
    ${heading(words.heading(provider.service), 2)}
    ${offers.map(({ summary }) => html`<p class="intro" lang="en">${summary}</p>`)}
    ${inForce ? nothing : html`<p class="panel">${kit.notInForce(catalogue.title)}</p>`}
    ${offers.map(({ id, name }) => heldView(id, name, model))}
    <div class="columns">
      <div>
        ${heading(words.schools, 3)}
        <p class="note screen">${words.how}</p>
        ${classView(model, worked.asked, errors)}
        <div class="heads" aria-hidden="true"><span>${words.nameHead}</span><span>${words.pupilsHead}</span></div>
        <ul role="list" class="rows">${rows.map((row, index) => rowView(row, index, worked.asked, errors, live))}</ul>
        ${button(live, 'step', 'add', 'secondary', words.add)}
        ${rows.length >= MOST_SCHOOLS ? html`<p class="note">${words.full}</p>` : nothing}
        ${pasteView(model, faults)}
      </div>
      <div class="side">
        <div class="panel list" role="group" aria-label=${words.price}>
          ${heading(words.price, 3)}
          ${notCounted && schools.length ? html`<p class="error">${words.notCounted(notCounted)}</p>` : nothing}
          ${schools.length ? (schools.length === 1 ? html`<p class="note">${words.alone}</p>` : nothing) : html`<p>${words.start}</p>`}
          ${live ? nothing : html`<button class="secondary" name="step" value="work">${words.work}</button>`}
          ${results.map(({ cluster }) =>
            cluster
              ? html`${workings.linesView(catalogue, cluster.quote, workings.explaining(catalogue))}
                  ${nextView(cluster)}`
              : schools.length
                ? html`<p class="error">${words.unpriced}</p>`
                : nothing,
          )}
          ${schools.length && live ? html`<p class="screen"><button type="button" class="link" name="csv">${words.csv}</button></p><p class="screen"><button type="button" class="link" name="print">${words.print}</button></p>` : nothing}
        </div>
        ${results.map(({ offer, cluster }) =>
          cluster
            ? html`<div class="bar panel">
                ${workings.sumView(cluster.quote)}
                ${
                  same && live
                    ? html`<a class="button" href=${links.order}>${words.order}</a><p class="note" role="status">${words.inList}</p>`
                    : live
                      ? html`<button type="button" name="list" value=${offer.id}>${inList ? words.update : words.addToList}</button>`
                      : html`<button name=${offer.id} value="1" formaction=${links.order}>${words.order}</button>`
                }
              </div>`
            : nothing,
        )}
      </div>
    </div>
    ${results.map(({ offer, cluster }) => (cluster ? figuresView(offer, cluster, model, worked.rowOf) : nothing))}
    ${live ? nothing : workings.carriedView({ ...basket, holds: basket.holds.filter((id) => !offers.some((offer) => offer.id === id)), schools: [] }, (name) => offers.some(({ id }) => id === name), model.settings)}
  </form>`
}

/** For those who subscribe already: what is sold to subscribers alone is then theirs to order. */
function heldView(id: string, name: string, { basket, links }: ClusterModel): TemplateResult {
  const held = basket.holds.includes(id)
  return html`<label class="always"><input type="checkbox" name="holds" value=${id} ?checked=${held}>${words.hold(name)}</label>
    ${held ? html`<p><a href=${links.packages}>${words.further}</a></p>` : nothing}`
}

/** Whether the basket's schools are these, whatever else it knows of them. */
function isSame(schools: Basket['schools'], kept: Basket['schools']): boolean {
  return (
    schools.length === kept.length &&
    schools.every(
      ({ name, pupils, district, phase }, index) =>
        name === kept[index]?.name &&
        pupils === kept[index]?.pupils &&
        district === kept[index]?.district &&
        phase === kept[index]?.phase,
    )
  )
}

function button(live: boolean, name: string, value: string, look: string, text: unknown): TemplateResult {
  return html`<button type=${live ? 'button' : 'submit'} class=${look} name=${name} value=${value}>${text}</button>`
}

function rowView(
  row: TypedSchool,
  index: number,
  asked: ReadonlySet<string>,
  errors: ReadonlyMap<string, string>,
  live: boolean,
): TemplateResult {
  const number = index + 1
  const field = (key: 'name' | 'pupils' | (typeof FIELDS)[number]) => {
    const id = `buyer.schools.${index}.${key}`
    const error = errors.get(id)
    const numeric = key === 'pupils' || key === 'staff' || key === 'classes'
    return html`<div class=${key}>
      <label for=${id}>${words[key](number)}</label>
      ${error ? html`<p class="error" id=${`${id}-error`}>${error}</p>` : nothing}
      <input id=${id} name=${id} value=${row[key] ?? ''} autocomplete="off" inputmode=${numeric ? 'numeric' : nothing} maxlength=${key === 'name' ? 200 : 20} aria-invalid=${error ? 'true' : nothing} aria-describedby=${error ? `${id}-error` : nothing}>
    </div>`
  }
  return html`<li>
    ${field('name')}${field('pupils')}
    ${asked.has('phase') ? choice(`buyer.schools.${index}.phase`, words.phase(number), words.phases, row.phase, errors) : nothing}
    ${FIELDS.map((key) => (asked.has(key) ? field(key) : nothing))}
    ${button(live, 'step', `remove.${index}`, 'link', html`${words.remove}<span class="hidden"> ${words.removeRow(number)}</span>`)}
  </li>`
}

function classView(
  { buyerClass }: ClusterModel,
  asked: ReadonlySet<string>,
  errors: ReadonlyMap<string, string>,
): TemplateResult | typeof nothing {
  return asked.has('class') ? choice('buyer.class', words.class, words.classesOfBuyer, buyerClass, errors) : nothing
}

function choice(
  id: string,
  label: string,
  options: Record<string, string>,
  chosen: string | undefined,
  errors: ReadonlyMap<string, string>,
): TemplateResult {
  const error = errors.get(id)
  return html`<div>
    <label class="always" for=${id}>${label}</label>
    ${error ? html`<p class="error" id=${`${id}-error`}>${error}</p>` : nothing}
    <select id=${id} name=${id} aria-invalid=${error ? 'true' : nothing} aria-describedby=${error ? `${id}-error` : nothing}>
      <option value="">${words.choose}</option>
      ${Object.entries(options).map(([value, text]) => html`<option value=${value} ?selected=${value === chosen}>${text}</option>`)}
    </select>
  </div>`
}

function pasteView({ typed, live }: ClusterModel, faults: readonly { name: string; code: string }[]): TemplateResult {
  const { report, refused } = typed ?? {}
  const toMend = report?.toMend.filter(({ fault }) =>
    faults.some(({ name, code }) => name === fault.name && code === fault.code),
  )
  return html`<details class="screen" ?open=${refused !== undefined}>
      <summary>${words.paste}</summary>
      <label for="schools" class="hidden">${words.paste}</label>
      <p class="note" id="schools-hint">${words.pasteHint}</p>
      ${refused ? html`<p class="error" id="schools-error">${words.tooMany(refused.tooMany)}</p>` : nothing}
      ${areaView(refused?.text, live)}
      ${button(live, 'step', 'paste', 'secondary', words.usePaste)}
    </details>
    <div role="status">
      ${
        report
          ? html`<p>${words.pasted(report)}</p>
              ${report.leftOut.map((line) => html`<p class="note">${words.leftOut(line)}</p>`)}
              ${toMend?.map(({ line, row, fault }) => html`<p class="error">${words.toMend(line, row + 1, words.wrong(fault.code, fault.name.split('.').at(-1) ?? ''))}</p>`)}`
          : nothing
      }
    </div>`
}

/** The field to paste into. A server cannot render a textarea's property, nor a marker inside it, so there its text is part of the template. */
function areaView(text: string | undefined, live: boolean): TemplateResult {
  if (live)
    return html`<textarea id="schools" name="schools" rows="6" .value=${text ?? ''} aria-invalid=${text ? 'true' : nothing} aria-describedby=${text ? 'schools-error schools-hint' : 'schools-hint'}></textarea>`
  const escaped = (text ?? '').replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  const strings = [
    `<textarea id="schools" name="schools" rows="6" ${text ? 'aria-invalid="true" ' : ''}aria-describedby="${text ? 'schools-error ' : ''}schools-hint">\n${escaped}</textarea>`,
  ]
  return html(Object.assign(strings, { raw: strings }))
}

function nextView({ band, next }: Cluster): TemplateResult | typeof nothing {
  if (!band) return nothing
  return html`<p>${words.band(band.from, next?.from, band.fact, hours(band.minutes))}</p>
    <p class="note">${next ? words.next(next.more, next.fact, hours(next.minutes)) : words.top}</p>`
}

/** The comparison, as figures and as a picture, and what each school pays. */
function figuresView(
  offer: Offer,
  { quote, minutes, asYouGo }: Cluster,
  { catalogue }: ClusterModel,
  rowOf: readonly number[],
): TemplateResult {
  const most = Math.max(quote.totalPence, asYouGo?.pence ?? 0, 1)
  const way = (name: string, time: { least: number; most: number }, pence: number) => html`<tr>
    <th scope="row">${name}</th><td>${hours(time)}</td><td class="figure">${pounds(pence)}</td>
    <td class="picture"><svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect width=${(100 * pence) / most} height="8"></rect></svg></td>
  </tr>`
  return html`${
    asYouGo
      ? html`<div class="scroll" tabindex="0" role="region" aria-label=${words.compare}>
          <table class="wide">
            <caption>${words.compare}</caption>
            <thead><tr><th scope="col">${words.way}</th><th scope="col">${words.hours}</th><th scope="col" class="figure">${words.cost}</th><td></td></tr></thead>
            <tbody>
              ${way(offer.name, minutes, quote.totalPence)}
              ${way(nameOf(catalogue, asYouGo.offer), { least: asYouGo.minutes, most: asYouGo.minutes }, asYouGo.pence)}
            </tbody>
          </table>
        </div>
        <p>${words.less(asYouGo.pence - quote.totalPence, offer.name)}</p>`
      : nothing
  }
  <table class="wide shares">
    <caption>${words.shares}</caption>
    <thead><tr><th scope="col">${words.nameHead}</th><th scope="col" class="figure">${words.pupilsHead}</th><th scope="col" class="figure">${words.share}</th></tr></thead>
    <tbody>${quote.shares.map(
      ({ name, pupils, pence }, index) =>
        html`<tr><th scope="row">${name || words.unnamed((rowOf[index] ?? 0) + 1)}</th><td class="figure">${pupils?.toLocaleString('en-GB')}</td><td class="figure">${pounds(pence)}</td></tr>`,
    )}</tbody>
    <tfoot><tr><th scope="row">${words.total}</th><td class="figure">${quote.shares.reduce((sum, { pupils }) => sum + (pupils ?? 0), 0).toLocaleString('en-GB')}</td><td class="figure">${pounds(quote.totalPence)}</td></tr></tfoot>
  </table>`
}
