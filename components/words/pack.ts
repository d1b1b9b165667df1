/** What a language has to say: a part for each file of English words, so that nothing compiles until it is all there. */
export interface Pack {
  /** Its code in `lang`. */
  language: string
  agreement: typeof import('./en/agreement.ts').en
  basket: typeof import('./en/basket.ts').en
  cluster: typeof import('./en/cluster-calculator.ts').en
  details: typeof import('./en/details.ts').en
  faults: typeof import('./en/faults.ts').en
  kit: typeof import('./en/kit.ts').en
  money: typeof import('./en/money.ts').en
  onward: typeof import('./en/onward.ts').en
  order: typeof import('./en/order-form.ts').en
  packages: typeof import('./en/package-picker.ts').en
  portal: typeof import('./en/portal.ts').en
  progress: typeof import('./en/progress.ts').en
  rarer: typeof import('./en/rarer-reasons.ts').en
  reasons: typeof import('./en/reasons.ts').en
  referral: typeof import('./en/referral-form.ts').en
  referralPages: typeof import('./en/referral-pages.ts').en
  total: typeof import('./en/total.ts').en
  training: typeof import('./en/training-menu.ts').en
}

/** What no widget but a referral's says: the others never carry it. */
type OfReferrals = 'agreement' | 'referral' | 'progress' | 'referralPages'

/** What the widgets that sell something carry of a language. */
export type ShopPack = Omit<Pack, OfReferrals>

/** What the referral form carries of a language. */
export type ReferralPack = Pick<Pack, 'language' | 'money' | 'referral'>
