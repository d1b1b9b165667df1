import { css } from 'lit'
import { answersStyles } from '../kit/answers.styles.ts'

/** The styles of the steps after the list. */
export const onwardStyles = css`
  ${answersStyles}
  section,
  ol,
  .confirms {
    margin-top: 24px;
  }
  blockquote {
    margin: 8px 0 16px;
    padding-inline-start: 16px;
    border-inline-start: 4px solid var(--quiet);
    max-width: 66ch;
  }
  .notice {
    border: 2px solid var(--brand);
  }
  section ol {
    margin-top: 8px;
    padding-inline-start: 24px;
  }
  .reference {
    font-size: 1.5em;
    font-weight: 700;
    letter-spacing: 0.05em;
    white-space: nowrap;
    user-select: all;
  }
  @container (min-width: 600px) {
    .reference {
      font-size: 2em;
    }
  }
`
