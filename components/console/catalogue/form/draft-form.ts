import { html, LitElement, nothing, type TemplateResult } from 'lit'
import { inside, keysOf } from '../../../../catalogue/rules/pointers.ts'
import { define } from '../../../kit/define.ts'
import { announce } from '../../navigation.ts'
import type { DraftDocument } from '../document/draft-document.ts'
import { aboveOf, at, isObject, type Json, put } from '../document/places.ts'
import {
  addedTo,
  begun,
  chosenForm,
  copied,
  filled,
  moved,
  nameKeyOf,
  pricedBy,
  renamed,
  ticked,
  typedInto,
  withId,
  withOffer,
} from './changes.ts'
import { type ControlKind, controlFor } from './control.ts'
import type { PlaceFault } from './faults.ts'
import { penceFrom } from './figures.ts'
import { type FormModel, partsView } from './form.view.ts'
import { type Adding, offersView, offerView } from './offers.view.ts'
import { withPathway } from './pathway-start.ts'
import { pathwayPagesView, pathwaysView, pathwayView } from './pathways.view.ts'
import { nameableAt, namings } from './references.ts'
import { partFor } from './schema.ts'
import { type FormPlace, placeOfPointer, titleOf } from './sections.ts'
import { wordsFor } from './words.ts'

const nothingYet: Adding = { name: '', kind: 'package', summary: '', price: '', wrong: {} }

/** Where the form wants to be shown: an offer that was added, the place of a change that was taken back. */
export interface Wanted {
  pointer: string
}

/**
 * One page of the form over a draft: it shows what the schema says there is, and changes the draft as one types.
 *
 * @element outreach-draft-form
 * @fires outreach-place-wanted - `Wanted`: another place of the form than the one that is shown
 */
export class OutreachDraftForm extends LitElement {
  static override properties = {
    draft: { attribute: false },
    shown: { attribute: false },
    faults: { attribute: false },
    addressOf: { attribute: false },
    adding: { state: true },
    removed: { state: true },
    typing: { state: true },
  }

  declare draft: DraftDocument
  /** The page of the form, and the offer. */
  declare shown: FormPlace
  /** What the report says is wrong, by pointer. */
  declare faults: ReadonlyMap<string, PlaceFault>
  /** The address of a place of the form. */
  declare addressOf: (pointer: string) => string
  declare private adding: Adding | undefined
  /** What was removed last, while it can be brought back in one press. */
  declare private removed: string | undefined
  declare private typing: { pointer: string; text: string } | undefined

  readonly #changing = new Set<string>()
  readonly #opened = new Set<string>()
  /** Offers and options that began here: their short names follow their names until somebody else can know them. */
  readonly #fresh = new Set<string>()
  /** What was added while the page is open, and the fields of it that somebody has left. */
  readonly #added = new Set<string>()
  readonly #left = new Set<string>()
  #heard: DraftDocument | undefined
  readonly #redraw = () => this.requestUpdate()

