import type { Caution, Finding } from '../../../../catalogue/report.ts'
import type { DraftDocument } from '../document/draft-document.ts'
import { Outbox, type Sent } from '../document/patch.ts'

/** A draft to report on: its text where somebody has typed that, else its document. */
export type Asked = { provider: string; number: number } & ({ text: string } | { sent: Sent })

/** What is to be said of a draft. */
export interface Reported {
  number: number
  mistakes: Finding[]
  warnings: Caution[]
}

/**
 * Reports on a draft as one types: in a worker beside the page, or, where none can be had, between two of the page's own tasks. While
 * one report is under way, what is typed meanwhile waits for the next.
 *
 * @fires change - once a report is there
 */
export class Reporting extends EventTarget {
  /** The latest report; undefined before the first. */
  report: Reported | undefined

  readonly #provider: string
  readonly #draft: DraftDocument
  readonly #outbox = new Outbox()
  #worker: Worker | undefined
  #number = 0
  #answered = 0
  /** Whether something has changed since the latest one was asked for. */
  #isBehind = true
  #timer: ReturnType<typeof setTimeout> | undefined
  readonly #changed = () => {
    this.#isBehind = true
    this.#soon()
  }

  constructor(provider: string, draft: DraftDocument) {
    super()
    this.#provider = provider
    this.#draft = draft
    draft.addEventListener('change', this.#changed)
    try {
      // Beside the console's other files; told apart from what the bundler would carry along.
      const here = import.meta.url
      this.#worker = new Worker(new URL('../report.js', here), { type: 'module' })
      this.#worker.addEventListener('message', ({ data }: MessageEvent<Reported>) => this.#take(data))
      this.#worker.addEventListener('error', () => {
        this.#worker = undefined
        this.#number = this.#answered
        this.#isBehind = true
        this.#soon()
      })
    } catch {
      // No workers here: the page does it itself.
    }
    this.#soon()
  }

  /** Ends the worker. */
  stop(): void {
    clearTimeout(this.#timer)
    this.#draft.removeEventListener('change', this.#changed)
    this.#worker?.terminate()
    this.#worker = undefined
  }

  #soon(): void {
    if (this.#timer !== undefined || this.#answered < this.#number) return
    // The key's own work comes first.
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      this.#ask()
    })
  }

  #ask(): void {
    this.#isBehind = false
    this.#number += 1
    const { document, isText } = this.#draft
    const named = { provider: this.#provider, number: this.#number }
    if (!this.#worker) void this.#doHere({ ...named, text: this.#draft.text })
    else if (isText || document === undefined) this.#worker.postMessage({ ...named, text: this.#draft.text })
    else this.#worker.postMessage({ ...named, sent: this.#outbox.next(document) } satisfies Asked)
  }

  async #doHere(asked: Asked & { text: string }): Promise<void> {
    const { reportedOn } = await import('./reported.ts')
    this.#take(reportedOn(asked, asked.text))
  }

  #take(report: Reported): void {
    this.#answered = report.number
    if (this.#isBehind) this.#soon()
    this.report = report
    this.dispatchEvent(new Event('change'))
  }
}
