import { expect } from 'chai'
import { render } from 'lit'
import type { Catalogue } from '../../catalogue/schema/catalogue.ts'
import { emptyBasket } from '../../catalogue/wire/basket.ts'
import { basketFrom } from '../../catalogue/wire/basket-from.ts'
import { orderRequest } from '../../catalogue/wire/order.ts'
import { workings } from '../../components/kit/workings.ts'
import { bodyOf, faultsOfOrder, faultsOfStep } from '../../components/order-form/faults-of-order.ts'
import { moved, type Standing } from '../../components/order-form/moved.ts'
import { onward } from '../../components/order-form/onward.view.ts'
import { view } from '../../components/order-form/order-form.view.ts'
import { partsOf } from '../../components/order-form/questions.ts'
import {
  answersAfter,
  answersFrom,
  neededFirst,
  numberOf,
  type Order,
  quoteFor,
  STEPS,
  stepsOf,
} from '../../components/order-form/steps.ts'

const { quoteOf } = workings
const shipped = async (name: string): Promise<Catalogue> => (await fetch(`/catalogue/providers/${name}.json`)).json()
const steppingStones = await shipped('stepping-stones-2024-25')
const norfolk = await shipped('school2school-norfolk-2015-16')

const items = [
  { offer: 'silver', quantity: 1 },
  { offer: 'training', option: 'twilight', quantity: 1 },
]
const complete = {
  'buyer.schools.0.name': 'Example Primary School',
  'buyer.schools.0.district': '1',
  'contact.name': 'A. Example',
  'contact.email': 'senco@school.example',
  'payment.method': 'invoice',
  'signatory.same': 'yes',
}

function order(answers: Record<string, string> = {}, more: Partial<Order> = {}): Order {
  return {
    catalogue: { ...steppingStones, on: '2024-09-10', inForce: true },
    basket: { ...emptyBasket, items },
    answers,
    ...more,
  }
}

