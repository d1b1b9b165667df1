import { equal, ok } from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { discount } from '../../catalogue/schema/offer.ts'
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
  it('has a discount that works', () => {
    equal(discount.safeParse(JSON.parse(/```json\n([\s\S]*?)```/.exec(readme)?.[1] ?? '')).success, true)
  })
})
