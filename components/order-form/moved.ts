import type { Fault } from '../../catalogue/wire/faults.ts'
import { faultsOfOrder, firstOf } from './faults-of-order.ts'
import { stepAfter, stepOf } from './questions.ts'
import { answersAfter, isStep, type Order, type QuoteOf, quoteFor, STEPS, type Step, stepsOf } from './steps.ts'

/** Where somebody stands in an order: the step shown, and the furthest one seen. */
export interface Standing {
  order: Order
  step: Step
  reached: Step
}

/**
 * What a button leads to, with a script or without: `next`, `back`, a step's name, `remove.N`, or `place`,
 * which is `ready` where nothing is wrong any more. What is wrong is about the step that is shown.
 */
export function moved(
  pressed: string,
  { order, step, reached }: Standing,
  quoteOf: QuoteOf,
): Standing & { faults: Fault[]; ready: boolean } {
  const to = (next: Step, faults: Fault[] = []) => ({
    order,
    step: next,
    reached: STEPS.indexOf(reached) < STEPS.indexOf(next) ? next : reached,
    faults,
    ready: false,
  })
  const [, place] = /^remove\.(\d{1,3})$/.exec(pressed) ?? []
  if (place !== undefined) {
    const { basket, answers } = order
    const left = { ...basket, items: basket.items.filter((_, index) => index !== Number(place)) }
    return { ...to(step), order: { ...order, basket: left, answers: answersAfter(answers, basket, left) } }
  }
  const priced = quoteFor(order, quoteOf)
  const steps = stepsOf(order.catalogue, priced.ok ? priced.quote : undefined)
  if (pressed === 'back') return to(steps[steps.indexOf(step) - 1] ?? 'list')
  // Nobody is sent to a step that has not been reached yet.
  if (isStep(pressed)) return to(STEPS.indexOf(pressed) <= STEPS.indexOf(reached) ? pressed : reached)
  const faults = faultsOfOrder(order, quoteOf)
  const at = (one: Step) => faults.filter(({ pointer }) => stepOf(pointer) === one)
  if (step !== 'check') {
    return at(step).length ? to(step, at(step)) : to(stepAfter(steps, step, reached, (one) => at(one).length > 0))
  }
  return faults.length ? to(...firstOf(faults)) : { ...to('check'), ready: true }
}
