import { html, nothing, type TemplateResult } from 'lit'
import { counted } from '../../../../catalogue/report/figures.ts'
import { inside } from '../../../../catalogue/rules/pointers.ts'
import { at, isObject, type Json } from '../document/places.ts'
import { type FormModel, faultsBelow, partsView, toolsView } from './form.view.ts'
import { type FormPlace, namesIn, type PathwayPart, pathwayParts } from './sections.ts'

/** The list of pathways, with everything that can be done to one as a whole. */
export function pathwaysView({ document, faults }: FormModel, addressOf: (pathway: number) => string): TemplateResult {
  const pathways = namesIn(document, 'pathways')
  return html`${pathways.length === 0 ? html`<div class="empty"><p>Nobody can be referred yet. Add the first pathway.</p></div>` : nothing}
    <ol class="offers">${pathways.map(({ name, index }) => {
      const pointer = inside('/pathways', index)
      const wrong = faultsBelow(faults, pointer)
      return html`<li>
        <div class="offer">
          <a href=${addressOf(index)} id=${pointer}><b>${name}</b></a>
          <span class="note">${pathwayBrief(at(document, pointer))}</span>
          ${wrong > 0 ? html`<span class="state bad">${counted(wrong, 'mistake')}</span>` : nothing}
        </div>
        ${toolsView('/pathways', index, pathways.length, name, { canCopy: true })}
      </li>`
    })}</ol>
    <div class="buttons"><button type="button" name="new-pathway" id="/pathways--add">Add a pathway</button></div>`
}

/** How much there is to a pathway, in a few words. */
function pathwayBrief(pathway: Json | undefined): string {
  if (!isObject(pathway)) return ''
  const { parts, stages } = pathway
  const questions = (Array.isArray(parts) ? parts : []).flatMap((part) =>
    isObject(part) && Array.isArray(part.questions) ? part.questions : [],
  )
  return [counted(questions.length, 'question'), counted(Array.isArray(stages) ? stages.length : 0, 'stage')].join(
    ' · ',
  )
}

/** The pages of one pathway. */
export function pathwayPagesView(
  { index, part: here }: NonNullable<FormPlace['pathway']>,
  faults: FormModel['faults'],
  addressOf: (pointer: string) => string,
): TemplateResult {
  const pointer = inside('/pathways', index)
  const wrongOn = ({ keys }: PathwayPart) =>
    keys.reduce((sum, key) => sum + faultsBelow(faults, inside(pointer, key)), 0)
  return html`<nav class="pages" aria-label="Pages of this pathway"><ul>${pathwayParts.map((part) => {
    const wrong = wrongOn(part)
    return html`<li><a href=${addressOf(inside(pointer, part.keys[0] ?? ''))} aria-current=${part === here ? 'page' : nothing}>${part.title}${
      wrong > 0
        ? html` <span class="wrong">${wrong}<span class="hidden"> ${wrong === 1 ? 'mistake' : 'mistakes'}</span></span>`
        : nothing
    }</a></li>`
  })}</ul></nav>`
}

/** One page of one pathway. */
export function pathwayView(model: FormModel, { index, part }: NonNullable<FormPlace['pathway']>): TemplateResult {
  const pointer = inside('/pathways', index)
  if (!isObject(at(model.document, pointer))) return html`<p>This pathway is no longer there.</p>`
  const [key = '', ...others] = part.keys
  // What is the whole of a page needs no frame of its own.
  const isWhole = others.length === 0 && isObject(at(model.document, inside(pointer, key)))
  return html`<section class="offer-part"><h3>${part.title}</h3><p>${part.lead}</p>
    ${isWhole ? partsView(model, inside(pointer, key)) : partsView(model, pointer, part.keys)}</section>`
}
