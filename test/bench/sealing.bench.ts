import { keyringOf } from '../../worker/sealing/keyring.ts'
import { newReferralKey, open, openReferralKey, seal } from '../../worker/sealing/seal.ts'
import type { Figure } from './figure.ts'
import { shippedCatalogues } from './memory-database.ts'
import { median, written } from './statistics.ts'

const ROUNDS = 21
/** Referrals in a round: processor time is told to the microsecond, and one of them takes few. */
const REFERRALS = 100

/** The longest form that ships, every answer as long as it may be, and what is sealed beside its parts in the life of a case. */
const BESIDE = 40

/** What sealing and opening the whole of a referral takes of a processor: its key, every part, and forty notes, names and answers beside them. */
export async function bench(): Promise<Figure[]> {
  const key = () => Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64')
  const ring = keyringOf({ MASTER_KEYS: `1:${key()}`, INDEX_KEY: key() })
  const texts = await longestTexts()
  const size = texts.reduce((sum, [, text]) => sum + text.length, 0)
  const sealing: number[] = []
  const opening: number[] = []
  for (let round = -1; round < ROUNDS; round += 1) {
    const kept: Awaited<ReturnType<typeof sealed>>[] = []
    const took = await processorOf(async () => {
      for (let count = 0; count < REFERRALS; count += 1) kept.push(await sealed(ring, `referral-${count}`, texts))
    })
    const back = await processorOf(async () => {
      for (const one of kept) {
        const own = await openReferralKey(ring, one.referral, one.key)
        const found = await Promise.all(
          one.texts.map(([name, text]) => open(own, text, { referral: one.referral, name, revision: 1 })),
        )
        for (const text of found) JSON.parse(text)
      }
    })
    if (round < 0) continue
    sealing.push(took / REFERRALS)
    opening.push(back / REFERRALS)
  }
  const floor = `${texts.length} texts of ${(size / 1000).toFixed(0)} KB in all`
  const figure = (name: string, taken: readonly number[]): Figure => ({
    name,
    figure: written(median(taken), 2, 'ms'),
    floor,
    bound: '5 ms',
    ok: median(taken) < 5,
  })
  return [
    figure('Sealing a whole referral, processor', sealing),
    figure('Opening a whole referral, processor', opening),
    figure(
      'Sealing and opening one, processor',
      sealing.map((took, at) => took + (opening[at] ?? 0)),
    ),
  ]
}

/** Everything that is sealed of the referral with the most to say, as JSON by its name. */
async function longestTexts(): Promise<[name: string, text: string][]> {
  const pathways = (await shippedCatalogues()).flatMap((catalogue) => catalogue.pathways ?? [])
  const forms = pathways.map(({ parts }) =>
    parts.map(({ id, questions }): [string, string] => [
      `part:${id}`,
      JSON.stringify(Object.fromEntries(questions.map(({ id: question, most = 200 }) => [question, 'é'.repeat(most)]))),
    ]),
  )
  const weight = (form: [string, string][]) => form.reduce((sum, [, text]) => sum + text.length, 0)
  const longest = forms.toSorted((a, b) => weight(b) - weight(a))[0] ?? []
  const beside = Array.from({ length: BESIDE }, (_, at): [string, string] => [
    `event:${at}`,
    JSON.stringify({ text: 'A note of a few sentences. '.repeat(10) }),
  ])
  return [...longest, ...beside]
}

async function sealed(ring: ReturnType<typeof keyringOf>, referral: string, texts: readonly [string, string][]) {
  const { key, kept } = await newReferralKey(ring, referral)
  const done = await Promise.all(
    texts.map(
      async ([name, text]): Promise<[string, string]> => [name, await seal(key, text, { referral, name, revision: 1 })],
    ),
  )
  return { referral, key: kept, texts: done }
}

/** Processor time of some work on all threads, in milliseconds. */
async function processorOf(work: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}
