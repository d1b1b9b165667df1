import { css } from 'lit'
import { formStyles } from '../kit/form.styles.ts'

export const orderFormStyles = [
  formStyles,
  css`
    .rows li,
    .section {
      display: flex;
      justify-content: space-between;
      align-items: baseline;
      gap: 16px;
      padding: 8px 0;
    }
    .rows {
      margin: 16px 0 8px;
      border-bottom: var(--edge);
    }
    .rows li {
      border-top: var(--edge);
    }
    .panel {
      margin: 16px 0;
      align-self: start;
      max-width: 66ch;
    }
    .part {
      margin-top: 24px;
    }
    .onward {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 8px 24px;
      margin-top: 32px;
    }
    .screen a {
      display: inline-block;
      padding: 8px 0;
    }
    #step {
      scroll-margin-top: 64px;
    }
    #step:focus {
      outline: none;
    }
    @container (min-width: 1000px) {
      .columns {
        grid-template-columns: 1fr 400px;
      }
    }
  `,
]
