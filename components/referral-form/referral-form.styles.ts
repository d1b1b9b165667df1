import { css } from 'lit'
import { answersStyles } from '../kit/answers.styles.ts'
import { formStyles } from '../kit/form.styles.ts'

export const referralFormStyles = [
  formStyles,
  answersStyles,
  css`
    :host {
      --error: var(--outreach-colour-error, #b3261e);
    }
    [hidden] {
      display: none;
    }
    [aria-invalid] {
      border: 2px solid var(--error);
    }
    .error {
      font-weight: 700;
      color: var(--error);
    }
    button.link {
      color: var(--brand);
      text-decoration: underline;
      background: none;
      border: 0;
      padding: 0;
      font-weight: inherit;
      text-align: start;
    }
    p,
    .panel,
    form ul,
    form ol {
      margin-top: 16px;
      max-width: 66ch;
    }
    .question p,
    .panel p:first-child,
    form > .note {
      margin-top: 0;
    }
    form ul:not([role]),
    form ol {
      padding-inline-start: 24px;
    }
    .lead {
      font-size: 1.125em;
    }
    .notice {
      border: 2px solid var(--brand);
    }
    .theirs {
      border-inline-start: 4px solid var(--brand);
      padding-inline-start: 12px;
      white-space: pre-line;
    }
    textarea {
      display: block;
      width: 100%;
      max-width: 66ch;
    }
    .date {
      display: flex;
      flex-wrap: wrap;
      gap: 8px 16px;
    }
    .date input {
      display: block;
      width: 64px;
    }
    .date .year {
      width: 88px;
    }
    .question .date label {
      display: block;
    }
    .h3 {
      margin-top: 32px;
    }
    .rows li,
    .section {
      display: flex;
      flex-wrap: wrap;
      justify-content: space-between;
      align-items: baseline;
      gap: 0 16px;
      padding: 4px 0;
    }
    .rows {
      margin-top: 8px;
      border-bottom: var(--edge);
    }
    .rows li {
      border-top: var(--edge);
      min-height: 44px;
    }
    .rows :is(a, .link) {
      display: inline-block;
      padding: 8px 0;
    }
    .state {
      color: var(--quiet);
    }
    .done {
      color: inherit;
      font-weight: 700;
    }
    dd {
      white-space: pre-line;
    }
    .onward,
    .beside {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 8px 24px;
      margin-top: 32px;
    }
    .has {
      width: 100%;
    }
    .beside {
      font-size: 0.875em;
      border-top: var(--edge);
    }
    .beside a {
      padding: 12px 0;
    }
    .reference {
      font-size: 1.5em;
      font-weight: 700;
      letter-spacing: 0.05em;
      user-select: all;
    }
    #step {
      scroll-margin-top: 64px;
    }
    #step:focus,
    #summary:focus {
      outline: none;
    }
    @media print {
      .onward,
      .beside,
      .screen {
        display: none;
      }
    }
  `,
]
