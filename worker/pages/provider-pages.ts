import { html, nothing, type TemplateResult } from 'lit'
import { pricingDay } from '../../catalogue/rules/in-force.ts'
import { MOST_OF_ONE_OFFER } from '../../catalogue/rules/most.ts'
import { basketFrom, knownTo } from '../../catalogue/wire/basket-from.ts'
import { quantityIn } from '../../catalogue/wire/quantity.ts'
import { schoolsFrom } from '../../catalogue/wire/schools-from.ts'
import { view as clusterView } from '../../components/cluster-calculator/cluster-calculator.view.ts'
import { workings } from '../../components/kit/workings.ts'
import { isPicked, view as packagesView } from '../../components/package-picker/package-picker.view.ts'
import { isWrong, view as trainingView } from '../../components/training-menu/training-menu.view.ts'
import { pounds } from '../../components/words/en/money.ts'
import { words } from '../../components/words/en/portal.ts'
import { words as referralWords } from '../../components/words/en/referral-pages.ts'
import { addressOf, speakIn, type Visitor } from './language.ts'
import { addressIn, type PageModel } from './model.ts'
import { contactOf, pageOf, pagesOf } from './shell.ts'

/** A provider's front page: what it does, and where to go. */
export function frontPage(model: PageModel): Promise<string> {
  speakIn(model.language)
  const { catalogue, links } = model
  const { provider, aims, expectations, arrangements, year } = catalogue
  const section = (title: string, texts: readonly string[]) =>
    texts.length
      ? html`<section><h2>${title}</h2><ul lang="en">${texts.map((text) => html`<li>${text}</li>`)}</ul></section>`
      : nothing
  return pageOf({
    title: provider.service,
    visitor: model,
    model,
    main: html`<h1 lang="en">${provider.service}</h1>
      <p class="lead" lang="en">${provider.about}</p>
      <p>${words.year(year.from, year.to)}</p>
      <ul class="doors">
        ${pagesOf(catalogue).map((page) => html`<li><a href=${links[page]}>${words.pages[page]}</a><p>${words.what[page]}</p></li>`)}
      </ul>
      ${aims.length ? html`<section lang="en"><h2>${catalogue.title}</h2><ul>${aims.map((aim) => html`<li>${aim}</li>`)}</ul></section>` : nothing}
      ${expectations ? [section(words.expectProvider, expectations.provider), section(words.expectSchool, expectations.school)] : nothing}
      ${arrangements ? html`<section><h2>${words.arrangements}</h2><p lang="en">${arrangements}</p></section>` : nothing}`,
  })
}

/** The package picker as a form that works without a script, inside the element that takes its place when there is one. */
export function packagesPage(model: PageModel): Promise<string> {
  speakIn(model.language)
  const { catalogue, entries, links, settings } = model
  const basket = knownTo(catalogue, basketFrom(entries))
  const wrong = new Map(
    entries.filter(([name, value]) => {
      const offer = catalogue.offers.find(({ id }) => id === name)
      return (
        offer &&
        isPicked(offer) &&
        !((quantityIn(value) ?? Number.POSITIVE_INFINITY) <= (offer.quantity?.most ?? MOST_OF_ONE_OFFER))
      )
    }),
  )
  const on = pricingDay(catalogue, catalogue.on)
  const form = packagesView({
    catalogue,
    on,
    basket,
    workings,
    explain: workings.explaining(catalogue),
    wrong,
    links,
    live: false,
    settings,
    headingLevel: 1,
  })
  return pageOf({
    title: words.pages.packages,
    visitor: model,
    model,
    page: 'packages',
    main: html`<outreach-package-picker provider=${catalogue.provider.id} catalogue=${model.year ?? nothing} today=${model.today ?? nothing} heading-level="1">${form}</outreach-package-picker>`,
  })
}

