import { html, type TemplateResult } from 'lit'
import { pricingDay } from '../../catalogue/rules/in-force.ts'
import { MOST_SCHOOLS } from '../../catalogue/rules/most.ts'
import { schoolsFrom, type TypedSchools, withPasted } from '../../catalogue/wire/schools-from.ts'
import { BasketElement, type Loaded } from '../kit/basket-element.ts'
import { define } from '../kit/define.ts'
import { words } from '../words/en/cluster-calculator.ts'
import { clusterCalculatorStyles } from './cluster-calculator.styles.ts'
import { type ClusterModel, rowsOf, view, workedOut } from './cluster-calculator.view.ts'
import { csvOf } from './csv.ts'

/**
 * What a cluster of schools pays together: schools and pupils in, price, hours and each school's share out.
 *
 * @element outreach-cluster-calculator
 * @fires outreach-basket-changed - the basket, when the cluster is put into it
 */
export class OutreachClusterCalculator extends BasketElement {
  static override styles = [BasketElement.styles, clusterCalculatorStyles]

  protected override get eager(): boolean {
    return true
  }
  #typed: TypedSchools | undefined
  #buyerClass = ''
  #tried = false
  #shown: ClusterModel | undefined

  constructor() {
    super()
    this.listen('input', (control) => this.#type(control))
    this.listen('click', (control) => this.#press(control))
    this.addEventListener('paste', (event) => this.#paste(event))
  }

  protected show({ catalogue }: Loaded): TemplateResult {
    const { basket, workings, links, headingLevel } = this
    if (!workings) return html``
    // What was typed into the fallback before the widget was ready.
    if (!this.#shown) this.#typed = schoolsFrom(this.typed)
    this.#shown = {
      catalogue,
      on: pricingDay(catalogue, catalogue.on),
      basket,
      workings,
      typed: this.#typed,
      buyerClass: this.#buyerClass,
      tried: this.#tried,
      links,
      live: true,
      headingLevel,
    }
    return view(this.#shown)
  }

  get #rows() {
    return rowsOf(this.#typed, this.basket)
  }

  #keep(typed: TypedSchools): void {
    this.#typed = typed
    this.requestUpdate()
  }

  #type(control: HTMLInputElement): void {
    const { name, value } = control
    const held = name === 'holds' && this.#shown && this.workings?.chosen(this.#shown.catalogue, this.basket, control)
    if (held) this.basket = held.basket
    if (name === 'buyer.class') this.#buyerClass = value
    const [, index, field] = /^buyer\.schools\.(\d+)\.(\w+)$/.exec(name) ?? []
    if (field) {
      const rows = this.#rows.map((row, at) => (at === Number(index) ? { ...row, [field]: value } : row))
      this.#keep({ ...this.#typed, rows })
    } else this.requestUpdate()
  }

  #press({ name, value }: HTMLInputElement): void {
    if (name === 'list') this.#add(value)
    if (name === 'csv') this.#download()
    if (name === 'print') print()
    if (name !== 'step') return
    const rows = this.#rows
    if (value === 'paste') {
      const area = this.renderRoot.querySelector<HTMLTextAreaElement>('textarea')
      if (area) this.#take(area.value, rows.length)
    } else if (value === 'add') {
      if (rows.length >= MOST_SCHOOLS) return
      this.#keep({ rows: [...rows, { name: '', pupils: '' }] })
      this.#focus(`buyer.schools.${rows.length}.name`)
    } else {
      const index = Number(value.split('.')[1])
      this.#keep({ rows: rows.filter((_row, at) => at !== index) })
      this.#focus(`buyer.schools.${Math.max(0, Math.min(index, rows.length - 2))}.name`)
    }
  }

  /** Rows out of a spreadsheet, pasted into a field, become schools from that row on. */
  #paste(event: ClipboardEvent): void {
    const control = event.composedPath()[0]
    const text = event.clipboardData?.getData('text/plain') ?? ''
    if (!(control instanceof HTMLInputElement) || !/[\t\n]/.test(text.trim())) return
    event.preventDefault()
    const index = Number(control.name.split('.')[2])
    const { name = '', pupils = '' } = this.#rows[index] ?? {}
    // Into a row that says something already, the paste goes below it.
    this.#take(text, name || pupils ? index + 1 : index)
    control.blur()
  }

  #take(text: string, at: number): void {
    const rows = this.#rows
    const pasted = withPasted(rows, text, at)
    if ('tooMany' in pasted) {
      this.#keep({ rows, refused: { text, tooMany: pasted.tooMany } })
      this.#focus('schools')
    } else {
      this.#keep(pasted)
      const [first] = pasted.report.toMend
      const area = this.renderRoot.querySelector<HTMLTextAreaElement>('textarea')
      if (area) area.value = ''
      if (first) this.#focus(first.fault.name)
    }
  }

  #add(offer: string): void {
    const { basket } = this
    if (!this.#shown) return
    const { schools, faults } = workedOut(this.#shown)
    const [first] = faults
    this.#tried = true
    if (first || !schools.length) {
      this.requestUpdate()
      this.#focus(first?.name ?? 'buyer.schools.0.name')
      return
    }
    this.basket = {
      ...basket,
      items: [...basket.items.filter((item) => item.offer !== offer), { offer, quantity: 1 }],
      // What the order knows of a school already stays with it.
      schools: schools.map((school) => ({ ...basket.schools.find(({ name }) => name === school.name), ...school })),
    }
  }

  #download(): void {
    if (!this.#shown) return
    const { results, rowOf } = workedOut(this.#shown)
    this.speak()
    const rows = results.flatMap(({ cluster }) =>
      cluster
        ? [
            [words.nameHead, words.pupilsHead, `${words.share} (£)`],
            ...cluster.quote.shares.map(({ name, pupils, pence }, index) => [
              name || words.unnamed((rowOf[index] ?? 0) + 1),
              pupils ?? '',
              (pence / 100).toFixed(2),
            ]),
            [words.total, '', (cluster.quote.totalPence / 100).toFixed(2)],
          ]
        : [],
    )
    const link = document.createElement('a')
    link.href = URL.createObjectURL(new Blob([csvOf(rows)], { type: 'text/csv' }))
    link.download = words.file
    link.click()
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
  }

  async #focus(name: string): Promise<void> {
    await this.updateComplete
    this.renderRoot.querySelector<HTMLElement>(`[name="${name}"]`)?.focus()
  }
}

define('outreach-cluster-calculator', OutreachClusterCalculator)
