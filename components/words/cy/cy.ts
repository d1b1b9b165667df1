import type { ShopPack } from '../pack.ts'
import { cy as basket } from './basket.ts'
import { cy as cluster } from './cluster-calculator.ts'
import { cy as details } from './details.ts'
import { cy as faults } from './faults.ts'
import { cy as kit } from './kit.ts'
import { cy as money } from './money.ts'
import { cy as onward } from './onward.ts'
import { cy as order } from './order-form.ts'
import { cy as packages } from './package-picker.ts'
import { cy as portal } from './portal.ts'
import { cy as rarer } from './rarer-reasons.ts'
import { cy as reasons } from './reasons.ts'
import { cy as total } from './total.ts'
import { cy as training } from './training-menu.ts'

/** Welsh, as far as the widgets that sell something speak. */
export const cy: ShopPack = {
  language: 'cy',
  basket,
  cluster,
  details,
  faults,
  kit,
  money,
  onward,
  order,
  packages,
  portal,
  rarer,
  reasons,
  total,
  training,
}
