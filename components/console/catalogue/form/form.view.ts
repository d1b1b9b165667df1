import { html, nothing, type TemplateResult } from 'lit'
import { guard } from 'lit/directives/guard.js'
import { live } from 'lit/directives/live.js'
import { inside } from '../../../../catalogue/rules/pointers.ts'
import { aboveOf, at, isObject, type Json } from '../document/places.ts'
import { type ControlKind, controlFor, shownAs, ticksName } from './control.ts'
import { faultText, type PlaceFault } from './faults.ts'
import { nameableAt, nameables, namedBy, namings } from './references.ts'
import {
  discriminatorOf,
  entryOf,
  namedValuesOf,
  type Part,
  partFor,
  propertiesOf,
  variantOf,
  variantsOf,
} from './schema.ts'
import { titleOf } from './sections.ts'
import { choicesOf, meaningOf, nameOf, wordsFor } from './words.ts'

/** What the form shows beside the document itself. */
export interface FormModel {
  document: Json
  /** What is wrong, by pointer. */
  faults: ReadonlyMap<string, PlaceFault>
  /** What stands in the field that is being typed into, as it was typed. */
  typing?: { pointer: string; text: string } | undefined
  /** Short names that are being changed, though they stay as they are unless asked. */
  changing: ReadonlySet<string>
  /** Entries of lists that are open; those with a mistake open by themselves. */
  opened: ReadonlySet<string>
  /** What was added just now, and has still to be filled in: nobody is told off for that before leaving the field. */
  isNew: (pointer: string) => boolean
}

/** One part of the form: where it is, what it is and what stands there. */
interface Spot {
  part: Part
  pointer: string
  value: Json | undefined
  required: boolean
  /** Instead of its own label: an entry of a list has a number. */
  label?: string
}

/** Answers that all deserve to be seen, up to this many; more are a list to open. */
const RADIOS = 4

/** Some parts of an object at a pointer, in the order of the keys. Undefined keys: all of them. */
export function partsView(model: FormModel, pointer: string, keys?: readonly string[]): TemplateResult {
  const part = partFor(pointer, model.document)
  const variant = part?.node.oneOf ? variantOf(part, at(model.document, pointer))?.part : part
  if (!variant) return html``
  const value = at(model.document, pointer)
  const all = propertiesOf(variant)
  const chosen = keys
    ? keys.flatMap((key) => all.filter((one) => one.key === key))
    : all.toSorted((one, other) => rankOf(one.key) - rankOf(other.key))
  const spots = chosen.map(
    ({ key, part: inner, required }): Spot => ({
      part: inner,
      pointer: inside(pointer, key),
      value: isObject(value) ? value[key] : undefined,
      required: required || isOnlyPrice(pointer, key, value),
    }),
  )
  const isLong = all.length > MANY
  const waiting = spots.filter(
    (spot) =>
      spot.value === undefined && isPartToAdd(spot, isLong) && (isWhole(spot) || !model.opened.has(spot.pointer)),
  )
  return html`${spots.filter((spot) => !waiting.includes(spot)).map((spot) => spotView(model, spot))}
    ${waiting.length > 0 ? addingView(waiting) : nothing}`
}

/** What something is called comes first, and what addresses call it last. */
function rankOf(key: string): number {
  return key === 'name' || key === 'label' ? 0 : key === 'id' ? 2 : 1
}

/** Whether it is what an offer's price comes from: the schema wants one of two, which it can only say as two optional ones. */
function isOnlyPrice(pointer: string, key: string, value: Json | undefined): boolean {
  if (!/^\/offers\/\d+$/.test(pointer) || !isObject(value)) return false
  return (key === 'price' && !('options' in value)) || (key === 'options' && !('price' in value))
}

/** From here on, an object's fields that may be left out wait to be asked for. */
const MANY = 8

/** Whether something is added and taken away as a whole, rather than by filling a field or leaving it empty. */
function isPartToAdd(spot: Spot, isLong: boolean): boolean {
  return !spot.required && (isLong || isWhole(spot) || controlFor(spot.part) === 'ticks')
}

