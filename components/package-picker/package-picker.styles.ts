import { css } from 'lit'

export const packagePickerStyles = css`
  .intro,
  .columns,
  .offers,
  section {
    margin-top: 12px;
  }
  section {
    margin-top: 24px;
  }
  .offer {
    border-top: var(--edge);
    padding: 12px 0;
    display: grid;
    gap: 4px 16px;
    grid-template-columns: 1fr auto;
  }
  .offer > :first-child {
    grid-column: 1 / -1;
    max-width: 66ch;
  }
  .name {
    font-weight: 700;
  }
  .pick {
    grid-column: 1 / -1;
    display: flex;
    flex-wrap: wrap;
    gap: 4px 16px;
    align-items: center;
  }
  li > p.figure:last-of-type {
    text-align: end;
  }
  aside {
    margin-top: 24px;
    position: sticky;
    bottom: 0;
  }
  aside .button,
  aside button:not(.link) {
    width: 100%;
    margin-top: 8px;
  }
  details ul {
    padding: 0 0 8px 20px;
    max-width: 66ch;
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
    padding: 8px 12px 8px 0;
    text-align: start;
    vertical-align: top;
    min-width: 140px;
  }
  @container (min-width: 600px) {
    .offer {
      grid-template-columns: 1fr 120px 120px 150px;
    }
    .offer > :first-child,
    .pick {
      grid-column: auto;
    }
    .figure {
      text-align: end;
    }
  }
  @container (min-width: 1000px) {
    .columns {
      display: grid;
      grid-template-columns: 1fr 320px;
      gap: 32px;
      align-items: start;
    }
    aside {
      top: 16px;
      bottom: auto;
    }
  }
`
