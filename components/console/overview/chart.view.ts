import { html, type SVGTemplateResult, svg, type TemplateResult } from 'lit'

/** A month's bar: how high it is, and how much higher it may get. */
export interface Bar {
  /** "Apr" */
  name: string
  least: number
  /** Where it is not certain: the most. */
  most?: number
}

const WIDTH = 400
const HEIGHT = 150
const LEFT = 36
const TOP = 12
const FOOT = 20

/**
 * Bars side by side, as plain SVG. The figures stand in a table beside it, so that the picture is one image with a sentence to
 * those who do not see it.
 */
export function chartView(sentence: string, bars: readonly Bar[]): TemplateResult {
  const top = roundTop(Math.max(1, ...bars.map(({ least, most = least }) => most)))
  const room = HEIGHT - TOP - FOOT
  const step = (WIDTH - LEFT) / Math.max(bars.length, 1)
  const y = (value: number) => TOP + room * (1 - value / top)
  const line = (value: number): SVGTemplateResult =>
    svg`<line class="grid" x1=${LEFT} x2=${WIDTH} y1=${y(value)} y2=${y(value)}></line>
      <text x=${LEFT - 6} y=${y(value) + 4} text-anchor="end">${value.toLocaleString('en-GB')}</text>`
  return html`<svg class="chart" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label=${sentence}>
    ${[0, top / 2, top].filter(Number.isInteger).map(line)}
    ${bars.map(({ name, least, most = least }, index) => {
      const x = LEFT + index * step + step * 0.18
      const width = step * 0.64
      return svg`${least > 0 ? svg`<rect class="bar" x=${x} width=${width} y=${y(least)} height=${y(0) - y(least)}></rect>` : ''}
        ${most > least ? svg`<rect class="more" x=${x + 0.75} width=${width - 1.5} y=${y(most)} height=${y(least) - y(most)}></rect>` : ''}
        <text x=${x + width / 2} y=${HEIGHT - 5} text-anchor="middle">${name}</text>`
    })}
  </svg>`
}

/** The first even figure of one digit and noughts that nothing exceeds: 7 → 8, 23 → 40, 130 → 200. */
export function roundTop(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value))
  const found = [1, 2, 4, 6, 8, 10].find((step) => step * power >= value) ?? 10
  return Math.max(2, found * power)
}
