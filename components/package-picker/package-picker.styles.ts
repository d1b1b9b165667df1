import { css } from 'lit'

export const packagePickerStyles = css`
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
  .offer > :not(p) {
    grid-column: 1 / -1;
    max-width: 66ch;
  }
  .figure + .figure {
    text-align: end;
  }
  @container (min-width: 600px) {
    .offer {
      grid-template-columns: 1fr 112px 112px 152px;
    }
    .offer > :not(p) {
      grid-column: auto;
    }
    .figure {
      text-align: end;
    }
  }
`
