import { id, line } from '../../catalogue/schema/text.ts'

const title = line(120)

/** The title and the year's name in a draft's text, as far as they can be read; nothing of what is no JSON. */
export function readIn(text: string): { readTitle: string | undefined; readCatalogue: string | undefined } {
  let document: unknown
  try {
    document = JSON.parse(text.replace(/^\ufeff/, ''))
  } catch {
    return { readTitle: undefined, readCatalogue: undefined }
  }
  const members: Record<string, unknown> = typeof document === 'object' && document !== null ? { ...document } : {}
  return { readTitle: title.safeParse(members.title).data, readCatalogue: id.safeParse(members.catalogue).data }
}

/** How many bytes a text takes. */
export function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length
}
