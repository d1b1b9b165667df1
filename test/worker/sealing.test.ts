import { deepEqual, equal, match, rejects, throws } from 'node:assert/strict'
import { describe, it } from 'node:test'
import { base64Of, KeyError, keyringOf } from '../../worker/sealing/keyring.ts'
import { markOf, newReferralKey, open, openReferralKey, rewrapped, seal } from '../../worker/sealing/seal.ts'

const key = () => base64Of(crypto.getRandomValues(new Uint8Array(32)))
const [first, second, INDEX_KEY] = [key(), key(), key()]
const old = keyringOf({ MASTER_KEYS: `1:${first}`, INDEX_KEY })
const both = keyringOf({ MASTER_KEYS: `2:${second},1:${first}`, INDEX_KEY })
const only = keyringOf({ MASTER_KEYS: `2:${second}`, INDEX_KEY })
const place = { referral: 'r', name: 'part:pupil', revision: 1 }

describe('A sealed text', () => {
  it('opens at its place and nowhere else', async () => {
    const { key: own, kept } = await newReferralKey(old, 'r')
    const sealed = await seal(own, 'Zoë O’Hara, بنت', place)
    equal(await open(await openReferralKey(old, 'r', kept), sealed, place), 'Zoë O’Hara, بنت')
    for (const other of [
      { ...place, referral: 's' },
      { ...place, name: 'card' },
      { ...place, revision: 2 },
    ])
      await rejects(open(own, sealed, other), KeyError)
    const { key: stranger } = await newReferralKey(old, 'r')
    await rejects(open(stranger, sealed, place), KeyError)
    await rejects(open(own, `${sealed.slice(0, -8)}AAAAAAA=`, place), KeyError)
    await rejects(openReferralKey(old, 's', kept), KeyError)
  })

  it('never looks the same twice, and holds nothing that can be read', async () => {
    const { key: own, kept } = await newReferralKey(old, 'r')
    const [one, other] = await Promise.all([seal(own, 'CANARY', place), seal(own, 'CANARY', place)])
    equal(one === other, false)
    equal(atob(one).includes('CANARY') || kept.wrapped.includes('CANARY'), false)
  })
})

describe('A master key', () => {
  it('is followed by another, and needed no longer once the referrals’ keys are wrapped anew', async () => {
    const { key: own, kept } = await newReferralKey(old, 'r')
    const sealed = await seal(own, 'text', place)
    const anew = await rewrapped(both, 'r', kept)
    deepEqual([kept.master, anew.master], [1, 2])
    equal(await open(await openReferralKey(only, 'r', anew), sealed, place), 'text')
    await rejects(openReferralKey(only, 'r', kept), /lacks version 1/)
  })

  it('is asked for in a sentence where it is missing or unreadable, which never shows it', () => {
    throws(() => keyringOf({ INDEX_KEY }), /MASTER_KEYS is missing/)
    throws(() => keyringOf({ MASTER_KEYS: '1:short', INDEX_KEY }), /32 bytes/)
    throws(() => keyringOf({ MASTER_KEYS: `1:${first},01:${second}`, INDEX_KEY }), /a version twice/)
    throws(() => keyringOf({ MASTER_KEYS: `1:${first}` }), /INDEX_KEY/)
  })
})

describe('A blind mark', () => {
  it('is equal for equal subjects of one provider and kind alone', async () => {
    const mark = await markOf(old, 'a', 'pupil', 'zoe ohara|2015-01-01')
    match(mark, /^[\w-]{24}$/)
    equal(await markOf(both, 'a', 'pupil', 'zoe ohara|2015-01-01'), mark)
    const others = [['b', 'pupil', 'zoe ohara|2015-01-01'] as const, ['a', 'school', 'zoe ohara|2015-01-01'] as const]
    for (const [provider, kind, subject] of others) equal((await markOf(old, provider, kind, subject)) === mark, false)
  })
})
