import { css } from 'lit'

export const trainingMenuStyles = css`
  section {
    margin-top: 16px;
  }
  .length {
    border-top: var(--edge);
    padding: 12px 0;
    display: grid;
    gap: 4px 16px;
    grid-template-columns: auto 1fr;
  }
  .length > :not(p) {
    grid-column: 1 / -1;
    max-width: 66ch;
  }
  .name,
  legend {
    font-weight: 700;
  }
  .figure + .figure {
    text-align: end;
  }
  .arrow::before {
    content: '→';
  }
  .arrow:dir(rtl)::before {
    content: '←';
  }
  .more {
    padding: 4px 0 8px;
  }
  .more fieldset {
    margin-bottom: 12px;
  }
  .more small {
    font-weight: 400;
  }
  .more label + .note {
    margin-inline-start: 36px;
  }
  .more > :is(label, small, input) {
    display: block;
  }
  .ask {
    margin-bottom: 12px;
  }
  /* A list without a price yet is asked about, not ordered. */
  .ways a {
    display: inline-block;
    padding: 10px 0;
    font-weight: 700;
  }
  @container (min-width: 600px) {
    .length {
      grid-template-columns: 1fr 112px 152px 112px;
    }
    .length > :not(p, .more) {
      grid-column: auto;
    }
    .figure {
      text-align: end;
    }
  }
`
