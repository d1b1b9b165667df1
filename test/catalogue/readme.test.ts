import { equal, ok } from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { calendar } from '../../catalogue/schema/calendar.ts'
import { consent } from '../../catalogue/schema/consent.ts'
import { discount } from '../../catalogue/schema/offer.ts'
import { pathway } from '../../catalogue/schema/pathway.ts'
import { price } from '../../catalogue/schema/price.ts'

const readme = readFileSync(new URL('../../catalogue/README.md', import.meta.url), 'utf8')

describe('The catalogue’s README', () => {
  const examples = [...readme.matchAll(/`(\{ "form".*\})` \|$/gm)].map(([, text]) => JSON.parse(text ?? ''))
  for (const example of examples)
    it(`has an example that works: ${example.form} ${example.kind ?? ''}`, () => {
      equal(price.safeParse(example).success, true)
    })
  it('has one for every form', () => {
    const source = readFileSync(new URL('../../catalogue/schema/price.ts', import.meta.url), 'utf8')
    const forms = [...source.matchAll(/form: z\.literal\('([a-z-]+)'\)/g)].map(([, form]) => form)
    ok(forms.length >= 17)
    for (const form of forms)
      ok(
        examples.some((example) => example.form === form),
        form,
      )
  })
  const blocks = [...readme.matchAll(/```json\n([\s\S]*?)```/g)].map(([, text]) => JSON.parse(text ?? ''))
  it('has a discount that works', () => equal(discount.safeParse(blocks[0]).success, true))
  it('has a pathway’s parts and a calendar that work', () => {
    const { shape } = pathway
    const kinds = [
      shape.parts.def.element.shape.questions.def.element,
      shape.eligibility.def.element,
      consent.shape.purposes.def.element,
      shape.stages.def.element,
      shape.deadlines.def.element,
      shape.places.def.innerType.def.element,
      calendar,
    ]
    equal(blocks.length, kinds.length + 1)
    for (const [index, kind] of kinds.entries()) {
      const { error } = kind.safeParse(blocks[index + 1])
      equal(error, undefined, JSON.stringify(error?.issues))
    }
  })
})
