import * as z from 'zod/mini'

/** How many websites may show a provider's pages in a frame. */
export const MOST_FRAME_ORIGINS = 50

/** The websites that may show a provider's pages in a frame, as their addresses were typed. */
export const framesRequest = z.object({
  origins: z.array(z.string().check(z.maxLength(300, 'too-long'))).check(z.maxLength(MOST_FRAME_ORIGINS, 'too-many')),
})
