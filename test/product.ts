import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { abandon, freePort, type Product, startProduct as start } from '../demo/product.ts'
import { signInAddresses } from '../demo/sign-in.ts'

/** The day that the demonstration plays on unless a test says otherwise. */
export const demonstrationDay = '2024-09-10'

/** What a journey asks for: a day, and `fresh` where other journeys' orders would be in the way. */
export type Wanted = { today?: string; fresh?: boolean }

/** The product as a journey sees it. */
export type TestProduct = Pick<Product, 'origin' | 'demoOrigin' | 'dataDir' | 'stop'>

/**
 * The whole product on free ports with a database of its own, as `npm start` runs it. Within `npm test`
 * the journeys share one, since each costs seconds; `fresh`, or another day, gets one of its own.
 */
export async function startProduct({ today = demonstrationDay, fresh = false }: Wanted = {}): Promise<TestProduct> {
  const shared = process.env.OUTREACH_PRODUCT
  if (shared && !fresh && today === demonstrationDay) {
    const { origin, demoOrigin, dataDir } = JSON.parse(shared)
    return { origin, demoOrigin, dataDir, stop: async () => {} }
  }
  return startOwnProduct(today)
}

/** An address of the console that signs somebody in, such as `owner@sedis.example`, once and within ten minutes. */
export async function signInAddress({ origin }: Pick<TestProduct, 'origin'>, email: string): Promise<string> {
  const [address] = await signInAddresses(origin, [email])
  if (address === undefined) throw new Error(`No letter with a code came to ${email}`)
  return address
}

// A product's processes are a group of their own: whoever ends the tests must not leave them behind.
process.on('exit', abandon)
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.once(signal, () => {
    abandon()
    process.kill(process.pid, signal)
  })

/** A product that nobody shares, with the handles that a test of crashes needs. */
export async function startOwnProduct(today: string = demonstrationDay): Promise<Product> {
  const folder = await mkdtemp(join(tmpdir(), 'outreach-kit-'))
  const port = await freePort()
  let demoPort = await freePort()
  while (demoPort === port) demoPort = await freePort()
  const settings = { port, demoPort, today, dataDir: join(folder, 'data'), buildDir: join(folder, 'build') }
  // What else was under way may still be writing there; why it did not start is what the reader needs to hear.
  const tidy = () => rm(folder, { recursive: true, force: true, maxRetries: 10 }).catch(() => {})
  const product = await start(settings).catch(async (error) => {
    await tidy()
    throw error
  })
  return {
    ...product,
    stop: async () => {
      await product.stop()
      await tidy()
    },
  }
}
