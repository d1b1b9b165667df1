import { html, type TemplateResult } from 'lit'

/** How to paste a snippet into the systems that schools' websites are made with. */
const websites: readonly { name: string; steps: readonly string[]; after?: string }[] = [
  {
    name: 'WordPress (block editor)',
    steps: [
      'Open the page, and press + where the widget should stand.',
      'Choose the block “Custom HTML”.',
      'Paste the snippet, and press “Preview” in the block’s bar.',
      'Press “Update” or “Publish”.',
    ],
    after:
      'If only the link is left after saving, your account may not add scripts. Ask an administrator of the site to paste it, or use the second form of the snippet with the script added once by them.',
  },
  {
    name: 'e4education, SchoolJotter, Juniper and other school website systems',
    steps: [
      'Open the page in the editor, and add a block called “Custom HTML”, “Embed code”, “Widget” or “HTML”.',
      'Paste the snippet and save.',
      'Look at the page itself: some editors show an empty box while you edit.',
    ],
    after:
      'If there is no such block, ask the company’s support to “allow a script from this address on our page”, and send them the snippet. Until then, use the frame or the link below.',
  },
  {
    name: 'Google Sites',
    steps: [
      'Choose Insert, then Embed, then “Embed code”.',
      'Paste the snippet, press Next, then Insert.',
      'Drag the box’s lower edge until nothing is cut off, then publish.',
    ],
  },
  {
    name: 'Wix',
    steps: [
      'Press Add Elements, then Embed Code, then “Embed HTML”.',
      'Choose “Code”, paste the snippet and press Apply.',
      'Stretch the box to the page’s width and make it about 1,200 pixels high.',
    ],
  },
  {
    name: 'Squarespace',
    steps: [
      'Edit the page, press + and choose the block “Code”.',
      'Leave the kind at HTML, paste the snippet and save. Scripts need a Core plan or higher.',
    ],
  },
  {
    name: 'Drupal',
    steps: [
      'Edit the page, and set the text format below the field to “Full HTML”.',
      'Press “Source”, paste the snippet and save.',
    ],
    after: 'If the format is not offered, ask whoever looks after the site: they can place it as a block.',
  },
  {
    name: 'A website that removes scripts, or another system',
    steps: [
      'Try the second form of the snippet: some editors let it through.',
      'If that is removed too, use the frame. Add your website to the list at the foot of this page first.',
      'If frames are removed as well, make a link to your page on the portal. Everything works there without any script.',
    ],
  },
  {
    name: 'A website with a content security policy',
    steps: ['Add this product’s address to script-src and connect-src. No inline script or style is ever used.'],
  },
]

/** The steps for each kind of website, one open at a time. */
export function websitesView(): TemplateResult {
  return html`${websites.map(
    ({ name, steps, after }) => html`<details class="more" name="website">
      <summary>${name}</summary>
      <ol>${steps.map((step) => html`<li>${step}</li>`)}</ol>
      ${after ? html`<p>${after}</p>` : ''}
    </details>`,
  )}`
}
