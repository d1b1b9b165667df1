import { readdir } from 'node:fs/promises'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DEMONSTRATION_DAYS, DEMONSTRATION_PEOPLE } from './people.ts'
import { abandon, type Product, StartError, startProduct } from './product.ts'
import { signInAddresses } from './sign-in.ts'

const began = performance.now()
const pages = fileURLToPath(new URL('site/', import.meta.url))

/** A port from the environment, or a sentence about what is wrong with it. */
function portFrom(variable: string, otherwise: number): number {
  const written = process.env[variable]
  if (!written) return otherwise
  const port = Number(written)
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new StartError(`${variable} is “${written}”. Give it a port number between 1 and 65535.`)
  return port
}

function dayFrom(variable: string, otherwise: string): string {
  const day = process.env[variable] || otherwise
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(Date.parse(`${day}T00:00:00Z`))
  if (!isDay || new Date(`${day}T00:00:00Z`).toISOString().slice(0, 10) !== day)
    throw new StartError(`${variable} is “${day}”. Write a day as in 2024-09-10.`)
  return day
}

async function addresses({ origin, demoOrigin }: Product, today: string): Promise<string> {
  const files = await readdir(pages, { recursive: true }).catch(() => [])
  const demo = files
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.html') && file !== 'index.html' && !file.endsWith('/index.html'))
    .sort()
    .map((file) => `    ${demoOrigin}/${file.replace(/\.html$/, '')}`)
  return [
    '',
    `Outreach Kit is running; its day is ${today}.`,
    '',
    `  Portal                      ${origin}`,
    `  Reference of the API        ${origin}/api/openapi.json`,
    `  E-mails that were “sent”    ${origin}/dev/outbox`,
    `  Script for other websites   ${origin}/outreach.js`,
    `  Health                      ${origin}/healthz`,
    `  A school's own website      ${demoOrigin}`,
    ...demo,
    '',
    ...(await consoleAddresses(origin, today)),
    '',
    'Press Ctrl-C to end it.',
  ].join('\n')
}

/** An address for each provider that signs its owner in on a day of the provider’s year, and how to get another. */
async function consoleAddresses(origin: string, today: string): Promise<string[]> {
  const owners = DEMONSTRATION_PEOPLE.filter(({ role }) => role === 'owner')
  const others = DEMONSTRATION_PEOPLE.filter(({ role }) => role !== 'owner').map(({ email }) => email)
  const again = (email: string) => `${origin}/console/sign-in?email=${email}`
  const addresses = await signInAddresses(
    origin,
    owners.map(({ email }) => email),
  ).catch((): undefined[] => [])
  return [
    '  The console, signed in as the owner of each provider (each address once, within 10 minutes)',
    ...owners.map(({ provider, email }, index) => {
      const address = new URL(addresses[index] ?? again(email))
      address.searchParams.set('today', DEMONSTRATION_DAYS[provider] ?? today)
      return `    ${provider.padEnd(24)}${address}`
    }),
    '  A provider whose year is over is shown on a day of that year: ?today= in an address of the console changes it.',
    `  Later ${again('owner@stepping-stones.example')} sends a new code, which the outbox shows.`,
    `  Others there: ${others.join(', ')}.`,
  ]
}

let product: Product | undefined
let ending = false
async function end(code: number): Promise<void> {
  if (ending) return
  ending = true
  await product?.stop()
  process.exit(code)
}
let given = false
const asked = (): void => {
  given = true
  if (product) void end(0)
  else abandon()
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, asked)

try {
  const port = portFrom('PORT', 8787)
  const demoPort = portFrom('DEMO_PORT', 8788)
  if (port === demoPort) throw new StartError(`PORT and DEMO_PORT are both ${port}. Give them different numbers.`)
  const today = dayFrom('TODAY', '2024-09-10')
  const dataDir = resolve(process.env.DATA_DIR || '.data')
  console.log('Building, migrating and loading…')
  product = await startProduct({ port, demoPort, dataDir, today, say: console.log })
  if (given) await end(0)
  console.log(await addresses(product, today))
  console.log(`Ready after ${((performance.now() - began) / 1000).toFixed(1)} s.`)
  // Whoever started this may be killed without a word to us.
  const parent = process.ppid
  setInterval(() => {
    if (process.ppid !== parent) void end(0)
  }, 100).unref()
  const sentence = await product.ended
  if (!ending) {
    console.error(sentence)
    await end(1)
  }
} catch (error) {
  if (!given) console.error(error instanceof StartError ? error.message : error)
  await end(given ? 0 : 1)
}
