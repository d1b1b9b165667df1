// The report, beside the page: a key never waits for it.
import { reportOn } from '../../../../catalogue/report.ts'
import type { Asked, Reported } from './reporting.ts'

self.addEventListener('message', ({ data }: MessageEvent<Asked>) => {
  const { mistakes, warnings } = reportOn(data.text)
  const answer: Reported = { number: data.number, mistakes, warnings }
  self.postMessage(answer)
})
