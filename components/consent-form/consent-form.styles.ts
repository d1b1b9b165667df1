import { css } from 'lit'

/** The consent pages: one column, large enough to press with a thumb, in whichever direction the language runs. */
export const consentStyles = css`
  :host {
    max-width: 66ch;
  }
  p:not(li *) {
    margin-block: 0 12px;
  }
  p.note,
  .panel p:last-child,
  .say {
    margin-block: 0 8px;
  }
  .about {
    font-weight: 700;
  }
  form {
    margin-top: 16px;
  }
  * + form + p,
  .date + p {
    margin-top: 16px;
  }
  .notice {
    margin-bottom: 16px;
  }
  .summary {
    border: 3px solid var(--outreach-colour-error, #b0201b);
    border-radius: var(--radius);
    padding: 16px;
    margin-bottom: 24px;
  }
  .error {
    color: var(--outreach-colour-error, #b0201b);
    font-weight: 700;
  }
  .question,
  .purpose {
    margin-top: 24px;
  }
  .purpose,
  .answered {
    border: var(--edge);
    border-radius: var(--radius);
    padding: 16px;
  }
  .answered {
    margin-top: 12px;
  }
  .answered :is(h2, h3) {
    font-size: 1.125em;
    margin: 0 0 4px;
  }
  .question > label,
  legend {
    display: block;
    padding: 0;
    font-weight: 700;
    margin-bottom: 4px;
  }
  legend {
    float: inline-start;
    width: 100%;
    font-size: 1.25em;
  }
  legend + * {
    clear: both;
  }
  dl {
    margin: 12px 0;
  }
  section > dl + p {
    margin-top: 16px;
  }
  dt {
    font-weight: 700;
    margin-top: 8px;
  }
  dd {
    margin: 0;
  }
  .full {
    width: 100%;
  }
  textarea {
    display: block;
  }
  .choices {
    display: grid;
    gap: 8px;
    margin-top: 12px;
  }
  .choices label {
    border: 1px solid var(--quiet);
    border-radius: var(--radius);
    padding: 8px 12px;
    background: #fff;
    color: #0b0c0c;
    cursor: pointer;
  }
  .choices label:has(:checked) {
    outline: 3px solid var(--brand);
    outline-offset: -3px;
  }
  .choices + .note {
    margin-top: 12px;
  }
  .date {
    display: flex;
    flex-wrap: wrap;
    gap: 16px;
  }
  .date label {
    display: block;
    min-height: 0;
  }
  .date input {
    width: 72px;
    text-align: start;
  }
  .date .year {
    width: 104px;
  }
  .onward {
    margin-top: 24px;
  }
  .onward .note {
    margin-top: 8px;
  }
  .say {
    position: sticky;
    bottom: 8px;
  }
  button.secondary {
    background: #fff;
    color: var(--brand);
  }
  details {
    margin-top: 8px;
  }
  .change {
    margin-top: 24px;
  }
  summary {
    min-height: 44px;
    padding: 10px 0;
  }
  [hidden] {
    display: none;
  }
  :host(.letter) {
    max-width: 180mm;
  }
  .ways {
    display: flex;
    flex-wrap: wrap;
    gap: 24px 48px;
    margin-block: 24px;
  }
  .ways > div {
    flex: 1 1 240px;
    min-width: 0;
  }
  .picture {
    display: block;
    width: 200px;
    height: 200px;
  }
  .typed {
    font-size: 1.25em;
    font-weight: 700;
    overflow-wrap: anywhere;
  }
  .code {
    font-size: 1.5em;
    font-family: ui-monospace, monospace;
    white-space: nowrap;
  }
  .unprinted {
    border: var(--edge);
    border-radius: var(--radius);
    padding: 16px;
  }
  @media print {
    :is(button, .takes, .change, .onward, .unprinted, [hidden]) {
      display: none;
    }
    details::details-content {
      block-size: auto;
      content-visibility: visible;
    }
    .purpose,
    .answered,
    .panel {
      break-inside: avoid;
      background: none;
    }
  }
`
