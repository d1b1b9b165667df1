import { readdir, readFile } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'

/** What a round of load came to. */
export type Round = {
  /** Answers a second. */
  rate: number
  /** Processor time of the server's process for each answer, in milliseconds; undefined where the machine does not tell. */
  processor: number | undefined
  /** The part of the round during which the server's process was at work: near 1, and the server is what was measured. */
  busy: number | undefined
}

/** A request as bytes. */
export function requestOf(method: string, path: string, headers: Record<string, string> = {}, body = ''): Buffer {
  const lines = Object.entries({ Host: 'localhost', ...headers }).map(([name, value]) => `${name}: ${value}`)
  const length = method === 'GET' ? [] : [`Content-Length: ${Buffer.byteLength(body)}`]
  return Buffer.from([`${method} ${path} HTTP/1.1`, ...lines, ...length, '', body].join('\r\n'))
}

/**
 * Keeps `connections` open and asks on each again as soon as it is answered, for so many milliseconds. Plain sockets, and no more of the
 * answer is read than its status and its length: a client library would cost more than the server does and hide every difference.
 */
export async function load(
  { port, pid }: { port: number; pid: number | undefined },
  next: () => Buffer,
  { connections, milliseconds, status = 200 }: { connections: number; milliseconds: number; status?: number },
): Promise<Round> {
  const sockets = await Promise.all(Array.from({ length: connections }, () => opened(port)))
  const expected = `HTTP/1.1 ${status} `
  let answered = 0
  let going = true
  const ends = sockets.map(
    (socket) =>
      new Promise<void>((resolve, reject) => {
        let head: Buffer | undefined
        let wanted = 0
        socket.on('data', (part) => {
          let chunk = part
          if (wanted === 0) {
            chunk = head ? Buffer.concat([head, part]) : part
            const end = chunk.indexOf('\r\n\r\n')
            if (end < 0) {
              head = chunk
              return
            }
            const lines = chunk.toString('latin1', 0, end)
            const length = /\r\ncontent-length: *(\d+)/i.exec(lines)?.[1]
            if (!lines.startsWith(expected) || length === undefined) {
              reject(new Error(`Not the answer that was looked for:\n${chunk.toString().slice(0, 600)}`))
              return
            }
            head = undefined
            wanted = end + 4 + Number(length)
          }
          wanted -= chunk.length
          if (wanted > 0) return
          answered += 1
          wanted = 0
          if (going) socket.write(next())
          else resolve()
        })
        socket.on('error', reject)
        socket.on('close', () => (going ? reject(new Error('The server hung up')) : resolve()))
      }),
  )
  const before = await processorOf(pid)
  const began = performance.now()
  for (const socket of sockets) socket.write(next())
  const over = new Promise<void>((resolve) => setTimeout(resolve, milliseconds))
  await Promise.race([over, Promise.all(ends)])
  going = false
  await Promise.all(ends)
  const took = performance.now() - began
  const after = await processorOf(pid)
  for (const socket of sockets) socket.destroy()
  const spent = before === undefined || after === undefined ? undefined : after - before
  return {
    rate: (answered / took) * 1000,
    processor: spent === undefined ? undefined : spent / answered,
    busy: spent === undefined ? undefined : spent / took,
  }
}

/** A connection of its own. */
export function opened(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => resolve(socket))
    socket.once('error', reject)
  })
}

/** Sends a request and waits for the whole of its answer, in milliseconds. */
export function timed(socket: Socket, request: Buffer, status: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = []
    let wanted = Number.POSITIVE_INFINITY
    let size = 0
    const end = (error?: Error): void => {
      socket.off('data', hear)
      socket.off('error', end)
      if (error) reject(error)
      else resolve(performance.now() - began)
    }
    const hear = (part: Buffer): void => {
      parts.push(part)
      size += part.length
      if (wanted === Number.POSITIVE_INFINITY) {
        const text = Buffer.concat(parts).toString('latin1')
        const head = text.indexOf('\r\n\r\n')
        if (head < 0) return
        const length = /\r\ncontent-length: *(\d+)/i.exec(text.slice(0, head))?.[1]
        if (!text.startsWith(`HTTP/1.1 ${status} `) || length === undefined) {
          end(new Error(`Not the answer that was looked for:\n${text.slice(0, 600)}`))
          return
        }
        wanted = head + 4 + Number(length)
      }
      if (size >= wanted) end()
    }
    socket.on('data', hear)
    socket.once('error', end)
    const began = performance.now()
    socket.write(request)
  })
}

/** Processor time that a process has used, in milliseconds; Linux alone tells. */
async function processorOf(pid: number | undefined): Promise<number | undefined> {
  if (pid === undefined) return undefined
  try {
    // To the nanosecond, thread by thread.
    const threads = await readdir(`/proc/${pid}/task`)
    const spent = await Promise.all(
      threads.map((thread) => readFile(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').catch(() => '0')),
    )
    return spent.reduce((sum, text) => sum + Number(text.split(' ')[0]), 0) / 1e6
  } catch {
    return undefined
  }
}

/** Child processes of this one by their command's name. */
export async function childrenNamed(name: string): Promise<Set<number>> {
  const found = new Set<number>()
  const text = await readFile(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8').catch(() => '')
  for (const pid of text.split(' ').map(Number)) {
    const command = pid ? await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '') : ''
    if (command.trim() === name) found.add(pid)
  }
  return found
}
