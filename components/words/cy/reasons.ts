import { addDays } from '../../../catalogue/rules/dates.ts'
import { pounds } from '../en/money.ts'
import type { Pack } from '../pack.ts'
import { hours, longDate } from './money.ts'

/** What one unit is called, with its article: "£100 yr awr". */
export const units = {
  hour: 'yr awr',
  day: 'y diwrnod',
  'half-day': 'yr hanner diwrnod',
  session: 'y sesiwn',
  visit: 'yr ymweliad',
  pupil: 'y disgybl',
  post: 'y swydd',
  place: 'y lle',
  school: 'yr ysgol',
  copy: 'y copi',
}

/** The reasons that the everyday rules give. */
export const cy: Pack['reasons'] = {
  free: () => 'Am ddim',
  fixed: () => '',
  'per-unit': ({ unit, pence, minutes }) =>
    `${pounds(pence)} ${units[unit]}${minutes && unit !== 'hour' ? ` o ${hours({ least: minutes, most: minutes })}` : ''}`,
  'on-request': () => 'Pris ar gais',
  'bought-by': ({ until }) => `Wedi’i brynu erbyn ${longDate(until)}`,
  'bought-from': ({ from }) => `Wedi’i brynu ar ôl ${longDate(addDays(from, -1))}`,
  'per-pupil': ({ pupils, pence }) =>
    pupils
      ? `${pounds(pence)} am bob un o ${pupils.toLocaleString('en-GB')} o ddisgyblion ar y gofrestr`
      : `${pounds(pence)} am bob disgybl ar y gofrestr`,
  'joining-full': () => 'Yr un yw’r pris pryd bynnag y byddwch yn ymuno yn ystod y flwyddyn',
}
