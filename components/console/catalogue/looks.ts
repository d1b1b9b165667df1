import { css } from 'lit'

const looks = css`
  .console:has(outreach-console-draft) .width {
    max-width: 1680px;
  }
  .console .step td.numeric {
    white-space: nowrap;
  }
  outreach-console-draft,
  outreach-draft-form,
  outreach-draft-preview,
  outreach-draft-json,
  outreach-draft-publish,
  outreach-draft-raise,
  outreach-draft-prices,
  outreach-draft-review {
    display: block;
    min-width: 0;
  }
  outreach-console-draft .away {
    display: none;
  }
  .draft-head {
    display: flex;
    flex-wrap: wrap;
    gap: 0 24px;
    justify-content: space-between;
    align-items: start;
  }
  .draft-head h1 {
    margin-bottom: 4px;
  }
  .draft-head .keeping {
    margin: 8px 0;
  }
  .console .others {
    list-style: none;
    padding: 8px 12px;
    margin: 0 0 12px;
    border-inline-start: 4px solid var(--warning);
    background: var(--soft);
  }
  .draft-bar {
    display: flex;
    flex-wrap: wrap;
    gap: 8px 12px;
    align-items: center;
    padding: 12px 0;
    border-bottom: 1px solid var(--line);
  }
  .draft-bar > .button {
    margin-inline-start: auto;
  }
  .console .segments {
    display: inline-flex;
    border: 1px solid var(--strong);
    border-radius: var(--radius);
    overflow: hidden;
  }
  .console .segments > :is(a, button) {
    min-height: 38px;
    padding: 6px 12px;
    border: 0;
    border-radius: 0;
    background: #fff;
    color: var(--text);
    font-weight: 400;
    text-decoration: none;
    display: inline-flex;
    align-items: center;
    justify-content: center;
  }
  .console .segments > * + * {
    border-inline-start: 1px solid var(--strong);
  }
  .console .segments > :is([aria-current], [aria-pressed='true']) {
    background: var(--brand);
    color: var(--on-brand);
    font-weight: 700;
  }
  .console .segments > :focus-visible {
    outline-offset: -4px;
    outline-color: currentcolor;
  }
  .console [aria-disabled='true'] {
    color: var(--quiet);
    border-color: var(--line);
    cursor: default;
  }
  .console .draft-bar .more {
    position: relative;
    border: 0;
  }
  .draft-bar .more summary {
    min-height: 40px;
    display: inline-flex;
    align-items: center;
    padding: 0 12px;
    cursor: pointer;
  }
  .draft-bar .more summary::after {
    content: '';
    border: 5px solid transparent;
    border-top-color: currentcolor;
    margin: 5px 0 0 8px;
  }
  .draft-bar .more ul {
    position: absolute;
    z-index: 3;
    inset-inline-start: 0;
    width: max-content;
    list-style: none;
    margin: 0;
    padding: 4px 16px;
    background: #fff;
    border: 1px solid var(--strong);
    border-radius: var(--radius);
  }
  .draft-bar .more :is(a, .link) {
    display: inline-flex;
    align-items: center;
    min-height: 40px;
  }
  .draft-columns {
    display: grid;
    gap: 0 32px;
    padding-top: 16px;
  }
  .draft-columns > * {
    min-width: 0;
  }
  .console .sections ul {
    list-style: none;
    margin: 0;
    padding: 0;
  }
  .console .sections ul ul {
    border-inline-start: 1px solid var(--line);
    margin: 0 0 8px 4px;
    padding-inline-start: 12px;
    max-height: 50vh;
    overflow-y: auto;
  }
  .console .sections a {
    display: block;
    padding: 6px 0;
    color: inherit;
    text-decoration: none;
  }
  .console .sections ul ul a {
    font-size: 0.9375rem;
    padding: 4px 0;
  }
  .console .sections a:hover {
    text-decoration: underline;
  }
  .console .sections [aria-current='page'] {
    font-weight: 700;
    color: var(--brand);
  }
  .console :is(.sections, .pages) .wrong {
    display: inline-block;
    min-width: 22px;
    padding: 0 6px;
    border-radius: 11px;
    background: var(--error);
    color: #fff;
    font-size: 0.8125rem;
    font-weight: 700;
    text-align: center;
  }
  .draft-form h2 {
    margin-top: 0;
  }
  .draft-form h3 {
    font-size: 1.125rem;
    margin: 0 0 12px;
  }
  .draft-form h2:focus {
    outline: none;
  }
  .draft-form .offer-part {
    border-top: 1px solid var(--line);
    padding: 20px 0 4px;
  }
  .draft-form .optional {
    font-weight: 400;
    color: var(--quiet);
  }
  .draft-form .question {
    margin-bottom: 16px;
  }
  .draft-form .note {
    margin-top: 0;
    max-width: 60ch;
  }
  .draft-form .meaning {
    margin: 4px 0 0;
  }
  .console .draft-form :is(textarea, input.full) {
    width: 100%;
    max-width: 640px;
  }
  /* In a row of figures what helps is heard alone: its list says it once for all. */
  .draft-form .entry .abreast .note {
    display: none;
  }
  .console .draft-form input.figure {
    width: 120px;
    text-align: end;
  }
  .console .draft-form input.short {
    width: 180px;
  }
  .console .draft-form input.long {
    width: 320px;
  }
  .draft-form .affix {
    display: inline-flex;
    align-items: center;
    gap: 8px;
  }
  .console .draft-form input.swatch {
    width: 48px;
    padding: 4px;
  }
  .draft-form .ticks {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(220px, 1fr));
    gap: 0 16px;
  }
  .draft-form .group {
    border: 0;
    border-inline-start: 3px solid var(--line);
    margin: 0 0 20px;
    padding: 0 0 0 16px;
    min-width: 0;
  }
  .draft-form .group > legend {
    margin-bottom: 8px;
  }
  .draft-form .group .group {
    margin-top: 4px;
  }
  .console :is(.draft-form .inline > .parts, .parts.abreast) {
    display: flex;
    flex-wrap: wrap;
    gap: 0 24px;
  }
  .draft-form .adding {
    list-style: none;
    display: flex;
    flex-wrap: wrap;
    gap: 0 24px;
    margin: 0 0 16px;
    padding: 0;
  }
  .draft-form .entries {
    list-style: none;
    margin: 0;
    padding: 0;
  }
  .draft-form .entry {
    display: grid;
    grid-template-columns: minmax(0, 1fr) 148px;
    gap: 0 16px;
    align-items: start;
    border-bottom: 1px solid var(--line);
    padding: 8px 0;
  }
  .draft-form .entry.light > [role='group'] > .question:last-child,
  .draft-form .entry.plain .question {
    margin-bottom: 4px;
  }
  .draft-form .entry summary {
    cursor: pointer;
    padding: 6px 0;
  }
  .draft-form .entry details > .parts {
    padding: 8px 0;
  }
  .draft-form .entry .entry,
  .draft-form .entry:has(> details[open]) {
    grid-template-columns: minmax(0, 1fr);
  }
  .draft-form .entry .entry > .tools {
    justify-content: start;
  }
  .draft-form .tools {
    display: flex;
    gap: 0 12px;
    font-size: 0.9375rem;
  }
  .draft-form .entry > .tools {
    justify-content: end;
  }
  .draft-form textarea {
    field-sizing: content;
    min-height: 68px;
  }
  .console .tools .link {
    min-width: 24px;
  }
  .draft-form .which {
    margin-top: 4px;
    font-size: 0.9375rem;
  }
  .draft-form .which summary {
    cursor: pointer;
    color: var(--brand);
    text-decoration: underline;
    padding: 4px 0;
    width: fit-content;
  }
  .draft-form .fixed p {
    margin: 0;
  }
  .draft-form .pages ul {
    list-style: none;
    display: flex;
    flex-wrap: wrap;
    gap: 0 20px;
    margin: 0;
    padding: 0;
  }
  .draft-form .pages a {
    display: block;
    padding: 10px 0;
    color: inherit;
    text-decoration: none;
  }
  .draft-form .pages a:hover {
    text-decoration: underline;
  }
  .draft-form .pages [aria-current] {
    font-weight: 700;
    color: var(--brand);
    box-shadow: inset 0 -3px var(--brand);
  }
  .console .offers {
    list-style: none;
    margin: 0 0 16px;
    padding: 0;
    border-top: 1px solid var(--line);
  }
  .console .offers > li {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 0 16px;
    padding: 10px 0;
    border-bottom: 1px solid var(--line);
  }
  .console .offers .offer > * {
    margin-inline-end: 8px;
  }
  .console .offers .price {
    text-align: end;
    max-width: 240px;
  }
  .console .offers .tools {
    grid-column: 1 / -1;
  }
  .draft-side {
    min-width: 0;
  }
  .draft-side iframe {
    display: block;
    width: 100%;
    height: 70vh;
    min-height: 420px;
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: #fff;
  }
  .preview-bar {
    display: flex;
    flex-wrap: wrap;
    gap: 8px 16px;
    align-items: center;
    margin: 12px 0 4px;
  }
  .console .preview-bar input {
    width: 164px;
  }
  .console .preview-bar .segments > * {
    font-size: 0.9375rem;
    padding: 6px 10px;
  }
  .console .preview-state {
    font-size: 0.875rem;
    color: var(--quiet);
    margin: 4px 0 8px;
  }
  .console .preview-state.broken {
    color: var(--error);
    font-weight: 700;
  }
  .console .findings {
    list-style: none;
    margin: 0 0 16px;
    padding: 0;
  }
  .console .findings li {
    border-bottom: 1px solid var(--line);
    padding: 8px 0;
  }
  .console .findings .link {
    font-weight: 700;
  }
  .console .findings p {
    margin: 0;
  }
  :is(outreach-draft-raise, outreach-draft-prices, outreach-draft-review, outreach-draft-publish) {
    max-width: 960px;
  }
  outreach-draft-form[inert] {
    opacity: 0.5;
  }
  .console .changes {
    margin: 0 0 12px;
    padding-inline-start: 20px;
  }
  .console .changes li {
    margin-bottom: 6px;
    max-width: 80ch;
  }
  .console section.step {
    border-top: 1px solid var(--line);
    padding: 16px 0 8px;
    max-width: 960px;
  }
  .console section.step h3 {
    font-size: 1.125rem;
    margin: 0 0 8px;
  }
  .console .question.inset {
    margin-inline-start: 36px;
  }
  .console .ways a {
    display: inline-block;
    padding: 4px 0;
  }
  .console .year {
    border-top: 1px solid var(--line);
    margin-top: 32px;
    padding-top: 8px;
  }
  .console td .tools {
    display: flex;
    align-items: center;
    flex-wrap: wrap;
    gap: 0 16px;
  }
  .console td .tools a {
    padding: 4px 0;
  }
  .draft-side.read {
    position: static;
    max-width: 960px;
  }
  section.problems h2 {
    margin-top: 16px;
  }
  .panes {
    margin-top: 12px;
    width: 100%;
  }
  .panes > button {
    flex: 1;
  }
  .draft-side .sides {
    display: none;
  }
  @media (forced-colors: active) {
    .console .segments > :is([aria-current], [aria-pressed='true']) {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
  }
  @media print {
    :is(.draft-bar, .panes, .draft-side, .sections, .keeping) {
      display: none;
    }
  }
  @media (max-width: 1023px) {
    .draft-columns:not(.edit) > :is(.sections, .draft-form),
    .draft-columns.edit > .draft-side {
      display: none;
    }
    .console .sections ul ul {
      display: none;
    }
    .console .sections > ul {
      display: flex;
      gap: 0 20px;
      overflow-x: auto;
      border-bottom: 1px solid var(--line);
      margin-bottom: 16px;
    }
    .console .sections > ul > li {
      flex: none;
    }
    .console .sections a {
      padding: 10px 0;
    }
  }
  @media (max-width: 599px) {
    .console .offers .price {
      max-width: 160px;
    }
    .draft-form .entry {
      grid-template-columns: minmax(0, 1fr);
    }
    .draft-form .entry > .tools {
      justify-content: start;
    }
    .draft-form .group {
      padding-inline-start: 12px;
    }
  }
  @media (min-width: 600px) {
    .draft-form .entry:has(> details) {
      position: relative;
    }
    .draft-form .entry > details > summary {
      padding-inline-end: 164px;
    }
    .draft-form .entry > details + .tools {
      position: absolute;
      inset-block-start: 14px;
      inset-inline-end: 0;
    }
  }
  @media (min-width: 1024px) {
    .panes.segments {
      display: none;
    }
    .draft-columns {
      grid-template-columns: 176px minmax(0, 6fr) minmax(0, 5fr);
    }
    .draft-columns.json {
      grid-template-columns: minmax(0, 6fr) minmax(0, 5fr);
    }
    .draft-side {
      position: sticky;
      top: 12px;
      align-self: start;
    }
    .draft-side .sides {
      display: inline-flex;
    }
    .draft-side iframe {
      height: calc(100vh - 190px);
    }
    section.problems {
      max-height: calc(100vh - 80px);
      overflow-y: auto;
    }
  }
`

let isWorn = false

/** Puts the editor's styles on the page, once: they come with its script, and no other page of the console carries them. */
export function wearLooks(): void {
  const sheet = looks.styleSheet
  if (isWorn || !sheet) return
  isWorn = true
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
}