/** How a place or support for one pupil is asked for, and what it is. */
export function referralPage(model: PageModel): Promise<string> {
  speakIn(model.language)
  const { catalogue } = model
  const { pathways = [] } = catalogue
  const offers = catalogue.offers.filter(({ askedBy }) => askedBy === 'referral')
  const explain = workings.explaining(catalogue)
  const nobody = { holds: [], schools: [] }
  const priceOf = (offer: (typeof offers)[number]): string => {
    if (offer.options) return ''
    const on = pricingDay(catalogue, catalogue.on)
    const { pence, why } = workings.listPriceOf(offer, { catalogue, on, buyer: nobody, holds: () => false })
    const reasons = why.filter(({ code }) => !pence || code !== 'per-unit').map(explain)
    return [pence ? words.placePrice(pounds(pence), offer.placement?.weeks) : '', ...reasons].filter(Boolean).join('. ')
  }
  const about = (offer: (typeof offers)[number]): TemplateResult => html`<section>
    <h2 lang="en">${offer.name}</h2>
    <p lang="en">${offer.summary}</p>
    <p><b>${priceOf(offer)}</b></p>
    ${offer.placement?.availability ? html`<p class="note" lang="en">${offer.placement.availability}</p>` : nothing}
    ${workings.detailsView(offer, catalogue)}
  </section>`
  return pageOf({
    title: words.pages.referral,
    visitor: model,
    model,
    page: 'referral',
    main: html`<h1>${words.pages.referral}</h1>
      ${
        pathways.length
          ? html`<p class="lead">${referralWords.ask}</p>
            <ul class="doors">${pathways.map(({ id, name, summary }) => html`<li><a href=${addressIn(model, `referral/${id}`)} target="_top" lang="en">${name}</a><p lang="en">${summary}</p></li>`)}</ul>
            ${offers.map(about)}
            <p><a href=${addressIn(model, 'privacy')}>${referralWords.privacy.title}</a> · <a href=${addressIn(model, 'complaints')}>${referralWords.complaints.title}</a></p>`
          : offers.length
            ? html`<p class="lead">${words.referralIntro}</p>
            <p>${words.referralHow(catalogue.provider.name)}</p>
            <div class="panel">${contactOf(catalogue.provider)}</div>
            ${offers.map(about)}`
            : html`<p class="lead">${words.noReferral}</p>`
      }`,
  })
}

/** The list of providers. */
export function providersPage(providers: readonly { id: string; name: string }[], visitor: Visitor): Promise<string> {
  speakIn(visitor.language)
  return pageOf({
    title: words.providers,
    visitor,
    main: html`<h1>${words.providers}</h1>
      <p class="lead">${words.choose}</p>
      <ul class="doors">${providers.map(({ id, name }) => html`<li><a href=${addressOf(`/${id}`, visitor)} lang="en">${name}</a></li>`)}</ul>`,
  })
}

/** A page that says what went wrong, in words. */
export function troublePage(status: number, visitor: Visitor): Promise<string> {
  speakIn(visitor.language)
  const lost = status === 404
  return pageOf({
    title: lost ? words.notFound : words.failed,
    visitor,
    main: html`<h1>${lost ? words.notFound : words.failed}</h1>
      <p class="lead">${lost ? words.notFoundHelp : words.failedHelp}</p>
      <p><a href=${addressOf('/', visitor)}>${words.home}</a></p>`,
  })
}

/** The page for an address that asks too often: a plain text, which costs next to nothing to make. */
export function busyPage(visitor: Visitor): string {
  speakIn(visitor.language)
  return `<!doctype html>
<html lang="${visitor.language === 'cy' ? 'cy' : 'en-GB'}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${words.busy}</title>
<h1>${words.busy}</h1>
<p>${words.busyHelp}</p>
</html>
`
}

/** The training menu as a form that works without a script. */
export function trainingPage(model: PageModel): Promise<string> {
  speakIn(model.language)
  const { catalogue, entries, links, settings } = model
  const basket = knownTo(catalogue, basketFrom(entries))
  const wrong = new Map(entries.filter(([name, value]) => isWrong(catalogue, name, value)))
  const on = pricingDay(catalogue, catalogue.on)
  const form = trainingView({ catalogue, on, basket, workings, wrong, links, live: false, settings, headingLevel: 1 })
  return pageOf({
    title: words.pages.training,
    visitor: model,
    model,
    page: 'training',
    main: html`<outreach-training-menu provider=${catalogue.provider.id} catalogue=${model.year ?? nothing} today=${model.today ?? nothing} heading-level="1">${form}</outreach-training-menu>`,
  })
}

/** The cluster calculator as a form that works without a script. */
export function clusterPage(model: PageModel): Promise<string> {
  speakIn(model.language)
  const { catalogue, entries, links, settings } = model
  const basket = knownTo(catalogue, basketFrom(entries))
  const buyerClass = entries.find(([name, value]) => name === 'buyer.class' && value)?.[1]
  const on = pricingDay(catalogue, catalogue.on)
  const form = clusterView({
    catalogue,
    on,
    basket,
    workings,
    typed: schoolsFrom(entries),
    buyerClass,
    tried: entries.some(([name]) => name === 'step'),
    links,
    live: false,
    settings,
    headingLevel: 1,
  })
  return pageOf({
    title: words.pages.cluster,
    visitor: model,
    model,
    page: 'cluster',
    main: html`<outreach-cluster-calculator provider=${catalogue.provider.id} catalogue=${model.year ?? nothing} today=${model.today ?? nothing} heading-level="1">${form}</outreach-cluster-calculator>`,
  })
}
