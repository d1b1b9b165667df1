import { css } from 'lit'

/**
 * What every widget looks like: a guest that inherits the page's font and colour and brings only its own order.
 * Lengths are px, since a host's root font may be 10 px; text follows the inherited size by ratio.
 *
 * Tokens: --outreach-colour-brand, --outreach-colour-on-brand, --outreach-colour-line, --outreach-colour-soft,
 * --outreach-colour-error, --outreach-colour-quiet, --outreach-radius, --outreach-line.
 */
export const kitStyles = css`
  :host {
    --brand: var(--outreach-colour-brand, #0b5d57);
    --on-brand: var(--outreach-colour-on-brand, #fff);
    --edge: var(--outreach-line, 1px) solid var(--outreach-colour-line, #b1b4b6);
    --quiet: var(--outreach-colour-quiet, #505a5f);
    --radius: var(--outreach-radius, 6px);
    display: block;
    container-type: inline-size;
    line-height: 1.5;
    text-align: start;
    text-transform: none;
    text-indent: 0;
    letter-spacing: normal;
    word-spacing: normal;
    white-space: normal;
    font-variant-numeric: tabular-nums;
    overflow-wrap: break-word;
  }
  * {
    box-sizing: border-box;
  }
  p,
  ul,
  fieldset {
    margin: 0;
    padding: 0;
    border: 0;
    min-width: 0;
  }
  [role='list'] {
    list-style: none;
  }
  [role='heading'],
  b {
    font-weight: 700;
  }
  .h2 {
    font-size: 1.5em;
    line-height: 1.25;
  }
  .h3 {
    font-size: 1.25em;
  }
  small,
  .note {
    display: block;
    font-size: 0.875em;
    color: var(--quiet);
  }
  a,
  summary {
    color: var(--brand);
    text-decoration: underline;
  }
  summary {
    cursor: pointer;
    padding: 4px 0;
    width: fit-content;
  }
  input,
  select,
  textarea,
  button,
  .button {
    font: inherit;
    min-height: 44px;
    padding: 8px 12px;
    border: 1px solid var(--quiet);
    border-radius: var(--radius);
    max-width: 100%;
  }
  [type='checkbox'],
  [type='radio'] {
    width: 24px;
    height: 24px;
    min-height: 0;
    margin: 0;
    accent-color: var(--brand);
    flex: none;
  }
  label:has(input) {
    display: flex;
    gap: 12px;
    align-items: center;
    min-height: 44px;
  }
  [inputmode='numeric'] {
    width: 88px;
    text-align: end;
  }
  button,
  .button {
    display: inline-block;
    cursor: pointer;
    text-align: center;
    text-decoration: none;
    font-weight: 700;
    background: var(--brand);
    border-color: var(--brand);
    color: var(--on-brand);
  }
  :focus-visible {
    outline: 3px solid var(--brand);
    outline-offset: 2px;
  }
  .hidden {
    position: absolute;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
    width: 1px;
  }
  .panel {
    border: var(--edge);
    border-radius: var(--radius);
    background: var(--outreach-colour-soft, #f3f5f5);
    color: #0b0c0c;
    padding: 16px;
  }
  .columns {
    margin-top: 24px;
  }
  .side {
    display: contents;
  }
  @container (min-width: 1000px) {
    .columns {
      display: grid;
      grid-template-columns: minmax(0, 1fr) 320px;
      gap: 32px;
    }
    .side {
      display: block;
      position: sticky;
      top: 16px;
      align-self: start;
    }
  }
  .wait {
    animation: wait 0.3s step-end;
  }
  @keyframes wait {
    from {
      opacity: 0;
    }
  }
`