describe('The steps of an order', () => {
  it('make a body that the worker’s schema accepts', () => {
    expect(orderRequest.safeParse(bodyOf(order(complete), 192_500)).success).to.equal(true)
    expect(faultsOfOrder(order(complete), quoteOf)).to.deep.equal([])
  })

  it('ask whether the school belongs to a group that a discount is for, and price by the answer', () => {
    const catalogue: Order['catalogue'] = {
      ...order().catalogue,
      groups: [
        { id: 'alliance', name: 'Is your school in the teaching alliance?' },
        { id: 'listed', name: 'Listed schools', urns: ['123456'] },
      ],
      discounts: ['alliance', 'listed'].map((group) => ({
        kind: 'percent' as const,
        id: group,
        name: group,
        percent: 10,
        on: { kinds: ['training' as const] },
        when: { group },
      })),
    }
    const asked = partsOf('school', order({}, { catalogue }), quoteOf).flatMap(({ questions }) => questions)
    expect(asked.filter(({ name }) => name.startsWith('buyer.groups')).map(({ label }) => label)).to.deep.equal([
      'Is your school in the teaching alliance?',
    ])
    const total = (answers: Record<string, string>) => {
      const result = quoteFor(order({ ...complete, ...answers }, { catalogue }), quoteOf)
      return result.ok && result.quote.totalPence
    }
    expect(total({})).to.equal(192_500)
    expect(total({ 'buyer.groups.alliance': 'yes' })).to.equal(188_750)
    expect(total({ 'buyer.schools.0.urn': '123456' })).to.equal(188_750)
    const body = bodyOf(order({ ...complete, 'buyer.groups.alliance': 'yes' }, { catalogue }), 0)
    expect(body).to.have.deep.nested.property('buyer.groups', ['alliance'])
  })

  it('trim what was typed, leave out what was not, and read numbers as people write them', () => {
    const body = bodyOf(
      order({ ...complete, 'contact.role': '  ', 'contact.telephone': ' 01524 1 ', 'items.1.attending': '1,200' }),
      0,
    )
    expect(body).to.have.deep.nested.property('contact', {
      name: 'A. Example',
      role: undefined,
      email: 'senco@school.example',
      telephone: '01524 1',
    })
    expect(body).to.have.nested.property('items[1].attending', 1200)
    expect(['24', ' 1 200 ', '1.5', '', '-3', 'x'].map(numberOf)).to.deep.equal([
      24,
      1200,
      undefined,
      undefined,
      undefined,
      undefined,
    ])
  })

  it('find the faults of each step, and of no other', () => {
    const found = STEPS.map((step) =>
      faultsOfStep(step, order(), quoteOf).map(({ pointer, code }) => `${pointer} ${code}`),
    )
    expect(found).to.deep.equal([
      [],
      ['/buyer/schools/0/name required', '/buyer/schools/0/district choose'],
      ['/contact/name required', '/contact/email required'],
      ['/payment/method choose'],
      ['/signatory/name required', '/signatory/email required'],
      [],
    ])
  })

  it('name every control as the place that it fills', () => {
    const names = STEPS.flatMap((step) =>
      partsOf(step, order(), quoteOf).flatMap(({ questions }) => questions.map(({ name }) => name)),
    )
    expect(new Set(names).size).to.equal(names.length)
    const answers = Object.fromEntries(names.map((name) => [name, 'x']))
    expect(Object.keys(answersFrom(Object.entries({ ...answers, silver: '1', at: 'list', key: 'x' })))).to.deep.equal(
      names,
    )
  })

  it('read no answer as an item of the basket', () => {
    const answers = {
      ...complete,
      'contact.telephone': '999',
      'contact.name': '7',
      'payment.method': '1',
      'signatory.role': '5',
      'items.0.attending': '3',
    }
    expect(basketFrom(Object.entries(answers))).to.deep.equal(emptyBasket)
  })

  it('keep answers with their item, and drop those about schools that have changed', () => {
    const before = { ...emptyBasket, items, schools: [{ name: 'Ash' }] }
    const now = { ...emptyBasket, items: items.slice(1), schools: [{ name: 'Birch' }] }
    const answers = {
      'items.0.note': 'silver',
      'items.1.note': 'twilight',
      'buyer.schools.0.name': 'Ash',
      'buyer.schools.0.urn': '123456',
      'contact.name': 'A',
    }
    expect(answersAfter(answers, before, now)).to.deep.equal({
      'items.0.note': 'twilight',
      'buyer.schools.0.urn': '123456',
      'contact.name': 'A',
    })
  })

  it('go on asking what a price needs once it has been answered', () => {
    const pupils = (answers: Record<string, string>) => {
      const asking = order(answers, {
        catalogue: { ...norfolk, on: '2015-09-01', inForce: true },
        basket: { ...emptyBasket, items: [{ offer: 'cluster', quantity: 1 }] },
      })
      return partsOf('school', asking, quoteOf).some(({ questions }) =>
        questions.some(({ name }) => name === 'buyer.schools.0.pupils'),
      )
    }
    expect([pupils({}), pupils({ 'buyer.schools.0.pupils': '210' })]).to.deep.equal([true, true])
  })

  it('leave payment out where there is nothing to pay', () => {
    expect(stepsOf(steppingStones, { totalPence: 0 })).not.to.contain('payment')
    expect(stepsOf(steppingStones, undefined)).to.contain('payment')
  })

  it('let those go on who say that they hold what is needed first', () => {
    const catalogue = { ...norfolk, on: '2015-09-01', inForce: true }
    const sent = (holds: string[]) => basketFrom([['cluster-hours', '3'], ...holds.map((id) => ['holds', id] as const)])
    const standing = (holds: string[]): Standing => ({
      order: { catalogue, basket: sent(holds), answers: {} },
      step: 'list',
      reached: 'list',
    })
    expect(neededFirst(standing([]).order)).to.deep.equal(['cluster'])
    expect(moved('next', standing([]), quoteOf).step).to.equal('list')
    expect(moved('next', standing(['cluster']), quoteOf).step).to.equal('school')
    const carried = (holds: string[]) => {
      const { order: held } = standing(holds)
      const links = { packages: '', print: '', training: '', cluster: '', order: '', referral: '' }
      const model = { ...held, workings, onward, links, step: 'list', reached: 'list', wrong: [], live: false } as const
      const host = document.createElement('div')
      render(view({ ...model, headingLevel: 1 }), host)
      return [...new FormData(host.querySelector('form') ?? undefined).getAll('holds')]
    }
    expect(carried([])).to.deep.equal([])
    // Once, by the tick itself, so that it can be taken back.
    expect(carried(['cluster'])).to.deep.equal(['cluster'])
  })

  it('can be walked without a script, with every fault on the step that is shown', () => {
    const answers: Record<string, string> = {}
    let standing: Standing = { order: order(answers), step: 'list', reached: 'list' }
    const press = (pressed: string) => {
      const result = moved(pressed, standing, quoteOf)
      standing = result
      return [result.step, ...result.faults.map(({ code }) => code), ...(result.ready ? ['ready'] : [])]
    }
    expect(press('next')).to.deep.equal(['school'])
    expect(press('next')).to.deep.equal(['school', 'required', 'choose'])
    expect(press('check')).to.deep.equal(['school'])
    Object.assign(answers, complete)
    expect(press('next')).to.deep.equal(['contact'])
    expect(press('back')).to.deep.equal(['school'])
    for (const step of ['contact', 'payment', 'signatory', 'check']) expect(press('next')).to.deep.equal([step])
    expect(press('place')).to.deep.equal(['check', 'ready'])
    expect(press('contact')).to.deep.equal(['contact'])
    expect(press('next')).to.deep.equal(['check'])
    answers['contact.email'] = 'nobody'
    expect(press('place')).to.deep.equal(['contact', 'email'])
    press('list')
    press('remove.1')
    expect(standing.order.basket.items).to.deep.equal([items[0]])
  })
})
