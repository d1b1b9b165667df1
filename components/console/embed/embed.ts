import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit'
import { contrastWithWhite, LEAST_CONTRAST } from '../../../catalogue/rules/contrast.ts'
import type { PathwaysReply } from '../../../catalogue/wire/referral.ts'
import { type CatalogueReply, ProblemError, served } from '../../kit/api.ts'
import { define } from '../../kit/define.ts'
import { get, path, send } from '../api.ts'
import { announce } from '../navigation.ts'
import { ConsolePage } from '../page.ts'
import { answersOf, lineView, selectView, textView } from '../parts/field.view.ts'
import { Loading } from '../parts/loading.ts'
import { emptyView, failureText, noticeView } from '../parts/notice.view.ts'
import { Sending } from '../parts/sending.ts'
import {
  type Choice,
  frameOf,
  originOf,
  plainSnippetOf,
  previewOf,
  snippetOf,
  styleOf,
  WIDGETS,
  type Widget,
  widgets,
} from './snippet.ts'
import { websitesView } from './websites.view.ts'

/** How long somebody has to stop typing before the widget is shown anew, in milliseconds. */
const PAUSE = 400

interface Listed {
  catalogues: { catalogue: string; versions?: { state: string }[] }[]
}

/**
 * Puts a widget together for a website: chosen, seen live, and copied.
 *
 * @element outreach-console-embed
 */
export class OutreachConsoleEmbed extends ConsolePage {
  static override properties: PropertyDeclarations = {
    chosen: { state: true },
    shown: { state: true },
    narrow: { state: true },
    copied: { state: true },
    wrong: { state: true },
    kept: { state: true },
  }

  declare private chosen: Record<string, string>
  /** The address that the preview shows. */
  declare private shown: string
  declare private narrow: boolean
  /** Which text was copied last. */
  declare private copied: string
  declare private wrong: string | undefined
  declare private kept: boolean

