import type { Catalogue } from '../schema/catalogue.ts'
import type { LeafPrice, Price } from '../schema/price.ts'
import { portionOf } from './money.ts'
import type { Buyer, Reason, RuleFault, School } from './quote.ts'

/** What a price is worked out from. */
export interface Circumstances {
  catalogue: Catalogue
  /** The day of the order. */
  on: string
  buyer: Buyer
  /** Whether the buyer holds an offer or is buying it in the same order. */
  holds: (offer: string) => boolean
  /** Where a fact that a price needs and the buyer has not given is noted. */
  faults: RuleFault[]
}

type Choice = Exclude<Price, LeafPrice>
/** A part of a price: what is left of a year, for instance. */
export interface Part {
  numerator: number
  denominator: number
}

/** A choice made: the price that it leads to, why, and the part of it that is charged. */
export interface Chosen {
  price: Price
  why?: Reason | undefined
  part?: Part | undefined
}

/** What a leaf comes to. Give `each` where every unit costs the same, `whole` where units differ, neither where the price is on request. */
export interface Leaf {
  each?: number
  whole?: number
  /** The hard maximum of the quantity, where the price has one. */
  most?: number
  why: Reason[]
  counted?: { of: 'token' | 'session'; count: number }
}

/** How each form of price is worked out: a function for each leaf and each choice. */
export interface Forms {
  leaves: {
    [Form in LeafPrice['form']]?: (
      price: Extract<LeafPrice, { form: Form }>,
      quantity: number,
      circumstances: Circumstances,
    ) => Leaf
  }
  choices: {
    [Form in Choice['form']]?: (price: Extract<Choice, { form: Form }>, circumstances: Circumstances) => Chosen
  }
}

/** What a quantity comes to. `unitPence` is null where units differ in price; both are null on request. */
export interface Amount {
  pence: number | null
  unitPence: number | null
  most?: number
  why: Reason[]
  counted?: { of: 'token' | 'session'; count: number }
}

/** Works out what `quantity` units cost: makes every choice that the price holds, then prices the leaf it ends at. */
export function amountOf(price: Price, quantity: number, circumstances: Circumstances, forms: Forms): Amount {
  const why: Reason[] = []
  let numerator = 1
  let denominator = 1
  let at = price
  for (;;) {
    // Looked up by its own form, a function takes just that form; TypeScript cannot say so of a union.
    const choose = forms.choices[at.form as Choice['form']] as
      | ((price: Price, circumstances: Circumstances) => Chosen)
      | undefined
    if (!choose) break
    const chosen = choose(at, circumstances)
    if (chosen.why) why.push(chosen.why)
    numerator *= chosen.part?.numerator ?? 1
    denominator *= chosen.part?.denominator ?? 1
    at = chosen.price
  }
  const work = forms.leaves[at.form as LeafPrice['form']] as
    | ((price: Price, quantity: number, circumstances: Circumstances) => Leaf)
    | undefined
  if (!work) throw new RangeError(`no rule for ${at.form}`)
  const { each, whole, most, counted, why: reasons } = work(at, quantity, circumstances)
  const charged = (pence: number) => portionOf(pence, numerator, denominator)
  return {
    unitPence: each !== undefined ? charged(each) : whole !== undefined && quantity === 1 ? charged(whole) : null,
    pence: each !== undefined ? charged(each * quantity) : whole !== undefined ? charged(whole) : null,
    ...(most && { most }),
    ...(counted && { counted }),
    // A plain price needs no reason beside one that says how it was chosen.
    why: [...why, ...reasons.filter(({ code }) => code !== 'fixed' || why.length === 0)],
  }
}

/** Notes once that a fact is wanting. */
export function want(pointer: string, { faults }: Pick<Circumstances, 'faults'>): void {
  if (!faults.some((fault) => fault.pointer === pointer)) faults.push({ pointer, code: 'required' })
}

/** Whether the provider serves the school's district. A provider without districts serves everybody; a school that names none is taken to be served. */
export function isServed({ area }: Catalogue, { district }: School): boolean {
  return area.districts.length === 0 || district === undefined || area.districts.some(({ id }) => id === district)
}
