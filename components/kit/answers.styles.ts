import { css } from 'lit'

/** The styles of choices, of what is wrong, and of answers put together. */
export const answersStyles = css`
  .short {
    --length: 136px;
  }
  .long {
    --length: 400px;
  }
  .question label:has(input) {
    margin-top: 4px;
    width: fit-content;
  }
  .question .choice {
    margin: -8px 0 8px;
    padding-inline-start: 36px;
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
  }
  @container (min-width: 600px) {
    dl > div {
      display: grid;
      grid-template-columns: 1fr 2fr;
      gap: 16px;
    }
  }
`
