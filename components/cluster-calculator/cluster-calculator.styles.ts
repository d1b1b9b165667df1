import { css } from 'lit'

export const clusterCalculatorStyles = css`
  .rows li {
    display: grid;
    gap: 4px 16px;
    grid-template-columns: 1fr auto;
    align-items: end;
    padding: 12px 0;
    border-top: var(--edge);
  }
  .rows .name {
    grid-column: 1 / -1;
  }
  .rows label {
    display: block;
  }
  .columns > :first-child {
    margin-bottom: 24px;
  }
  .rows input:not([inputmode]),
  textarea {
    width: 100%;
  }
  .rows button {
    min-height: 44px;
    text-align: start;
    justify-self: start;
  }
  button.link {
    text-align: start;
  }
  .heads {
    display: none;
    font-weight: 700;
  }
  .wide {
    width: 100%;
    margin-top: 24px;
  }
  caption {
    text-align: start;
    font-weight: 700;
    font-size: 1.25em;
    padding-bottom: 4px;
  }
  .wide :is(td, th) {
    min-width: 0;
  }
  tbody th,
  thead td {
    font-weight: 400;
  }
  .wide .figure {
    text-align: end;
  }
  .picture {
    width: 40%;
  }
  svg {
    display: block;
    width: 100%;
    height: 24px;
    color: var(--brand);
    fill: currentcolor;
  }
  svg:dir(rtl) {
    transform: scaleX(-1);
  }
  @container (min-width: 600px) {
    .rows li,
    .heads {
      display: grid;
      grid-template-columns: 1fr 160px 80px;
      gap: 0 16px;
    }
    .rows li {
      padding: 4px 0;
      border: 0;
    }
    .rows .name {
      grid-column: auto;
    }
    .rows label:not(.always) {
      position: absolute;
      overflow: hidden;
      clip-path: inset(50%);
      white-space: nowrap;
      width: 1px;
    }
    .rows .pupils input {
      width: 100%;
    }
  }
`
