import * as z from 'zod/mini'
import { isPlainText } from '../schema/plain.ts'

/** A text of several lines, which may be empty. Faults: `too-long`, `not-text`. */
export function passage(most: number) {
  return z.string().check(
    z.trim(),
    z.maxLength(most, 'too-long'),
    z.refine((text: string) => isPlainText(text.replace(/\r\n?|[\n\t]/g, ' ')), 'not-text'),
  )
}
