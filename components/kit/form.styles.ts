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
  .full {
    --length: 100%;
  }
`
