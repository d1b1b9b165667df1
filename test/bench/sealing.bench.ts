import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import type { Figure } from './figure.ts'
import { load, requestOf } from './load.ts'
import { shippedCatalogues } from './memory-database.ts'
import { startWorkers } from './runtime.ts'
import { median, written } from './statistics.ts'

const ROUNDS = 11
const MILLISECONDS = 500
const CONNECTIONS = 4

/** What is sealed beside the parts in the life of a case: notes, names, answers. */
const BESIDE = 40

/** Seals or opens a whole referral for each request: its key, every part, and all that is sealed beside them. */
const SCRIPT = `
import { keyringOf } from './worker/sealing/keyring.ts'
import { newReferralKey, open, openReferralKey, seal } from './worker/sealing/seal.ts'
const referral = 'a'.repeat(32)
const place = (name) => ({ referral, name, revision: 1 })
const sealed = async (ring, texts) => {
  const { key, kept } = await newReferralKey(ring, referral)
  return { kept, texts: await Promise.all(texts.map(async ([name, text]) => [name, await seal(key, text, place(name))])) }
}
let texts
let whole
export default {
  async fetch(request, env) {
    const ring = keyringOf(env)
    texts ??= JSON.parse(env.TEXTS)
    whole ??= await sealed(ring, texts)
    const path = new URL(request.url).pathname
    if (path === '/seal') await sealed(ring, texts)
    if (path === '/open') {
      const key = await openReferralKey(ring, referral, whole.kept)
      const found = await Promise.all(whole.texts.map(async ([name, text]) => JSON.parse(await open(key, text, place(name)))))
      if (found.length !== texts.length) throw new Error('Not all of it was opened')
    }
    return new Response('', { headers: { 'Content-Length': '0' } })
  },
}
`

/** What sealing and opening the whole of the longest referral takes of a processor on workerd, beside a request that does neither. */
export async function bench(): Promise<Figure[]> {
  const key = () => Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64')
  const texts = await longestTexts()
  const bundled = await build({
    stdin: { contents: SCRIPT, resolveDir: fileURLToPath(new URL('../..', import.meta.url)), loader: 'js' },
    bundle: true,
    format: 'esm',
    write: false,
  })
  const variables = { MASTER_KEYS: `1:${key()}`, INDEX_KEY: key(), TEXTS: JSON.stringify(texts) }
  const runtime = await startWorkers({ sealer: { script: bundled.outputFiles[0]?.text ?? '', variables } })
  try {
    const asked = ['/', '/seal', '/open'] as const
    const taken = { '/': [] as number[], '/seal': [] as number[], '/open': [] as number[] }
    for (let round = -1; round < ROUNDS; round += 1)
      for (const path of asked) {
        const next = () => requestOf('GET', path)
        const place = { port: runtime.port.sealer, pid: runtime.pid }
        const { processor } = await load(place, next, { connections: CONNECTIONS, milliseconds: MILLISECONDS })
        if (processor === undefined) throw new Error('This machine does not tell processor time')
        if (round >= 0) taken[path].push(processor)
      }
    const bare = median(taken['/'])
    const size = texts.reduce((sum, [, text]) => sum + text.length, 0)
    const figure = (name: string, milliseconds: number): Figure => ({
      name: `${name} a whole referral, processor`,
      figure: written(milliseconds, 2, 'ms'),
      floor: `${texts.length} texts, ${(size / 1000).toFixed(0)} thousand signs; a bare request takes ${bare.toFixed(2)} ms`,
      bound: '5 ms',
      ok: milliseconds < 5,
    })
    const [sealing, opening] = [median(taken['/seal']) - bare, median(taken['/open']) - bare]
    return [figure('Sealing', sealing), figure('Opening', opening), figure('Sealing and opening', sealing + opening)]
  } finally {
    await runtime.stop()
  }
}

/** Everything that is sealed of the referral with the most to say, every answer as long as it may be, as JSON by its name. */
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
