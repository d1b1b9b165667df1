import type { Json } from './places.ts'

/** As wide as a line of the files in `catalogue/providers/`. */
const WIDTH = 120

/** A document as text, in the form of the files in `catalogue/providers/`: short lists of plain values stand on one line. */
export function written(document: Json): string {
  return `${valueText(document, '', 0)}\n`
}

/** `taken` is how much of the line stands before the value. */
function valueText(value: Json, indent: string, taken: number): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const inner = `${indent}  `
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]'
    if (value.every((entry) => typeof entry !== 'object' || entry === null)) {
      const line = `[${value.map((entry) => JSON.stringify(entry)).join(', ')}]`
      // A comma may follow.
      if (taken + line.length < WIDTH) return line
    }
    return `[\n${value.map((entry) => inner + valueText(entry, inner, inner.length)).join(',\n')}\n${indent}]`
  }
  const entries = Object.entries(value)
  if (entries.length === 0) return '{}'
  const lines = entries.map(([key, entry]) => {
    const head = `${inner}${JSON.stringify(key)}: `
    return head + valueText(entry, inner, head.length)
  })
  return `{\n${lines.join(',\n')}\n${indent}}`
}