  #timer: ReturnType<typeof setTimeout> | undefined
  readonly #sending = new Sending(this)
  readonly #catalogue = new Loading<CatalogueReply | null>(
    this,
    // A provider without a catalogue has nothing to embed yet.
    () =>
      served<CatalogueReply>('', this.provider, 'catalogue').catch((error) => {
        if (error instanceof ProblemError) return null
        throw error
      }),
    () => this.provider,
  )
  readonly #pathways = new Loading<PathwaysReply['pathways']>(
    this,
    () =>
      served<PathwaysReply>('', this.provider, 'pathways').then(
        ({ pathways }) => pathways,
        () => [],
      ),
    () => this.provider,
  )
  readonly #years = new Loading(
    this,
    async () => {
      const { catalogues } = await get<Listed>(path`/providers/${this.provider}/catalogues`)
      // What was taken back whole would show nothing.
      return catalogues
        .filter(({ versions }) => versions?.some(({ state }) => state === 'in-force' || state === 'scheduled') ?? true)
        .map(({ catalogue }) => catalogue)
    },
    () => this.provider,
  )
  readonly #frames = new Loading(
    this,
    async () => (await get<{ origins: string[] }>(path`/providers/${this.provider}/frames`)).origins,
    () => this.provider,
  )

  constructor() {
    super()
    this.chosen = {}
    this.shown = ''
    this.narrow = false
    this.copied = ''
    this.kept = false
    this.loads.push(this.#catalogue)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    clearTimeout(this.#timer)
  }

  protected override render(): TemplateResult {
    return html`<h1>Embed</h1>
      <p>Put your packages, training, orders and referrals on your own website. What you publish here shows there by itself.</p>
      ${this.#catalogue.view((catalogue) =>
        catalogue === null
          ? emptyView(
              html`<p>There is nothing to show yet. <a href=${`/console/${this.provider}/catalogue`}>Publish a catalogue first</a>.</p>`,
            )
          : this.#choiceView(catalogue),
      )}
      <h2>Websites that may show your portal in a frame</h2>
      <p>Only for websites that remove scripts. A website that is not listed shows an empty frame.</p>
      ${this.#frames.view((origins) => this.#framesView(origins))}`
  }

  #choice(catalogue: CatalogueReply): Choice {
    const { widget, pathway = '', year = '', language = '', level = '2', order = '', own, colour = '' } = this.chosen
    return {
      origin: this.session.origin,
      provider: this.provider,
      widget: WIDGETS.find((one) => one === widget) ?? 'package-picker',
      pathway,
      catalogue: year,
      language,
      headingLevel: level,
      orderHref: originOf(order) ? order : '',
      colour: own ? colour || (catalogue.provider.colour ?? '#0b5d57') : '',
    }
  }

  #choiceView(catalogue: CatalogueReply): TemplateResult {
    const choice = this.#choice(catalogue)
    const pathways = this.#pathways.value ?? []
    const offered = widgetsOf(catalogue, pathways.length > 0)
    const years = this.#years.value ?? [catalogue.catalogue]
    const pale = choice.colour !== '' && contrastWithWhite(choice.colour) < LEAST_CONTRAST
    return html`<div class="columns embed">
      <form @input=${this.#choose} @change=${this.#choose} @submit=${(event: Event) => event.preventDefault()}>
        <h2>Choose</h2>
        ${selectView({ name: 'widget', label: 'Widget', value: choice.widget, choices: offered.map((value) => ({ value, name: widgets[value].name })) })}
        ${
          choice.widget === 'referral-form'
            ? selectView({
                name: 'pathway',
                label: 'Pathway',
                value: choice.pathway,
                choices: [
                  { value: '', name: 'The visitor chooses' },
                  ...pathways.map(({ id, name }) => ({ value: id, name })),
                ],
              })
            : nothing
        }
        ${selectView({ name: 'year', label: 'Catalogue', value: choice.catalogue, choices: [{ value: '', name: 'The one in force, year after year' }, ...years.map((value) => ({ value, name: `Always ${value}` }))] })}
        ${selectView({
          name: 'language',
          label: 'Language',
          value: choice.language,
          choices: [
            { value: '', name: 'The page’s own' },
            { value: 'en', name: 'English' },
            { value: 'cy', name: 'Welsh' },
          ],
        })}
        ${selectView({ name: 'level', label: 'Level of its heading', hint: 'One below the heading that stands over it.', value: choice.headingLevel, choices: ['2', '3', '4'].map((value) => ({ value, name: value })) })}
        ${
          choice.widget === 'order-form' || choice.widget === 'referral-form'
            ? nothing
            : lineView({
                name: 'order',
                label: 'Your own page with the order form',
                hint: 'Its whole address. Leave it empty to order on the portal.',
                type: 'url',
                size: 'full',
                error:
                  this.chosen.order && !choice.orderHref ? 'Enter an address that begins with https://' : undefined,
              })
        }
        <fieldset class="question"><legend>Colour</legend>
          <label class="choice"><input type="checkbox" name="own" value="yes"> Use a colour of our own</label>
          ${
            this.chosen.own
              ? html`<label class="choice">Colour of links and buttons <input type="color" name="colour" value=${choice.colour}></label>`
              : nothing
          }
          ${pale ? html`<p class="error" role="status">White text on this colour is hard to read. Choose a darker one.</p>` : nothing}
        </fieldset>
      </form>
      <div class="preview">
        <div class="head">
          <h2>See it</h2>
          <label class="choice"><input type="checkbox" name="narrow" .checked=${this.narrow} @change=${this.#turn}> As on a phone</label>
        </div>
        <iframe class=${this.narrow ? 'phone' : nothing} sandbox="allow-scripts" title=${`${widgets[choice.widget].name}, live`} src=${this.shown || previewOf(choice)}></iframe>
        <p class="note">Links lead nowhere here.</p>
      </div>
    </div>
    <h2>Copy it</h2>
    ${this.#codeView('snippet', 'Paste this where the widget should stand', snippetOf(choice))}
    <details class="more"><summary>The editor removes the widget when I save</summary>
      ${this.#codeView('plain', 'The second form, for editors that remove tags which they do not know', plainSnippetOf(choice))}
      ${this.#codeView('frame', 'A frame, for websites that remove scripts', frameOf(choice))}
    </details>
    <details class="more"><summary>For whoever looks after the website’s styles</summary>
      ${this.#codeView('style', 'This rule keeps the page still while the widget arrives', styleOf(choice))}
    </details>
    <h2>Where to paste it</h2>
    ${websitesView()}`
  }

  #codeView(id: string, label: string, code: string): TemplateResult {
    return html`<div class="question code">
      <label for=${id}>${label}</label>
      <textarea id=${id} readonly rows=${code.split('\n').length + 1} spellcheck="false" .value=${code}></textarea>
      <div class="buttons">
        <button type="button" class="secondary" @click=${() => this.#copy(id, code)}>Copy <span class="hidden">“${label}”</span></button>
        <span>${this.copied === id ? 'Copied' : this.copied === `${id}-selected` ? 'It is selected: press Ctrl and C to copy it' : nothing}</span>
      </div>
    </div>`
  }

  #framesView(origins: readonly string[]): TemplateResult {
    return html`<form novalidate @submit=${this.#keepFrames}>
      ${this.kept ? noticeView('The list is saved.', 'good') : nothing}
      ${textView({ name: 'origins', label: 'One website on each line', hint: 'Such as https://www.school.example', value: origins.join('\n'), error: this.wrong })}
      <button class="secondary">${this.#sending.busy ? 'Saving…' : 'Save the list'}</button>
    </form>`
  }

  #choose(event: Event): void {
    if (!(event.currentTarget instanceof HTMLFormElement)) return
    this.chosen = answersOf(event.currentTarget)
    this.copied = ''
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      const catalogue = this.#catalogue.value
      if (catalogue) this.shown = previewOf(this.#choice(catalogue))
    }, PAUSE)
  }

  #turn(): void {
    this.narrow = !this.narrow
  }

  async #copy(id: string, code: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(code)
      this.copied = id
      announce('Copied')
    } catch {
      // A browser may keep its clipboard to itself: then the text is selected.
      this.querySelector<HTMLTextAreaElement>(`#${id}`)?.select()
      this.copied = `${id}-selected`
      announce('It is selected: press Ctrl and C to copy it')
    }
  }

  async #keepFrames(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    if (!(event.currentTarget instanceof HTMLFormElement)) return
    const lines = (answersOf(event.currentTarget).origins ?? '').split('\n').filter((line) => line.trim())
    const odd = lines.find((line) => originOf(line, this.development) === undefined)
    this.kept = false
    this.wrong =
      odd === undefined
        ? undefined
        : `“${odd.trim()}” is no address of a website. Write it as https://www.school.example`
    if (odd === undefined) {
      const origins = [...new Set(lines.flatMap((line) => originOf(line, this.development) ?? []))]
      const done = await this.#sending.run(() => send('PUT', path`/providers/${this.provider}/frames`, { origins }))
      if (done) {
        this.kept = true
        announce('The list is saved.')
        this.#frames.put(origins)
        return
      }
      this.wrong = failureText(this.#sending.error)
    }
    await this.updateComplete
    this.querySelector<HTMLElement>('#origins')?.focus()
  }
}

/** The widgets that a catalogue has something for. */
function widgetsOf({ offers }: CatalogueReply, hasPathways: boolean): Widget[] {
  return WIDGETS.filter(
    (widget) =>
      (widget !== 'training-menu' || offers.some(({ kind }) => kind === 'training')) &&
      (widget !== 'cluster-calculator' || offers.some(({ kind }) => kind === 'cluster-subscription')) &&
      (widget !== 'referral-form' || hasPathways) &&
      (widget !== 'order-form' || offers.some(({ askedBy }) => askedBy !== 'referral')),
  )
}

define('outreach-console-embed', OutreachConsoleEmbed)
