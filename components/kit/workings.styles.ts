import { css } from 'lit'

/** The styles of what the workings show: the total's lines, details and comparisons. */
export const workingsStyles = css`
  :host {
    --error: var(--outreach-colour-error, #b3261e);
  }
  [aria-invalid] {
    border: 2px solid var(--error);
  }
  .error {
    font-weight: 700;
    color: var(--error);
  }
  .secondary {
    background: none;
    color: var(--brand);
  }
  button.link {
    color: var(--brand);
    text-decoration: underline;
    background: none;
    border: 0;
    padding: 0;
    font-weight: inherit;
  }
  .lines li,
  .total {
    display: flex;
    justify-content: space-between;
    gap: 16px;
    padding: 8px 0;
    border-bottom: var(--edge);
  }
  .total {
    align-items: baseline;
    border: 0;
    font-weight: 700;
  }
  .total output {
    font-size: 1.5em;
  }
  .lines b {
    white-space: nowrap;
  }
  details ul {
    padding-bottom: 8px;
    padding-inline-start: 20px;
    max-width: 66ch;
  }
  .bar {
    position: sticky;
    bottom: 0;
    display: grid;
    gap: 0 16px;
    padding: 8px 16px 12px;
    margin-top: 12px;
  }
  .bar .total {
    padding: 0;
  }
  .list > :is(.secondary, .screen) {
    margin-top: 12px;
  }
  @container (width < 1000px) {
    .columns :is(input, select, textarea, a, button, summary) {
      scroll-margin-block-end: 176px;
    }
  }
  @container (600px <= width < 1000px) {
    .bar {
      grid-template-columns: 1fr auto;
      align-items: center;
    }
    .bar :is(.button, button) {
      grid-area: 1 / 2 / 4;
    }
    .bar p {
      grid-column: 1;
    }
    .bar .total {
      justify-content: start;
    }
  }
  @container (min-width: 1000px) {
    .bar {
      position: static;
      padding: 16px;
    }
    .bar :is(.button, button) {
      margin-top: 12px;
    }
  }
  .scroll {
    overflow-x: auto;
  }
  table {
    border-collapse: collapse;
    font-size: 0.875em;
  }
  td,
  th {
    border-bottom: var(--edge);
    padding: 8px 0;
    padding-inline-end: 12px;
    text-align: start;
    vertical-align: top;
    min-width: 140px;
  }
  th {
    font-weight: 700;
  }
  @media print {
    button,
    .button,
    summary,
    .screen {
      display: none;
    }
  }
`
