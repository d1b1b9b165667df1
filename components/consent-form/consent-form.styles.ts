import { css } from 'lit'

/** The consent pages: one column, large enough to press with a thumb, in whichever direction the language runs. */
export const consentStyles = css`
  :host {
    max-width: 66ch;
  }
  .about {
    font-weight: 700;
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
  dt {
    font-weight: 700;
    margin-top: 8px;
  }
  dd {
    margin: 0;
  }
  section > p,
  details p,
  form > p {
    margin-block: 8px;
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
  @media print {
    :is(button, details, .onward, [hidden]) {
      display: none;
    }
    .purpose,
    .answered,
    .panel {
      break-inside: avoid;
      background: none;
    }
  }
`
