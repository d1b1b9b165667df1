import { html, nothing, type TemplateResult } from 'lit'
import type { Rise } from '../../../../catalogue/rules/next-year.ts'
import { penceShown } from '../form/figures.ts'

/** What somebody has said of a rise, as it was typed. */
export interface RiseAnswers {
  percent: string
  roundTo: string
  rounding: string
}

export const riseBefore: RiseAnswers = { percent: '', roundTo: '100', rounding: 'nearest' }

const STEPS: readonly Rise['roundTo'][] = [1, 10, 100, 500, 1_000, 5_000]
const WAYS: readonly (readonly [Rise['rounding'], string])[] = [
  ['nearest', 'To the nearest'],
  ['up', 'Up'],
  ['down', 'Down'],
]

/** A rise out of the answers; undefined where the percentage is none. */
export function riseOf({ percent, roundTo, rounding }: RiseAnswers): Rise | undefined {
  const typed = percent.trim().replace(/\s*%$/, '').replace('−', '-').replace(/^\+/, '')
  if (!/^-?\d{1,3}(\.\d{1,2})?$/.test(typed)) return undefined
  const value = Number(typed)
  const step = STEPS.find((one) => String(one) === roundTo) ?? 100
  const way = WAYS.find(([word]) => word === rounding)?.[0] ?? 'nearest'
  return value > -100 && value <= 500 ? { percent: value, roundTo: step, rounding: way } : undefined
}

/** The questions about a rise: by how much, and rounded how. */
export function riseView({ percent, roundTo, rounding }: RiseAnswers, wrong: boolean): TemplateResult {
  return html`<div class="question"><label for="percent">By how many percent?</label>
      <p class="note" id="percent--help">Such as 3 or 2.5. With a minus, prices fall.</p>
      ${wrong ? html`<p class="error" id="percent--error">Enter a percentage such as 3 or 2.5.</p>` : nothing}
      <span class="affix"><input class="figure" id="percent" name="percent" inputmode="decimal" autocomplete="off" aria-describedby=${wrong ? 'percent--help percent--error' : 'percent--help'} aria-invalid=${wrong ? 'true' : nothing} .value=${percent}><span aria-hidden="true">%</span></span></div>
    <div class="parts abreast">
      <div class="question"><label for="roundTo">Round each price to</label>
        <select id="roundTo" name="roundTo">${STEPS.map((step) => html`<option value=${step} ?selected=${String(step) === roundTo}>${step === 1 ? 'The penny' : step === 10 ? '10p' : `£${penceShown(step)}`}</option>`)}</select></div>
      <div class="question"><label for="rounding">Which way</label>
        <select id="rounding" name="rounding">${WAYS.map(([word, name]) => html`<option value=${word} ?selected=${word === rounding}>${name}</option>`)}</select></div>
    </div>`
}
