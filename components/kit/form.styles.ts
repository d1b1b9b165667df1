import { css } from 'lit'

/** The styles of forms: questions one above the other, in widths that tell the length of the answer. */
export const formStyles = css`
  .question {
    margin-top: 24px;
    max-width: 66ch;
  }
  .question > label:not(:has(input)),
  legend {
    display: block;
    padding: 0;
    font-weight: 700;
    margin-bottom: 4px;
  }
  .question .note,
  .question .error {
    margin-bottom: 8px;
  }
  .question > input:not([inputmode]) {
    width: var(--length, 280px);
  }
  .short {
    --length: 136px;
  }
  .long {
    --length: 400px;
  }
  .full {
    --length: 100%;
  }
  .question .choice {
    margin: -8px 0 8px;
    padding-inline-start: 36px;
  }
  .question label:has(input) {
    margin-top: 4px;
    width: fit-content;
  }
  .summary {
    border: 3px solid var(--error);
    border-radius: var(--radius);
    padding: 16px;
    margin-bottom: 24px;
  }
  .summary li {
    padding: 4px 0;
  }
  dl {
    margin: 0;
    border-top: var(--edge);
  }
  dl > div {
    border-bottom: var(--edge);
    padding: 8px 0;
  }
  dt {
    font-weight: 700;
  }
  dd {
    margin: 0;
    white-space: pre-line;
  }
  @container (min-width: 600px) {
    dl > div {
      display: grid;
      grid-template-columns: 1fr 2fr;
      gap: 16px;
    }
  }
`