/** Whether a part has parts of its own, so that it is there or not. */
function isWhole({ part }: Spot): boolean {
  return ['object', 'list', 'union', 'named'].includes(controlFor(part))
}

function addingView(spots: readonly Spot[]): TemplateResult {
  return html`<ul class="adding">${spots.map(
    ({ part, pointer }) =>
      html`<li><button type="button" class="link" name="begin" value=${pointer} id=${`${pointer}--begin`}>${beginning(part)}</button></li>`,
  )}</ul>`
}

function beginning(part: Part): string {
  const { label, begin = `Add ${lower(label)}` } = wordsFor(part)
  return begin
}

function lower(label: string): string {
  return /^[A-Z][a-z]/.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label
}

function spotView(model: FormModel, spot: Spot): TemplateResult {
  const kind = controlFor(spot.part, at(model.document, `${aboveOf(spot.pointer).parent}/fact`))
  switch (kind) {
    case 'object':
      return groupView(model, spot, partsView(model, spot.pointer))
    case 'union':
      return unionView(model, spot)
    case 'list':
      return listView(model, spot)
    case 'named':
      return namedView(model, spot)
    case 'ticks':
      return ticksView(model, spot)
    case 'choice':
      return choiceView(model, spot)
    case 'reference':
      return referenceView(model, spot)
    case 'yes':
      return yesView(spot)
    case 'id':
      return idView(model, spot)
    default:
      return fieldView(model, spot, kind)
  }
}

interface Notes {
  /** Hint and error, which stand between label and control. */
  shown: unknown
  described: string | typeof nothing
  invalid: 'true' | typeof nothing
}

function notesFor(model: FormModel, { part, pointer, value }: Spot, kind: ControlKind): Notes {
  const help = wordsFor(part).help ?? HELP[kind]
  const fault = model.faults.get(pointer)
  // What is being typed is not finished: it is called wrong once the field is left.
  const isTyping = model.typing?.pointer === pointer && kind !== 'choice'
  const isUnfilled = fault !== undefined && /^(required|missing|email|not-an-id|too-small)$/.test(fault.code) && !value
  const error = fault && !isTyping && !(isUnfilled && model.isNew(pointer)) ? faultText(fault, kind, value) : undefined
  const ids = [help && `${pointer}--help`, error && `${pointer}--error`].filter(Boolean).join(' ')
  return {
    shown: html`${help ? html`<p class="note" id=${`${pointer}--help`}>${help}</p>` : nothing}${
      error ? html`<p class="error" id=${`${pointer}--error`}>${error}</p>` : nothing
    }`,
    described: ids || nothing,
    invalid: error ? 'true' : nothing,
  }
}

function labelFor({ part, required, label }: Spot): TemplateResult {
  return html`${label ?? wordsFor(part).label}${required || label ? nothing : html` <span class="optional">(optional)</span>`}`
}

/** What helps with a figure where nothing better is said; a group of figures says it once for all. */
const HELP: Partial<Record<ControlKind, string>> = {
  money: 'In pounds, such as 1,050 or 1,050.50.',
}

const WIDTHS: Partial<Record<ControlKind, string>> = {
  money: 'figure',
  hours: 'figure',
  percent: 'figure',
  number: 'figure',
  date: 'short',
  telephone: 'short',
  colour: 'short',
  line: 'full',
  url: 'full',
  email: 'long',
}

