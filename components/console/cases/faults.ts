import { ProblemError } from '../../kit/api.ts'
import { faultText } from './words.ts'

/** What is wrong with what was typed, and at which control. */
export interface Wrong {
  name: string
  text: string
}

/**
 * What the worker found wrong, at the controls that it is about. `controlOf` gives a control’s name by what the worker calls it; a fault without
 * one is left out. `texts` are said in place of the usual ones, by what the worker calls it too.
 */
export function wrongIn(
  error: unknown,
  controlOf: (called: string) => string | undefined,
  texts: Readonly<Record<string, string>> = {},
): Wrong[] {
  const faults = error instanceof ProblemError ? error.problem.errors : []
  return faults.flatMap(({ pointer, code, most }) => {
    const called = pointer.split('/')[1] ?? ''
    const name = controlOf(called)
    return name === undefined ? [] : [{ name, text: texts[called] ?? faultText(code, most) }]
  })
}

/** What is wrong at a control. */
export function wrongAt(wrong: readonly Wrong[], name: string): string | undefined {
  return wrong.find((one) => one.name === name)?.text
}
