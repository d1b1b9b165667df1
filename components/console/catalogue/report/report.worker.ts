// The report, beside the page: a key never waits for it.
import { Inbox } from '../document/patch.ts'
import { written } from '../document/written.ts'
import { reportedOn } from './reported.ts'
import type { Asked } from './reporting.ts'

const inbox = new Inbox()

self.addEventListener('message', ({ data }: MessageEvent<Asked>) => {
  const text = 'text' in data ? data.text : written(inbox.take(data.sent) ?? null)
  self.postMessage(reportedOn(data, text))
})