function fieldView(model: FormModel, spot: Spot, kind: ControlKind): TemplateResult {
  const { pointer, value } = spot
  const { shown, described, invalid } = notesFor(model, spot, kind)
  const kept = shownAs(kind, value)
  const text = model.typing?.pointer === pointer ? model.typing.text : kept
  const label = html`<label for=${pointer}>${labelFor(spot)}</label>${shown}`
  if (kind === 'text')
    return html`<div class="question">${label}
      <textarea id=${pointer} data-at=${pointer} data-as=${kind} rows=${rowsFor(text)} aria-describedby=${described} aria-invalid=${invalid} .value=${live(text)}></textarea>
    </div>`
  // A day that cannot be one stays readable: a date field would show nothing.
  const isDay = kind === 'date' && (kept === '' || /^\d{4}-\d\d-\d\d$/.test(kept))
  const type = isDay
    ? 'date'
    : kind === 'email'
      ? 'email'
      : kind === 'url'
        ? 'url'
        : kind === 'telephone'
          ? 'tel'
          : 'text'
  const input = html`<input class=${WIDTHS[kind] ?? nothing} id=${pointer} data-at=${pointer} data-as=${kind} type=${type}
    inputmode=${kind === 'money' || kind === 'percent' ? 'decimal' : kind === 'number' ? 'numeric' : nothing} autocomplete="off"
    aria-describedby=${described} aria-invalid=${invalid} .value=${live(text)}>`
  return html`<div class="question">${label}${
    kind === 'money'
      ? html`<span class="affix"><span aria-hidden="true">£</span>${input}</span>`
      : kind === 'percent'
        ? html`<span class="affix">${input}<span aria-hidden="true">%</span></span>`
        : kind === 'hours'
          ? html`<span class="affix">${input}<span aria-hidden="true">hours</span></span>`
          : kind === 'colour'
            ? html`<span class="affix">${input}<input type="color" class="swatch" aria-label=${`${wordsFor(spot.part).label}: pick`} data-at=${pointer} data-as="colour" .value=${live(/^#[0-9a-f]{6}$/.test(kept) ? kept : '#0b5d57')}></span>`
            : input
  }</div>`
}

function rowsFor(text: string): number {
  return Math.min(8, Math.max(2, Math.ceil(text.length / 64)))
}

function choiceView(model: FormModel, spot: Spot): TemplateResult {
  const { part, pointer, value, required } = spot
  const { shown, described, invalid } = notesFor(model, spot, 'choice')
  const choices = choicesOf(part)
  const words = part.node.enum ?? []
  const isKnown = typeof value === 'string' && words.includes(value)
  if (words.length > RADIOS || !required) {
    const meaning = isKnown ? meaningOf(choices[value]) : ''
    return html`<div class="question"><label for=${pointer}>${labelFor(spot)}</label>${shown}
      <select id=${pointer} data-at=${pointer} data-as="choice" aria-describedby=${described} aria-invalid=${invalid}>
        ${isKnown && required ? nothing : html`<option value="" ?selected=${!isKnown}>${required ? 'Choose one' : 'Not said'}</option>`}
        ${words.map((word) => html`<option value=${word} ?selected=${word === value} .selected=${live(word === value)}>${nameOf(choices[word], word)}</option>`)}
      </select>${meaning ? html`<p class="note meaning">${meaning}</p>` : nothing}
    </div>`
  }
  return html`<fieldset class="question" id=${pointer} tabindex="-1" aria-describedby=${described}>
    <legend>${labelFor(spot)}</legend>${shown}
    ${words.map(
      (
        word,
      ) => html`<label class="choice"><input type="radio" name=${pointer} data-at=${pointer} data-as="choice" value=${word}
        .checked=${live(word === value)}> <span>${nameOf(choices[word], word)}${meaningView(meaningOf(choices[word]))}</span></label>`,
    )}
  </fieldset>`
}

function meaningView(meaning: string): unknown {
  return meaning ? html`<small>${meaning}</small>` : nothing
}

function referenceView(model: FormModel, spot: Spot): TemplateResult {
  const { part, pointer, value, required } = spot
  const named = namedBy(part)
  const { shown, described, invalid } = notesFor(model, spot, 'reference')
  const found = named ? nameables(model.document, named, pointer) : []
  const isKnown = found.some((one) => one.value === value)
  return html`<div class="question"><label for=${pointer}>${labelFor(spot)}</label>${shown}
    <select id=${pointer} data-at=${pointer} data-as="reference" aria-describedby=${described} aria-invalid=${invalid}>
      ${isKnown && required ? nothing : html`<option value="" ?selected=${!value}>${required ? 'Choose one' : 'None'}</option>`}
      ${value && !isKnown ? html`<option value=${String(value)} selected>${String(value)} (is not in this catalogue)</option>` : nothing}
      ${guard([value, ...found.map(({ name }) => name)], () => found.map((one) => html`<option value=${one.value} ?selected=${one.value === value} .selected=${live(one.value === value)}>${one.name}</option>`))}
    </select>
  </div>`
}

function yesView({ part, pointer, value }: Spot): TemplateResult {
  const { label, help } = wordsFor(part)
  return html`<div class="question"><label class="choice"><input type="checkbox" id=${pointer} data-at=${pointer} data-as="yes" .checked=${live(value === true)}>
    <span>${label}${meaningView(help ?? '')}</span></label></div>`
}

function ticksView(model: FormModel, spot: Spot): TemplateResult {
  const { part, pointer, value } = spot
  const entry = entryOf(part)
  const named = ticksName(part)
  const choices = choicesOf(part)
  const entryChoices = choicesOf(entry)
  const chosen = Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []
  const offered = named
    ? nameables(model.document, named, pointer)
    : (entry.node.enum ?? []).map((word) => ({ value: word, name: nameOf(choices[word] ?? entryChoices[word], word) }))
  const lost = chosen
    .filter((word) => !offered.some((one) => one.value === word))
    .map((word) => ({ value: word, name: `${word} (is not in this catalogue)` }))
  const { shown, described } = notesFor(model, spot, 'ticks')
  const inside = [...model.faults].filter(([place]) => place.startsWith(`${pointer}/`))
  return html`<fieldset class="question" id=${pointer} tabindex="-1" aria-describedby=${described}>
    <legend>${labelFor(spot)}</legend>${shown}
    ${inside.map(([, fault]) => html`<p class="error">${fault.sentence}</p>`)}
    ${offered.length + lost.length === 0 ? html`<p class="note">There is nothing to choose from yet.</p>` : nothing}
    <div class="ticks">${[...offered, ...lost].map(
      (one) => html`<label class="choice"><input type="checkbox" data-at=${pointer} data-as="ticks" value=${one.value}
        .checked=${live(chosen.includes(one.value))}> <span>${one.name}</span></label>`,
    )}</div>
  </fieldset>`
}

/** A short name: a sentence with the name in it, and a field once somebody wants to change it. */
function idView(model: FormModel, spot: Spot): TemplateResult {
  const { part, pointer, value } = spot
  const isOwn = /^\/(provider\/id|area\/elsewhere)/.test(pointer)
  const { label, help } = wordsFor(part)
  if (pointer === '/provider/id')
    return html`<div class="question fixed"><p><b>${label}</b> ${String(value ?? '')}</p><p class="note">${help}</p></div>`
  if (isOwn || model.changing.has(pointer) || model.faults.has(pointer)) {
    const named = nameableAt(pointer)
    const uses = named && typeof value === 'string' ? namings(model.document, named, value, pointer).length : 0
    return html`${fieldView(model, spot, 'line')}${
      uses > 0
        ? html`<p class="note">${uses === 1 ? 'One other place names it and follows' : `${uses} other places name it and follow`} when you change it.</p>`
        : nothing
    }`
  }
  return html`<div class="question fixed"><p>${label}: <code>${String(value ?? '')}</code>
    <button type="button" class="link" name="change-id" value=${pointer}>Change<span class="hidden"> the short name</span></button></p></div>`
}

/** Several fields that belong together. */
function groupView(model: FormModel, spot: Spot, content: unknown): TemplateResult {
  const { part, pointer, required } = spot
  const { shown } = notesFor(model, spot, 'object')
  return html`<fieldset class=${`group ${isShort(part) ? 'inline' : ''}`} id=${pointer} tabindex="-1">
    <legend>${spot.label ?? wordsFor(part).label}</legend>
    ${shown}
    <div class="parts">${content}</div>
    ${required ? nothing : takeAwayView(spot)}
  </fieldset>`
}

function takeAwayView({ part, pointer }: Spot): TemplateResult {
  return html`<p><button type="button" class="link" name="take" value=${pointer}>Take away<span class="hidden">: ${lower(wordsFor(part).label)}</span></button></p>`
}

/** Whether an object's fields are few and short enough for one row. */
function isShort(part: Part): boolean {
  const fields = propertiesOf(part)
  return (
    fields.length > 0 &&
    fields.length <= 4 &&
    fields.every(({ part: one }) => /^(money|hours|percent|number|date|reference|telephone)$/.test(controlFor(one)))
  )
}

function unionView(model: FormModel, spot: Spot): TemplateResult {
  const { part, pointer, value, required } = spot
  const words = wordsFor(part)
  const choices = choicesOf(part)
  const chosen = variantOf(part, value)
  const id = inside(pointer, discriminatorOf(part.node) ?? '')
  const { shown, described, invalid } = notesFor(model, model.faults.has(id) ? { ...spot, pointer: id } : spot, 'union')
  const variants = variantsOf(part)
  // The order of the table of words, which begins with the usual ones.
  const order = Object.keys(choices)
  const sorted = variants.toSorted((one, other) => order.indexOf(one.word) - order.indexOf(other.word))
  const meaning = chosen ? meaningOf(choices[chosen.word]) : ''
  // Its page says already that this is the price, and an entry of a list what it is.
  const isSaid = /^\/offers\/\d+\/price$/.test(pointer) || spot.label !== undefined
  return html`<fieldset class="group union" id=${pointer} tabindex="-1" aria-describedby=${described}>
    <legend class=${isSaid ? 'hidden' : nothing}>${spot.label ?? words.label}</legend>
    ${shown}
    <div class="question"><label for=${id}>${part.place === 'price' ? 'How it is priced' : 'How'}</label>
      <select id=${id} data-at=${pointer} data-as="union" aria-invalid=${invalid} aria-describedby=${`${pointer}--meaning`}>
        ${chosen ? nothing : html`<option value="" selected>Choose one</option>`}
        ${sorted.map(({ word }) => html`<option value=${word} ?selected=${word === chosen?.word} .selected=${live(word === chosen?.word)}>${nameOf(choices[word], word)}</option>`)}
      </select>
      <p class="note meaning" id=${`${pointer}--meaning`}>${meaning}</p>
      ${part.place === 'price' && aboveOf(pointer).key === 'price' ? whichView(sorted, choices) : nothing}
    </div>
    ${chosen ? html`<div class=${isShort(chosen.part) ? 'parts abreast' : 'parts'}>${partsView(model, pointer)}</div>` : nothing}
    ${required ? nothing : takeAwayView(spot)}
  </fieldset>`
}

function whichView(variants: readonly { word: string }[], choices: ReturnType<typeof choicesOf>): TemplateResult {
  return html`<details class="which"><summary>Which one suits?</summary>
    <dl>${variants.map(({ word }) => html`<div><dt>${nameOf(choices[word], word)}</dt><dd>${meaningOf(choices[word])}</dd></div>`)}</dl>
  </details>`
}

function namedView(model: FormModel, spot: Spot): TemplateResult {
  const { part, pointer, value } = spot
  const named = namedValuesOf(part)
  if (!named) return html``
  const choices = choicesOf(named.part)
  return groupView(
    model,
    { ...spot, required: true },
    named.names.map((name) =>
      fieldView(
        model,
        {
          part: named.part,
          pointer: inside(pointer, name),
          value: isObject(value) ? value[name] : undefined,
          required: false,
          label: nameOf(choices[name], name),
        },
        controlFor(named.part),
      ),
    ),
  )
}

function listView(model: FormModel, spot: Spot): TemplateResult {
  const { part, pointer, value, required } = spot
  const entry = entryOf(part)
  const { label, one = 'an entry' } = wordsFor(part)
  const entries = Array.isArray(value) ? value : []
  const { shown } = notesFor(model, spot, 'list')
  const most = part.node.maxItems
  return html`<fieldset class="group list" id=${pointer} tabindex="-1">
    <legend>${label}${required ? nothing : html` <span class="optional">(optional)</span>`}</legend>
    ${shown}
    <ol class="entries">${entries.map((_, index) => entryView(model, entry, pointer, index, entries))}</ol>
    <div class="buttons">
      ${
        most !== undefined && entries.length >= most
          ? html`<p class="note">There is no room for more than ${most}.</p>`
          : html`<button type="button" class="secondary" name="add" value=${pointer} id=${`${pointer}--add`}>Add ${one}</button>`
      }
      ${required || entries.length > 0 ? nothing : html`<button type="button" class="link" name="take" value=${pointer}>Take away<span class="hidden">: ${lower(label)}</span></button>`}
    </div>
  </fieldset>`
}

function entryView(
  model: FormModel,
  entry: Part,
  list: string,
  index: number,
  entries: readonly Json[],
): TemplateResult {
  const pointer = inside(list, index)
  const value = entries[index]
  const { label } = wordsFor(entry)
  const name = `${label} ${index + 1}`
  const kind = controlFor(entry)
  const tools = toolsView(list, index, entries.length, name)
  const spot: Spot = { part: entry, pointer, value, required: true, label: name }
  if (kind !== 'object' && kind !== 'union') return html`<li class="entry plain">${spotView(model, spot)}${tools}</li>`
  if (kind === 'object' && isLight(entry))
    return html`<li class="entry light"><div role="group" aria-label=${name} id=${pointer} tabindex="-1" class=${isShort(entry) ? 'parts abreast' : 'parts'}>
      ${ownFault(model, pointer)}${partsView(model, pointer)}</div>${tools}</li>`
  const title = titleOf(value)
  const isOpen = model.opened.has(pointer) || title === '' || faultsBelow(model.faults, pointer) > 0
  return html`<li class="entry">
    <details id=${pointer} ?open=${isOpen} data-entry=${pointer}>
      <summary><b>${title || name}</b>${title ? html` <span class="note">${name}</span>` : nothing}</summary>
      <div class="parts">${isOpen ? html`${ownFault(model, pointer)}${kind === 'union' ? unionView(model, { ...spot, label: name }) : partsView(model, pointer)}` : nothing}</div>
    </details>${tools}
  </li>`
}

function ownFault({ faults }: FormModel, pointer: string): unknown {
  const fault = faults.get(pointer)
  return fault ? html`<p class="error">${fault.sentence}</p>` : nothing
}

/** How many faults stand at a place and within it. */
export function faultsBelow(faults: FormModel['faults'], pointer: string): number {
  let count = 0
  for (const place of faults.keys()) if (place === pointer || place.startsWith(`${pointer}/`)) count += 1
  return count
}

/** Whether an entry is small enough to stand open: texts and figures alone, and few of them. */
function isLight(part: Part): boolean {
  const fields = propertiesOf(part)
  return (
    fields.length <= 3 &&
    fields.every(({ part: one }) => !['object', 'union', 'list', 'named'].includes(controlFor(one)))
  )
}

/** What can be done to an entry of a list as a whole. */
export function toolsView(
  list: string,
  index: number,
  count: number,
  name: string,
  { canCopy = false } = {},
): TemplateResult {
  const pointer = inside(list, index)
  const tool = (button: string, text: string) =>
    html`<button type="button" class="link" name=${button} value=${pointer} id=${`${pointer}--${button}`}>${text}<span class="hidden"> ${name}</span></button>`
  return html`<div class="tools">
    ${index > 0 ? tool('up', 'Up') : nothing}
    ${index < count - 1 ? tool('down', 'Down') : nothing}
    ${canCopy ? tool('copy', 'Copy') : nothing}
    ${tool('remove', 'Remove')}
  </div>`
}
