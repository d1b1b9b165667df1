import { createServer } from 'node:http'
import { EXAMPLE_QUOTE } from '../../worker/reference/examples.ts'
import type { Figure } from './figure.ts'
import { load, type Round, requestOf } from './load.ts'
import { bundledWorker, startWorkers } from './runtime.ts'
import { median, written } from './statistics.ts'

const ROUNDS = 11
const MILLISECONDS = 500
const CONNECTIONS = 32

const catalogue = '/api/providers/stepping-stones/catalogue'
const quotes = '/api/providers/stepping-stones/quotes'
const json = { 'Content-Type': 'application/json' }

/** How many answers a second a warm worker gives without D1, side by side with workers that do nothing. */
export async function bench(): Promise<Figure[]> {
  const script = await bundledWorker()
  const variables = {
    ENVIRONMENT: 'production',
    // The limits are counted as they are in life, and only never reached.
    READS_A_MINUTE: '1000000000',
  }
  const first = await startWorkers({ app: { script, variables, database: true } })
  let sent: Sent
  let quoted: Sent
  try {
    sent = await sentBy(first.port.app, catalogue)
    quoted = await sentBy(first.port.app, quotes, JSON.stringify(EXAMPLE_QUOTE))
  } finally {
    await first.stop()
  }
  const runtime = await startWorkers({
    app: { script, variables, database: true },
    ok: { script: "export default { fetch() { return new Response('ok') } }" },
    sameCatalogue: { script: sameBytes(sent, false) },
    sameQuote: { script: sameBytes(quoted, true) },
  })
  const node = await plainNode()
  try {
    const { port, pid } = runtime
    const quote = (body: unknown) => requestOf('POST', quotes, json, JSON.stringify(body))
    // More baskets than any memory of quotes keeps, so that each is priced.
    const baskets = Array.from({ length: 1_000 }, (_, index) =>
      quote({
        ...EXAMPLE_QUOTE,
        buyer: { holds: [], schools: [{ name: `School ${index}`, pupils: 100 + index, district: '1' }] },
      }),
    )
    let turn = 0
    const asked = {
      ok: { port: port.ok, pid, next: always(requestOf('GET', '/')) },
      catalogue: { port: port.app, pid, next: always(requestOf('GET', catalogue)) },
      sameCatalogue: { port: port.sameCatalogue, pid, next: always(requestOf('GET', catalogue)) },
      quote: { port: port.app, pid, next: () => baskets[turn++ % baskets.length] ?? Buffer.alloc(0) },
      quoteAgain: { port: port.app, pid, next: always(quote(EXAMPLE_QUOTE)) },
      sameQuote: { port: port.sameQuote, pid, next: always(quote(EXAMPLE_QUOTE)) },
      node: { port: node.port, pid: undefined, next: always(requestOf('GET', '/')) },
    }
    type Name = keyof typeof asked
    const names = Object.keys(asked) as Name[]
    const rounds = new Map<Name, Round[]>(names.map((name) => [name, []]))
    for (let round = -1; round < ROUNDS; round += 1)
      // Each round begins elsewhere, so that nobody always comes after the same neighbour.
      for (const index of names.keys()) {
        const name = names[(index + round + names.length) % names.length] ?? 'ok'
        const { next, ...server } = asked[name]
        const result = await load(server, next, { connections: CONNECTIONS, milliseconds: MILLISECONDS })
        if (round >= 0) rounds.get(name)?.push(result)
      }
    const of = (name: Name) => {
      const all = rounds.get(name) ?? []
      return {
        rate: median(all.map(({ rate }) => rate)),
        processor: median(all.map(({ processor }) => processor ?? Number.NaN)),
        busy: median(all.map(({ busy }) => busy ?? Number.NaN)),
      }
    }
    const floor = of('ok')
    const figureOf = (name: string, ours: Name, same: Name, bytes: number): Figure => {
      const { rate, processor, busy } = of(ours)
      const peer = of(same)
      const ratio = rate / floor.rate
      return {
        name,
        // Where others use the machine too, processor time says it more steadily than the rate does.
        figure: `${ratio.toFixed(2)} × (${Math.round(rate)}/s, workerd ${(busy * 100).toFixed(0)} % busy; by processor time ${(floor.processor / processor).toFixed(2)} ×, ${(processor * 1000).toFixed(0)} µs each)`,
        floor: `“ok” ${Math.round(floor.rate)}/s, ${(floor.processor * 1000).toFixed(0)} µs, ${(floor.busy * 100).toFixed(0)} % busy`,
        peers: `the same ${bytes} bytes from a bare worker ${Math.round(peer.rate)}/s, ${(peer.processor * 1000).toFixed(0)} µs: ${(rate / peer.rate).toFixed(2)} ×`,
        bound: '0.90 ×',
        ok: ratio >= 0.9,
      }
    }
    return [
      figureOf('A catalogue, warm, beside a bare workerd', 'catalogue', 'sameCatalogue', sent.body.length),
      figureOf('A quote of a basket not seen before, warm', 'quote', 'sameQuote', quoted.body.length),
      figureOf('A quote of the same basket again, warm', 'quoteAgain', 'sameQuote', quoted.body.length),
      { name: 'Node’s own server that answers “ok”', figure: written(of('node').rate, 0, 'a second') },
    ]
  } finally {
    node.stop()
    await runtime.stop()
  }
}

type Sent = { headers: [string, string][]; body: string }

/** What the worker sends, to be sent by a bare one. */
async function sentBy(port: number, path: string, body?: string): Promise<Sent> {
  const init = body === undefined ? {} : { method: 'POST', headers: json, body }
  const response = await fetch(`http://127.0.0.1:${port}${path}`, init)
  const own = /^(content-length|transfer-encoding|connection|date|keep-alive|content-encoding)$/
  const headers = [...response.headers].filter(([name]) => !own.test(name))
  const text = await response.text()
  if (!response.ok) throw new Error(`${path} answers ${response.status}: ${text}`)
  return { headers, body: text }
}

/** A worker that sends these bytes and knows nothing else; where it is posted to, it reads what it is sent. */
function sameBytes({ headers, body }: Sent, reads: boolean): string {
  return `const body = new TextEncoder().encode(${JSON.stringify(body)})
const headers = new Headers(${JSON.stringify(headers)})
export default { async fetch(request) {
  ${reads ? 'await request.text()' : ''}
  return new Response(body, { headers })
} }`
}

function always(request: Buffer): () => Buffer {
  return () => request
}

function plainNode(): Promise<{ port: number; stop: () => void }> {
  const server = createServer((_request, response) => response.writeHead(200, { 'Content-Length': 2 }).end('ok'))
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' && address ? address.port : 0
      resolve({ port, stop: () => server.closeAllConnections() })
      server.unref()
    })
  })
}
