import { isPlainText } from '../../catalogue/schema/plain.ts'
import type { AppContext } from '../environment.ts'
import { Failure } from '../failures.ts'
import { textWithin } from '../requests/body.ts'

/** What a page's form sent, as pairs. Only what a browser sends is read; lines of a text field keep their ends. */
export async function formOf(c: AppContext): Promise<[string, string][]> {
  if (!/^application\/x-www-form-urlencoded\b/i.test(c.req.header('Content-Type') ?? '')) throw new Failure('not-json')
  return [...new URLSearchParams(await textWithin(c.req.raw))].filter(([name]) => isPlainText(name))
}
