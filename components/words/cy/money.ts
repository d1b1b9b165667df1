import type { Pack } from '../pack.ts'

const months = 'Ionawr Chwefror Mawrth Ebrill Mai Mehefin Gorffennaf Awst Medi Hydref Tachwedd Rhagfyr'.split(' ')

/** Dates and durations. The months stand here, since not every browser knows them in Welsh. */
export const cy: Pack['money'] = {
  longDate: (day) => `${Number(day.slice(8))} ${months[Number(day.slice(5, 7)) - 1]} ${day.slice(0, 4)}`,
  hours: ({ least, most }) => {
    const unit = least % 60 || most % 60 ? 1 : 60
    const number = (minutes: number) => (minutes / unit).toLocaleString('en-GB')
    const from = least === most ? '' : least ? `${number(least)} i ` : 'hyd at '
    // A noun stays singular after a number.
    return `${from}${number(most)} ${unit === 60 ? 'awr' : 'munud'}`
  },
}
export const { longDate, hours } = cy
