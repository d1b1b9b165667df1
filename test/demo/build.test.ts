import { deepEqual, equal, ok } from 'node:assert/strict'
import { describe, it } from 'node:test'
import { scoped } from '../../components/build.ts'
import { sharingOf } from '../../components/vite.config.ts'

const users = (given: Record<string, string[]>): Map<string, Set<string>> =>
  new Map(Object.entries(given).map(([module, widgets]) => [module, new Set(widgets)]))

describe('The build', () => {
  it('puts what three widgets share into the script itself', () => {
    const { entry, pairs } = sharingOf(users({ lit: ['a', 'b', 'c'], own: ['a'] }))
    deepEqual(entry, ['lit'])
    equal(pairs.size, 0)
  })

  it('gives what two widgets share a chunk of its own', () => {
    const { entry, pairs } = sharingOf(users({ basket: ['a', 'b'], list: ['b', 'a'], other: ['c', 'd'] }))
    deepEqual(entry, [])
    deepEqual([...pairs.values()], [['basket', 'list'], ['other']])
  })

  it('never makes a widget take a fourth script: the smaller pair rides in the script itself', () => {
    const { entry, pairs } = sharingOf(users({ one: ['a', 'b'], two: ['a', 'b'], three: ['b', 'c'] }))
    deepEqual([...pairs.values()], [['one', 'two']])
    deepEqual(entry, ['three'])
  })
})

describe('The portal’s stylesheet', () => {
  it('says the element where the shadow root said host', () => {
    const css = scoped(':host { color: red } :host([busy]) p { margin: 0 }', 'outreach-order-form')
    ok(css.includes('outreach-order-form {'))
    ok(css.includes('& { color: red }'))
    ok(css.includes('&:is([busy]) p { margin: 0 }'))
  })

  it('keeps keyframes at the top, where alone they work', () => {
    const css = scoped('@keyframes turn { from { opacity: 0 } to { opacity: 1 } } p { color: red }', 'x-y')
    ok(css.indexOf('@keyframes turn { from { opacity: 0 } to { opacity: 1 } }') < css.indexOf('x-y {'))
  })
})
