/** Something that does not fit together: where (a JSON pointer), what, and the text that it is about. */
export interface Noted<Code extends string> {
  pointer: string
  code: Code
  about?: string
}

/** Writes down something that does not fit together. */
export type Note<Code extends string> = (pointer: string, code: Code, about?: string) => void

/** A list of what does not fit together, and what writes into it. */
export function noting<Code extends string>(): { faults: Noted<Code>[]; note: Note<Code> } {
  const faults: Noted<Code>[] = []
  const note: Note<Code> = (pointer, code, about) => {
    faults.push({ pointer, code, ...(about === undefined ? {} : { about }) })
  }
  return { faults, note }
}

/** Notes the ids that a list has a second time; `seen` is what other lists have already. */
export function noteRepeated(
  entries: readonly { id: string }[] | undefined,
  pointer: string,
  note: Note<'repeated-id'>,
  seen: Set<string> = new Set(),
): void {
  entries?.forEach(({ id }, index) => {
    if (seen.has(id)) note(`${pointer}/${index}/id`, 'repeated-id', id)
    seen.add(id)
  })
}
