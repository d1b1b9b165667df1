import { expect } from 'chai'
import '../../components/consent-form/consent-form.ts'
import { accessibilityFaults, clear, until } from './page.ts'

// The page's forms are the worker's: here stands one as it sends it, and the element around it.

const page = (inner = '', name = ''): string => `
  <outreach-consent-form>
    ${inner}
    <h1>Your answer, please</h1>
    <form method="post" action="/consent/p/abc" novalidate>
      <input type="hidden" name="seen" value="3">
      <fieldset>
        <legend><span>Share the request</span></legend>
        <p>The school may send its request. The team reads it.</p>
        <label><input type="radio" name="answer.share" value="given"> <span>Yes, I agree</span></label>
        <label><input type="radio" name="answer.share" value="refused"> <span>No, I do not agree</span></label>
      </fieldset>
      <label for="name">Your full name</label>
      <input id="name" name="name" value="${name}">
      <label for="words">What your child would like to say</label>
      <textarea id="words" name="words"></textarea>
      <button>Send my answer</button>
    </form>
    <p data-say="sending" role="status" hidden>Sending your answer …</p>
    <p data-say="lost" role="alert" hidden>No connection just now. What you typed is still here.</p>
    <p data-say="slow" role="alert" hidden>No answer has come.</p>
    <p data-say="failed" role="alert" hidden>Something went wrong on our side.</p>
    <p data-say="busy" role="alert" hidden>Many people are here just now.</p>
    <p data-say="away" role="alert" hidden>Open your link in another window. Then press again here.</p>
    <p data-say="big" role="alert" hidden>That was too long.</p>
  </outreach-consent-form>`

const real = window.fetch
let asked: { url: string; body: string }[] = []
let played: () => Promise<Response> = () => Promise.reject(new TypeError('Failed to fetch'))

/** Puts the page there. Its answers are played. */
function open(html = page()): HTMLElement {
  const main = document.createElement('main')
  main.innerHTML = html
  document.body.append(main)
  asked = []
  window.fetch = async (input, init) => {
    const request = new Request(input, init)
    asked.push({ url: new URL(request.url).pathname, body: await request.text() })
    return played()
  }
  return main
}

/** The page with its mistakes, as the worker sends it back. */
const sentBack = (): Response =>
  new Response(
    `<!doctype html><title>Please look at this again</title><main>${page('<div id="summary" tabindex="-1" role="alert"><a href="#name">Type your full name.</a></div>', 'Ngozi')}</main>`,
    { status: 422, headers: { 'Content-Type': 'text/html' } },
  )

const button = (main: HTMLElement): HTMLButtonElement => {
  const found = main.querySelector('button')
  if (!found) throw new RangeError('there is no button')
  return found
}
const said = (main: HTMLElement): string[] =>
  [...main.querySelectorAll<HTMLElement>('[data-say]')]
    .filter(({ hidden }) => !hidden)
    .map(({ textContent }) => textContent?.trim() ?? '')

/** What a browser's translation does: each text in elements of its own, in other words, over and over. */
function translate(root: ParentNode, mark: string): void {
  const walker = document.createTreeWalker(root as Node, NodeFilter.SHOW_TEXT)
  const texts: Text[] = []
  while (walker.nextNode()) if (walker.currentNode.textContent?.trim()) texts.push(walker.currentNode as Text)
  for (const text of texts) {
    const [outer, inner] = [document.createElement('font'), document.createElement('font')]
    inner.textContent = `${mark} ${text.textContent}`
    outer.append(inner)
    text.replaceWith(outer)
  }
}

