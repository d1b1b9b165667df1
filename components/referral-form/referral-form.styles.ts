import { css } from 'lit'

/** The referral form’s own styles: it shares no more with the other forms than the kit’s, so that neither carries the other’s. */
export const referralFormStyles = css`
  :host {
    --error: var(--outreach-colour-error, #b3261e);
  }
  [hidden] {
    display: none;
  }
  p,
  ul,
  dl,
  .panel,
  .question,
  .section {
    margin: 16px 0;
    max-width: 66ch;
  }
  .question {
    margin: 24px 0;
  }
  .question > label:not(:has(input)),
  legend,
  dt,
  .error,
  .reference {
    display: block;
    padding: 0;
    font-weight: 700;
  }
  .question p {
    margin: 0 0 8px;
  }
  .choice {
    padding-inline-start: 36px;
  }
  textarea,
  .long {
    display: block;
    width: 400px;
  }
  textarea {
    width: 100%;
  }
  .date {
    display: flex;
    gap: 16px;
  }
  .date label,
  .date input {
    display: block;
    width: 72px;
  }
  .error {
    font-size: 1em;
    color: var(--error);
  }
  .summary,
  [aria-invalid] {
    border: 2px solid var(--error);
  }
  .summary {
    padding: 16px 16px 0;
  }
  .notice {
    border: 2px solid var(--brand);
  }
  .theirs,
  dd {
    margin: 0;
    white-space: pre-line;
  }
  button.link {
    color: var(--brand);
    text-decoration: underline;
    text-align: start;
    background: none;
    border: 0;
    padding: 0;
    font-weight: inherit;
  }
  ul:not([role]) {
    padding-inline-start: 24px;
  }
  form > .h3,
  .section {
    margin-top: 32px;
  }
  .rows li,
  .section,
  .onward,
  .beside {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0 24px;
  }
  .rows li,
  dl > div,
  .beside {
    border-top: var(--edge);
    padding: 8px 0;
  }
  .onward,
  .beside {
    justify-content: start;
    margin-top: 32px;
  }
  .beside a,
  .rows a {
    padding: 10px 0;
  }
  .reference {
    font-size: 1.5em;
  }
  #step:focus {
    outline: none;
  }
`
