import type { Caution, Finding } from '../../../../catalogue/report.ts'
import type { DraftDocument } from '../document/draft-document.ts'

/** A text to report on. */
export interface Asked {
  number: number
  text: string
}

/** What is to be said of a text. */
export interface Reported {
  number: number
  mistakes: Finding[]
  warnings: Caution[]
}

/** So many milliseconds after a key the report is begun: quick typing is one text. */
const SOON = 40

/**
 * Reports on a draft as one types: in a worker beside the page, or, where none can be had, between two of the page's own tasks.
 *
 * @fires change - once a report is there
 */
export class Reporting extends EventTarget {
  /** The latest report; undefined before the first. */
  report: Reported | undefined
  /** Milliseconds from the latest change to its report. */
  took = 0

  readonly #draft: DraftDocument
  #worker: Worker | undefined
  #number = 0
  #answered = 0
  #changedAt = performance.now()
  #timer: ReturnType<typeof setTimeout> | undefined
  readonly #soon = () => {
    this.#changedAt = performance.now()
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#ask(), SOON)
  }

  constructor(draft: DraftDocument) {
    super()
    this.#draft = draft
    draft.addEventListener('change', this.#soon)
    try {
      // Beside the console's other files; told apart from what the bundler would carry along.
      const here = import.meta.url
      this.#worker = new Worker(new URL('../report.js', here), { type: 'module' })
      this.#worker.addEventListener('message', ({ data }: MessageEvent<Reported>) => this.#take(data))
      this.#worker.addEventListener('error', () => {
        this.#worker = undefined
        this.#ask()
      })
    } catch {
      // No workers here: the page does it itself.
    }
    this.#ask()
  }

  /** Ends the worker. */
  stop(): void {
    clearTimeout(this.#timer)
    this.#draft.removeEventListener('change', this.#soon)
    this.#worker?.terminate()
    this.#worker = undefined
  }

  /** Whether the report is about the draft as it stands. */
  get isCurrent(): boolean {
    return this.#answered === this.#number && this.#timer === undefined
  }

  #ask(): void {
    this.#timer = undefined
    this.#number += 1
    const asked: Asked = { number: this.#number, text: this.#draft.text }
    if (this.#worker) this.#worker.postMessage(asked)
    else void this.#doHere(asked)
  }

  async #doHere({ number, text }: Asked): Promise<void> {
    const { reportOn } = await import('../../../../catalogue/report.ts')
    if (number !== this.#number) return
    const { mistakes, warnings } = reportOn(text)
    this.#take({ number, mistakes, warnings })
  }

  #take(report: Reported): void {
    if (report.number < this.#answered) return
    this.#answered = report.number
    this.report = report
    this.took = performance.now() - this.#changedAt
    this.dispatchEvent(new Event('change'))
  }
}