describe('The consent form', () => {
  afterEach(() => {
    window.fetch = real
    clear()
  })

  it('sends what was chosen and typed once, however often one presses', async () => {
    let answer = (_: Response): void => {}
    played = () => new Promise((resolve) => (answer = resolve))
    const main = open()
    main.querySelector<HTMLInputElement>('[value=given]')?.click()
    const name = main.querySelector<HTMLInputElement>('#name')
    if (name) name.value = 'نغوزي O’Hara'
    for (let press = 0; press < 5; press += 1) button(main).click()
    await until(() => asked.length > 0, 'what comes of it')
    expect(asked.map(({ url }) => url)).to.deep.equal(['/consent/p/abc'])
    expect([...new URLSearchParams(asked[0]?.body)]).to.deep.equal([
      ['seen', '3'],
      ['answer.share', 'given'],
      ['name', 'نغوزي O’Hara'],
      ['words', ''],
    ])
    await until(() => said(main).join() === 'Sending your answer …', 'what comes of it')
    answer(sentBack())
    await until(() => main.querySelector('#summary') !== null, 'what comes of it')
    expect(asked.length).to.equal(1)
  })

  it('keeps what was typed when the connection is lost, says so, and sends it when one presses again', async () => {
    played = () => Promise.reject(new TypeError('Failed to fetch'))
    const main = open()
    main.querySelector<HTMLInputElement>('[value=refused]')?.click()
    const words = main.querySelector('textarea')
    if (words) words.value = 'One\nTwo'
    button(main).click()
    await until(() => said(main).length === 1, 'what comes of it')
    expect(said(main)[0]).to.contain('What you typed is still here')
    expect(await accessibilityFaults(main)).to.deep.equal([])
    expect(main.querySelector<HTMLInputElement>('[value=refused]')?.checked).to.equal(true)
    expect(main.querySelector('textarea')?.value).to.equal('One\nTwo')
    played = async () => new Response('busy', { status: 503 })
    button(main).click()
    await until(() => asked.length === 2 && said(main).length === 1, 'what comes of it')
    played = async () => sentBack()
    button(main).click()
    await until(() => main.querySelector('#summary') !== null, 'what comes of it')
    expect(asked.length).to.equal(3)
    expect(new URLSearchParams(asked[2]?.body).get('words')).to.equal('One\nTwo')
    expect(said(main)).to.deep.equal([])
  })

  it('shows the page that comes back, with the focus on what to put right', async () => {
    played = async () => sentBack()
    const main = open()
    button(main).click()
    await until(() => document.activeElement?.id === 'summary', 'what comes of it')
    expect(main.querySelector<HTMLInputElement>('#name')?.value).to.equal('Ngozi')
    expect(document.title).to.equal('Please look at this again')
    // And the form that came is heard as the first was.
    button(main).click()
    await until(() => asked.length === 2, 'what comes of it')
  })

  it('shows a page without forms in place of itself', async () => {
    played = async () =>
      new Response('<title>This has come to an end</title><main><h1>This has come to an end</h1></main>', {
        status: 410,
      })
    const main = open()
    button(main).click()
    await until(() => main.querySelector('h1')?.textContent === 'This has come to an end', 'what comes of it')
  })

  it('keeps what was typed where the page was closed meanwhile or there is too much going on, and says what to do', async () => {
    const main = open()
    main.querySelector<HTMLInputElement>('[value=given]')?.click()
    const words = main.querySelector('textarea')
    if (words) words.value = 'I would like to stay in maths.'
    for (const [status, text] of [
      [401, 'Open your link in another window'],
      [403, 'Open your link in another window'],
      [413, 'That was too long'],
      [429, 'Many people are here'],
      [500, 'Something went wrong on our side'],
      [503, 'Something went wrong on our side'],
    ] as const) {
      played = async () => new Response('<title>Another page</title><main><h1>Another page</h1></main>', { status })
      button(main).click()
      await until(() => said(main).join().includes(text), `what is said of ${status}`)
      expect(said(main).length).to.equal(1)
      expect(main.querySelector('textarea')?.value).to.equal('I would like to stay in maths.')
      expect(main.querySelector<HTMLInputElement>('[value=given]')?.checked).to.equal(true)
    }
    played = () => Promise.reject(new DOMException('The time is over', 'TimeoutError'))
    button(main).click()
    await until(() => said(main).join() === 'No answer has come.', 'what is said of silence')
    played = async () => sentBack()
    button(main).click()
    await until(() => main.querySelector('#summary') !== null, 'what comes of it')
    expect(new URLSearchParams(asked.at(-1)?.body).get('words')).to.equal('I would like to stay in maths.')
  })

  it('unfolds what is folded up while it is printed', () => {
    const main = open(page('<details><summary>What this is about</summary><p>The school may send.</p></details>'))
    const isOpen = () => main.querySelector('details')?.open
    window.dispatchEvent(new Event('beforeprint'))
    expect(isOpen()).to.equal(true)
    window.dispatchEvent(new Event('afterprint'))
    expect(isOpen()).to.equal(false)
  })

  it('goes on after a browser has translated the page, before and during', async () => {
    played = () => Promise.reject(new TypeError('Failed to fetch'))
    const main = open()
    translate(main, 'اردو')
    main.querySelector<HTMLInputElement>('[value=given]')?.click()
    button(main).querySelector<HTMLElement>('font font')?.click()
    translate(main, '2')
    await until(() => said(main).length === 1, 'what comes of it')
    expect(said(main)[0]).to.match(/^2 اردو No connection/)
    translate(main, '3')
    played = async () => sentBack()
    button(main).querySelector<HTMLElement>('font')?.click()
    await until(() => main.querySelector('#summary') !== null, 'what comes of it')
    translate(main, '4')
    button(main).click()
    await until(() => asked.length === 3, 'what comes of it')
    expect(new URLSearchParams(asked[1]?.body).get('answer.share')).to.equal('given')
  })

  it('leaves forms alone that only ask', () => {
    const main = open(
      '<outreach-consent-form><form method="get" action="#x"><button>Look</button></form></outreach-consent-form>',
    )
    let isPrevented = true
    main.addEventListener('submit', (event) => {
      isPrevented = event.defaultPrevented
      event.preventDefault()
    })
    button(main).click()
    expect(isPrevented).to.equal(false)
    expect(asked).to.deep.equal([])
  })
})
