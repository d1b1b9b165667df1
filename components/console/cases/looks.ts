import { css } from 'lit'

const looks = css`
  .console .pathway {
    margin: 0 0 40px;
  }
  .console .stages {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(272px, 100%), 1fr));
    gap: 24px;
    list-style: none;
    margin: 8px 0 0;
    padding: 0;
  }
  .console .stages > li {
    min-width: 0;
    border-top: 3px solid var(--strong);
    padding-top: 8px;
  }
  .console .stages > li.none {
    border-top-color: var(--line);
  }
  .console .stages h3 {
    display: flex;
    justify-content: space-between;
    gap: 12px;
    margin: 0 0 8px;
  }
  .console .cards {
    list-style: none;
    margin: 0 0 8px;
    padding: 0;
    display: grid;
    gap: 8px;
  }
  .console .card {
    border: 1px solid var(--line);
    border-radius: var(--radius);
    padding: 8px 12px;
    min-width: 0;
  }
  .console .card.overdue {
    border-color: var(--error);
    border-inline-start-width: 4px;
  }
  .console .card p {
    margin: 0;
  }
  .console .card a {
    display: inline-block;
    min-height: 24px;
    font-weight: 700;
  }
  .console .card small {
    display: block;
  }
  .console .flags {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 8px;
    list-style: none;
    margin: 4px 0 0;
    padding: 0;
  }
  .console .card .due,
  .console .card .due + small {
    display: block;
  }
  .console form + .history {
    margin-top: 24px;
  }
  .console .case-head {
    border-bottom: 1px solid var(--line);
    margin-bottom: 16px;
    padding-bottom: 12px;
  }
  .console .case-head p {
    margin: 0 0 4px;
    max-width: none;
  }
  .console .case-head .who b {
    font-size: 1.25rem;
    margin-inline-end: 8px;
  }
  .console :is(.case-head, .flags) a {
    display: inline-block;
    min-height: 24px;
  }
  .console .flags a {
    text-decoration: none;
  }
  .console .works {
    color: var(--quiet);
  }
  .console a + .works {
    margin-inline-start: 24px;
  }
  .console .case {
    display: grid;
    gap: 0 48px;
  }
  .console .case > * {
    min-width: 0;
  }
  .console .case [id] {
    scroll-margin-top: 24px;
  }
  .console .case :is(h2, h3)[tabindex]:focus {
    outline: none;
  }
  .console .case > .first > h2:first-child {
    margin-top: 8px;
  }
  .console .matter {
    border-inline-start: 4px solid var(--brand);
    padding-inline-start: 16px;
    margin-bottom: 16px;
  }
  .console .matter p {
    margin-bottom: 4px;
  }
  .console .case summary h3 {
    display: inline;
    font-size: 1rem;
  }
  .console .case details.more[open] {
    padding-bottom: 8px;
  }
  .console .due time {
    color: var(--quiet);
    font-size: 0.875rem;
    white-space: nowrap;
  }
  .console .question > [type="date"] {
    width: 176px;
  }
  .console .figures {
    display: flex;
    flex-wrap: wrap;
    gap: 8px 32px;
    margin: 0 0 16px;
    padding: 0;
    list-style: none;
  }
  .console .figures b {
    font-size: 1.25rem;
  }
  .console .choices {
    list-style: none;
    margin: 0 0 16px;
    padding: 0;
    max-width: 720px;
  }
  .console .choices > li {
    display: grid;
    grid-template-columns: minmax(160px, 240px) minmax(0, 1fr);
    gap: 4px 16px;
    align-items: center;
    padding: 8px 0;
    border-bottom: 1px solid var(--line);
  }
  .console .choices b {
    display: block;
  }
  .console .choices ul {
    margin: 0;
    padding-inline-start: 20px;
  }
  .console .lines {
    list-style: none;
    margin: 0 0 16px;
    padding: 0;
  }
  .console .lines > li {
    padding: 8px 0;
    border-bottom: 1px solid var(--line);
  }
  .console .lines p {
    margin: 0;
  }
  .console .acts {
    display: flex;
    flex-wrap: wrap;
    gap: 0 16px;
  }
  .console .agenda > li {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 16px;
    justify-content: space-between;
    align-items: baseline;
  }
  .console .agenda small {
    display: block;
  }
  .console :is(.lines, .pack .screen, .stages p) a {
    display: inline-block;
    min-height: 24px;
    padding-block: 2px;
  }
  .console .paper {
    display: none;
  }
  .console .answer {
    white-space: pre-line;
    overflow-wrap: anywhere;
  }
  .console .pack > li {
    border-top: 3px solid var(--strong);
    margin-top: 32px;
    padding-top: 4px;
  }
  .console .pack h3 {
    font-size: 1.25rem;
    margin-top: 8px;
  }
  .console .pack h4 {
    margin: 20px 0 4px;
  }
  .console ol.pack {
    list-style: none;
    margin: 0;
    padding: 0;
  }
  @media (min-width: 900px) {
    /* Consent and who works on it stand beside what is now, and before the answers for whoever hears the page. */
    .console .case {
      grid-template-columns: minmax(0, 2fr) minmax(280px, 1fr);
      grid-template-rows: auto auto 1fr;
      grid-template-areas: "first beside" "first rest" "second rest";
    }
    .console .case > .first {
      grid-area: first;
    }
    .console .case > .beside {
      grid-area: beside;
    }
    .console .case > .beside > h2:first-child {
      margin-top: 8px;
    }
    .console .case > .second {
      grid-area: second;
    }
    .console .case > .rest {
      grid-area: rest;
    }
  }
  @media screen and (max-width: 767px) {
    .console a + .works {
      display: block;
      margin-inline-start: 0;
    }
    .console .choices > li {
      grid-template-columns: minmax(0, 1fr);
    }
  }
  @media print {
    .console .paper {
      display: block;
    }
    .console .pack > li {
      break-before: page;
    }
    .console :is(.screen, .choices) {
      display: none;
    }
    .console :is(.card, .lines > li, dl > div) {
      break-inside: avoid;
    }
    .console h2,
    .console h3,
    .console h4 {
      break-after: avoid;
    }
    .console .stages {
      grid-template-columns: repeat(3, 1fr);
    }
  }
`

let isWorn = false

/** Puts the styles of the pages about referrals on the page, once: they come with these pages, and no other page carries them. */
export function wearLooks(): void {
  const sheet = looks.styleSheet
  if (isWorn || !sheet) return
  isWorn = true
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
}
