/** Where something stands in a text; both count from 1. */
export interface Place {
  line: number
  column: number
}

/** What keeps a text from being JSON, or, `repeated-key`, from saying one thing only. */
export type SyntaxCode =
  | 'empty'
  | 'ends-early'
  | 'comma-missing'
  | 'comma-extra'
  | 'colon-missing'
  | 'key-not-quoted'
  | 'text-not-closed'
  | 'not-an-escape'
  | 'not-a-number'
  | 'not-a-value'
  | 'comment'
  | 'more-after-end'
  | 'nested-too-deep'
  | 'repeated-key'

/** A mistake of syntax; `found` is what stands there. */
export interface SyntaxFault {
  place: Place
  code: SyntaxCode
  found?: string
}

const DEEPEST = 200

class Stop extends Error {
  readonly fault: { at: number; code: SyntaxCode }
  constructor(at: number, code: SyntaxCode) {
    super(code)
    this.fault = { at, code }
  }
}

/**
 * Where each value of a JSON text stands, by JSON pointer, and its mistakes of syntax: the first that keeps it from
 * being read, and every key that an object has twice (of which JSON would silently keep the last).
 */
export function placesIn(text: string): { places: Map<string, Place>; faults: SyntaxFault[] } {
  const offsets = new Map<string, number>()
  const found: { at: number; code: SyntaxCode; found?: string }[] = []
  let at = text.startsWith('\ufeff') ? 1 : 0

  const skip = () => {
    while (at < text.length && ' \t\r\n'.includes(text.charAt(at))) at += 1
    if (text.charAt(at) === '/' && '/*'.includes(text.charAt(at + 1) || ' ')) throw new Stop(at, 'comment')
  }
  const readText = (): string => {
    const start = at
    at += 1
    while (text.charAt(at) !== '"') {
      const character = text.charAt(at)
      if (character === '' || character < ' ') throw new Stop(start, 'text-not-closed')
      if (character === '\\' && !/^\\(["\\/bfnrt]|u[0-9a-fA-F]{4})/.test(text.slice(at, at + 6)))
        throw new Stop(at, 'not-an-escape')
      at += character === '\\' ? 2 : 1
    }
    at += 1
    return String(JSON.parse(text.slice(start, at)))
  }
  const readList = (close: string, readEntry: (index: number) => void) => {
    at += 1
    skip()
    for (let index = 0; text.charAt(at) !== close; index += 1) {
      if (at >= text.length) throw new Stop(at, 'ends-early')
      readEntry(index)
      skip()
      const comma = at
      if (text.charAt(at) === ',') {
        at += 1
        skip()
        if (text.charAt(at) === close) throw new Stop(comma, 'comma-extra')
      } else if (at >= text.length) throw new Stop(at, 'ends-early')
      else if (text.charAt(at) !== close) throw new Stop(at, 'comma-missing')
    }
    at += 1
  }
  const readValue = (pointer: string, depth: number) => {
    skip()
    offsets.set(pointer, at)
    if (depth > DEEPEST) throw new Stop(at, 'nested-too-deep')
    const character = text.charAt(at)
    if (character === '') throw new Stop(at, 'ends-early')
    if (character === '"') readText()
    else if (character === '[') readList(']', (index) => readValue(`${pointer}/${index}`, depth + 1))
    else if (character === '{') {
      const keys = new Set<string>()
      readList('}', () => {
        const start = at
        if (text.charAt(at) !== '"') throw new Stop(at, 'key-not-quoted')
        const key = readText()
        if (keys.has(key)) found.push({ at: start, code: 'repeated-key', found: key })
        keys.add(key)
        skip()
        if (text.charAt(at) !== ':') throw new Stop(at, 'colon-missing')
        at += 1
        readValue(`${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`, depth + 1)
      })
    } else {
      const word = /^[^\s,:[\]{}"]*/.exec(text.slice(at, at + 400))?.[0] ?? ''
      if (/^[-+.\d]/.test(word) && !/^-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?$/.test(word))
        throw new Stop(at, 'not-a-number')
      if (!/^(true|false|null|-?\d.*)$/.test(word)) throw new Stop(at, 'not-a-value')
      at += word.length
    }
  }

  try {
    skip()
    if (at >= text.length) throw new Stop(at, 'empty')
    readValue('', 0)
    skip()
    if (at < text.length) throw new Stop(at, 'more-after-end')
  } catch (error) {
    if (!(error instanceof Stop)) throw error
    const { fault } = error
    const word = /^\S{1,20}/.exec(text.slice(fault.at))?.[0]
    found.push({ ...fault, ...(word && { found: word }) })
  }
  const starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)]
  const placeOf = (offset: number): Place => {
    let line = 0
    for (let after = starts.length; line + 1 < after; ) {
      const middle = (line + after) >> 1
      if ((starts[middle] ?? 0) <= offset) line = middle
      else after = middle
    }
    return { line: line + 1, column: offset - (starts[line] ?? 0) + 1 }
  }
  return {
    places: new Map([...offsets].map(([pointer, offset]) => [pointer, placeOf(offset)])),
    faults: found.map(({ at: offset, ...fault }) => ({ place: placeOf(offset), ...fault })),
  }
}
