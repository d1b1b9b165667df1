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
    --soft: var(--outreach-colour-soft, #f3f5f5);
    --error: var(--outreach-colour-error, #b3261e);
    --quiet: var(--outreach-colour-quiet, #505a5f);
    --radius: var(--outreach-radius, 6px);
    display: block;
    container-type: inline-size;
    line-height: 1.5;
    text-align: start;
    font-variant-numeric: tabular-nums;
    overflow-wrap: break-word;
  }
  :host([hidden]) {
    display: none;
  }
  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }
  p,
  ul,
  ol,
  dl,
  dd,
  fieldset,
  .h2,
  .h3 {
    margin: 0;
    padding: 0;
    border: 0;
    min-width: 0;
  }
  ul[role] {
    list-style: none;
  }
  .h2,
  .h3 {
    font-weight: 700;
    line-height: 1.25;
    font-size: 1.5em;
  }
  .h3 {
    font-size: 1.25em;
  }
  small,
  .note,
  .hint {
    display: block;
    font-size: 0.875em;
    color: var(--quiet);
  }
  a,
  summary {
    color: var(--brand);
  }
  summary {
    cursor: pointer;
    padding: 4px 0;
    width: fit-content;
    text-decoration: underline;
  }
  input,
  select,
  textarea,
  button,
  .button {
    font: inherit;
    color: inherit;
    min-height: 44px;
    padding: 8px 12px;
    border: 1px solid var(--quiet);
    border-radius: var(--radius);
    background: var(--outreach-colour-field, #fff);
    max-width: 100%;
  }
  input,
  select,
  textarea {
    color: #0b0c0c;
  }
  input[type='checkbox'],
  input[type='radio'] {
    width: 24px;
    height: 24px;
    min-height: 24px;
    margin: 0;
    padding: 0;
    accent-color: var(--brand);
    flex: none;
  }
  label:has(input[type='checkbox'], input[type='radio']) {
    display: flex;
    gap: 12px;
    align-items: center;
    min-height: 44px;
    cursor: pointer;
  }
  [inputmode='numeric'] {
    width: 88px;
    text-align: end;
  }
  [aria-invalid='true'] {
    border: 2px solid var(--error);
  }
  .error {
    color: var(--error);
    font-weight: 700;
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
  .secondary {
    background: none;
    color: var(--brand);
  }
  button.link {
    background: none;
    border: 0;
    padding: 4px 0;
    min-height: 28px;
    color: var(--brand);
    font-weight: inherit;
    text-decoration: underline;
  }
  :focus-visible {
    outline: 3px solid var(--brand);
    outline-offset: 2px;
    box-shadow: 0 0 0 2px #fff;
  }
  .hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .panel {
    border: var(--edge);
    border-radius: var(--radius);
    background: var(--soft);
    color: #0b0c0c;
    padding: 16px;
  }
  .lines {
    list-style: none;
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
  .wait {
    animation: wait 0.3s step-end;
  }
  @keyframes wait {
    from {
      opacity: 0;
    }
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