  constructor() {
    super()
    this.faults = new Map()
    this.shown = placeOfPointer('/offers')
    this.addressOf = () => ''
    this.addEventListener('input', (event) => this.#input(event))
    this.addEventListener('change', (event) => this.#input(event))
    this.addEventListener('click', (event) => this.#press(event))
    this.addEventListener('focusout', (event) => this.#leave(event))
    this.addEventListener('submit', (event) => this.#add(event))
    this.addEventListener('toggle', (event) => this.#toggle(event), true)
  }

  protected override createRenderRoot(): HTMLElement {
    return this
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#heard?.removeEventListener('change', this.#redraw)
    this.#heard = undefined
  }

  protected override willUpdate(): void {
    if (this.#heard === this.draft) return
    this.#heard?.removeEventListener('change', this.#redraw)
    this.#heard = this.draft
    this.draft.addEventListener('change', this.#redraw)
  }

  protected override render(): TemplateResult {
    const { document } = this.draft
    if (document === undefined) return html``
    const { section, offer, pathway } = this.shown
    const model: FormModel = {
      document,
      faults: this.faults,
      typing: this.typing,
      changing: this.#changing,
      opened: this.#opened,
      isNew: (pointer) => !this.#left.has(pointer) && isWithin(pointer, this.#added),
    }
    return html`${this.#headView(document)}
    ${
      this.removed === undefined
        ? nothing
        : html`<div class="notice"><p>${this.removed} is taken out. <button type="button" class="link" name="undo" id="undo-removal">Bring it back</button></p></div>`
    }
    ${
      offer !== undefined
        ? offerView(model, offer)
        : section.name === 'offers'
          ? offersView(model, { adding: this.adding, addressOf: (index) => this.addressOf(inside('/offers', index)) })
          : pathway
            ? pathwayView(model, pathway)
            : section.name === 'pathways'
              ? pathwaysView(model, (index) => this.addressOf(inside('/pathways', index)))
              : partsView(model, '', section.keys)
    }`
  }

  #headView(document: Json): TemplateResult {
    const { section, offer, pathway } = this.shown
    const back = (list: string, text: string, name: string) =>
      html`<p class="back"><a href=${this.addressOf(list)}>${text}</a></p><h2 id="form-heading" tabindex="-1">${name}</h2>`
    if (offer !== undefined)
      return back('/offers', 'All offers', titleOf(at(document, inside('/offers', offer))) || 'Offer')
    if (!pathway) return html`<h2 id="form-heading" tabindex="-1">${section.title}</h2><p>${section.lead}</p>`
    const name = titleOf(at(document, inside('/pathways', pathway.index))) || 'Pathway'
    return html`${back('/pathways', 'All pathways', name)}
      ${pathwayPagesView(pathway, this.faults, this.addressOf)}`
  }

  /** Moves the focus to a place, or to the nearest thing around it that is on the page. */
  async reveal(pointer: string, { isFault = false } = {}): Promise<void> {
    if (isFault) this.#left.add(pointer)
    for (let around = pointer; around; around = aboveOf(around).parent) this.#opened.add(around)
    this.requestUpdate()
    await this.updateComplete
    for (let around = pointer; around; around = aboveOf(around).parent) {
      const found = this.querySelector<HTMLElement>(`[id="${CSS.escape(around)}"]`)
      if (!found) continue
      found.scrollIntoView({ block: 'center' })
      const inside = found.matches('fieldset')
        ? found.querySelector<HTMLElement>('input:checked, input, select')
        : found
      ;(inside ?? found).focus({ preventScroll: true })
      return
    }
    this.querySelector<HTMLElement>('#form-heading')?.focus()
  }

  get #document(): Json {
    return this.draft.document ?? null
  }

  #change(document: Json, pointer: string, typing = false): void {
    this.removed = undefined
    this.draft.change(document, pointer, typing)
  }

  #input(event: Event): void {
    const { target } = event
    if (
      !(
        target instanceof HTMLInputElement ||
        target instanceof HTMLTextAreaElement ||
        target instanceof HTMLSelectElement
      )
    )
      return
    if (target.form?.getAttribute('name') === 'new-offer') {
      if (this.adding) this.adding = { ...this.adding, [target.name]: target.value }
      return
    }
    const { at: pointer, as } = target.dataset
    if (!pointer || !as) return
    if (as === 'ticks') {
      if (event.type === 'change' && target instanceof HTMLInputElement)
        this.#change(ticked(this.#document, pointer, target.value, target.checked), pointer)
    } else if (as === 'yes') {
      if (event.type === 'change' && target instanceof HTMLInputElement)
        this.#change(filled(this.#document, pointer, target.checked ? true : undefined), pointer)
    } else if (as === 'union') {
      if (event.type === 'change' && target.value)
        this.#change(chosenForm(this.#document, pointer, target.value), pointer)
    } else if (as === 'pricing') {
      if (event.type === 'change' && (target.value === 'price' || target.value === 'options'))
        this.#change(pricedBy(this.#document, pointer, target.value), pointer)
    } else if (as === 'choice' || as === 'reference') {
      if (event.type === 'change') this.#change(typedInto(this.#document, pointer, 'line', target.value), pointer)
    } else if (event.type === 'input') this.#type(pointer, as as ControlKind, target)
  }

  #type(pointer: string, kind: ControlKind, target: HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement): void {
    // A day of which only the month has been typed is not an empty one.
    if (target.validity.badInput) return
    this.typing = { pointer, text: target.value }
    const { parent, key } = aboveOf(pointer)
    const text = kind === 'text' || kind === 'line' ? target.value.replace(/\s*\n\s*/g, ' ') : target.value
    if (key === 'id') {
      this.#fresh.delete(parent)
      this.#change(withId(this.#document, pointer, text), pointer, true)
    } else if (this.#fresh.has(parent) && key === nameKeyOf(at(this.#document, parent)))
      this.#change(renamed(this.#document, pointer, text, true), pointer, true)
    else this.#change(typedInto(this.#document, pointer, kind, text), pointer, true)
  }

  #leave({ target }: Event): void {
    if (!(target instanceof HTMLElement) || !target.dataset.at) return
    this.draft.settle()
    this.typing = undefined
    this.#left.add(target.dataset.at)
    this.requestUpdate()
  }

  #toggle({ target }: Event): void {
    if (!(target instanceof HTMLDetailsElement) || !target.dataset.entry) return
    if (target.open === this.#opened.has(target.dataset.entry)) return
    if (target.open) this.#opened.add(target.dataset.entry)
    else this.#opened.delete(target.dataset.entry)
    // What is closed is not drawn: a pathway has some hundred questions, decisions and letters.
    this.requestUpdate()
  }

  #press(event: Event): void {
    const button = event.target instanceof Element ? event.target.closest('button') : null
    if (!button || button.type === 'submit') return
    const { name, value } = button
    switch (name) {
      case 'begin':
        this.#begin(value)
        announce(`Added: ${this.#labelOf(value)}`)
        void this.reveal(value)
        break
      case 'take':
        announce(`Taken away: ${this.#labelOf(value)}`)
        this.#opened.delete(value)
        this.#change(put(this.#document, value, undefined), value)
        void this.#focus(`${value}--begin`)
        break
      case 'new-pathway': {
        const { document, pointer } = withPathway(this.#document)
        this.#shiftFresh()
        this.#fresh.add(pointer)
        this.#added.add(pointer)
        this.#change(document, pointer)
        this.#want(inside(pointer, 'name'))
        break
      }
      case 'add': {
        const { document, pointer } = addedTo(this.#document, value)
        if ('id' in (entryAt(document, pointer) ?? {})) this.#fresh.add(pointer)
        this.#added.add(pointer)
        this.#change(document, pointer)
        void this.reveal(this.#firstFieldOf(document, pointer))
        break
      }
      case 'copy': {
        const { parent, key } = aboveOf(value)
        const { document, pointer } = copied(this.#document, parent, Number(key))
        this.#shiftFresh()
        this.#fresh.add(pointer)
        this.#change(document, pointer)
        announce(`Copied: ${titleOf(at(document, pointer))}`)
        this.#want(pointer)
        break
      }
      case 'up':
      case 'down': {
        const by = name === 'up' ? -1 : 1
        const { document, pointer } = moved(this.#document, value, by)
        this.#shiftFresh()
        this.#change(document, pointer)
        announce(`Moved ${name}, now number ${Number(aboveOf(pointer).key) + 1}`)
        void this.#focus(`${pointer}--${name}`, `${pointer}--${name === 'up' ? 'down' : 'up'}`)
        break
      }
      case 'remove':
        this.#remove(value)
        break
      case 'undo':
        this.undo()
        break
      case 'change-id':
        this.#changing.add(value)
        this.requestUpdate()
        void this.reveal(value)
        break
      case 'new-offer':
        this.adding = nothingYet
        void this.#focus('new-name')
        break
      case 'no-offer':
        this.adding = undefined
        void this.#focus('new-offer')
        break
    }
  }

  /** Adds a part; a field that is only filled in, or ticked, is brought to be so. */
  #begin(pointer: string): void {
    const part = partFor(pointer, this.#document)
    this.#opened.add(pointer)
    this.#added.add(pointer)
    if (part && ['object', 'list', 'union', 'named', 'yes'].includes(controlFor(part)))
      this.#change(begun(this.#document, pointer), pointer)
    else this.requestUpdate()
  }

  #remove(pointer: string): void {
    const { parent, key } = aboveOf(pointer)
    const entry = at(this.#document, pointer)
    const name = titleOf(entry) || this.#labelOf(pointer)
    const own = inside(pointer, 'id')
    const named = nameableAt(own)
    const uses =
      named && isObject(entry) && typeof entry.id === 'string'
        ? namings(this.#document, named, entry.id, own).filter((place) => !place.startsWith(`${pointer}/`)).length
        : 0
    this.#shiftFresh()
    this.#change(put(this.#document, pointer, undefined), pointer)
    this.removed =
      uses > 0 ? `${name}, which ${uses === 1 ? 'one other place names' : `${uses} other places name`},` : name
    announce(`${name} is taken out`)
    void this.#focus('undo-removal', `${inside(parent, key)}--remove`, `${parent}--add`)
  }

  /** What is new is known by its place: once places move, nobody can tell any longer. */
  #shiftFresh(): void {
    for (const known of [this.#fresh, this.#changing, this.#opened, this.#added, this.#left]) known.clear()
  }

  /** Takes the latest change back and shows where it was. */
  undo(): void {
    this.#step(this.draft.undo(), 'Taken back')
  }

  /** Makes the change again that was taken back. */
  redo(): void {
    this.#step(this.draft.redo(), 'Done again')
  }

  #step(pointer: string | undefined, said: string): void {
    if (pointer === undefined) {
      announce(said === 'Taken back' ? 'There is nothing to take back' : 'There is nothing to do again')
      return
    }
    this.removed = undefined
    this.typing = undefined
    announce(said)
    if (pointer) this.#want(pointer)
  }

  #want(pointer: string): void {
    this.dispatchEvent(new CustomEvent<Wanted>('outreach-place-wanted', { bubbles: true, detail: { pointer } }))
  }

  #add(event: SubmitEvent): void {
    const form = event.target
    if (!(form instanceof HTMLFormElement) || form.getAttribute('name') !== 'new-offer' || !this.adding) return
    event.preventDefault()
    const { name, kind, summary, price } = this.adding
    const pence = price.trim() === '' ? 0 : penceFrom(price)
    const wrong: Adding['wrong'] = {
      ...(!name.trim() && { name: 'Enter what the offer is called.' }),
      ...(!summary.trim() && { summary: 'Enter a sentence that says what it is.' }),
      ...(typeof pence !== 'number' && { price: 'Enter an amount such as 1,050 or 1,050.50.' }),
    }
    const [first] = Object.keys(wrong)
    if (first || typeof pence !== 'number') {
      this.adding = { ...this.adding, wrong }
      void this.#focus(`new-${first ?? 'price'}`)
      return
    }
    const { document, pointer } = withOffer(this.#document, { name: name.trim(), kind, summary: summary.trim(), pence })
    this.adding = undefined
    this.#shiftFresh()
    this.#fresh.add(pointer)
    this.#change(document, pointer)
    announce(`Added: ${name.trim()}`)
    this.#want(pointer)
  }

  #labelOf(pointer: string): string {
    const part = partFor(pointer, this.#document)
    return part ? wordsFor(part).label.toLowerCase() : (keysOf(pointer).at(-1) ?? '')
  }

  #firstFieldOf(document: Json, pointer: string): string {
    const entry = at(document, pointer)
    if (!isObject(entry)) return pointer
    const key = ['name', 'role', 'label', 'question', 'text', 'from'].find(
      (one) => one in entry || partFor(inside(pointer, one), document),
    )
    return key ? inside(pointer, key) : pointer
  }

  /** Moves the focus to the first of some ids that is there. */
  async #focus(...ids: string[]): Promise<void> {
    await this.updateComplete
    for (const id of ids) {
      const found = this.querySelector<HTMLElement>(`[id="${CSS.escape(id)}"]`)
      if (!found) continue
      found.focus()
      return
    }
  }
}

function isWithin(pointer: string, places: ReadonlySet<string>): boolean {
  for (let around = pointer; around; around = aboveOf(around).parent) if (places.has(around)) return true
  return false
}

function entryAt(document: Json, pointer: string): object | undefined {
  const entry = at(document, pointer)
  return isObject(entry) ? entry : undefined
}

define('outreach-draft-form', OutreachDraftForm)
