import { crc32 } from 'node:zlib'

/** A file in an archive, its content made piece by piece. */
export interface ZippedFile {
  name: string
  content: AsyncIterable<Uint8Array>
}

/** Sizes and check sums follow the content; names are UTF-8. */
const FLAGS = 0x0808
const DEFLATE = 8
const VERSION = 20
/** The first day that an archive can name: the files have no time of their own. */
const DATE = 0x21

/** Files as a ZIP archive (APPNOTE 6.3), piece by piece: no more of it is held than one piece. Up to 4 GB. */
export async function* zipOf(files: Iterable<ZippedFile>): AsyncGenerator<Uint8Array> {
  const directory: Uint8Array[] = []
  let at = 0
  for (const { name, content } of files) {
    const offset = at
    const path = new TextEncoder().encode(name)
    const head = record(30 + path.length, [
      [4, 0x04034b50],
      [2, VERSION],
      [2, FLAGS],
      [2, DEFLATE],
      [2, 0],
      [2, DATE],
      [4, 0],
      [4, 0],
      [4, 0],
      [2, path.length],
      [2, 0],
    ])
    head.set(path, 30)
    yield head
    at += head.length

    const counted = { crc: 0, size: 0 }
    let packed = 0
    for await (const piece of deflated(counting(content, counted))) {
      packed += piece.length
      yield piece
    }
    const sums: [number, number][] = [
      [4, counted.crc],
      [4, packed],
      [4, counted.size],
    ]
    yield record(16, [[4, 0x08074b50], ...sums])
    at += packed + 16

    const entry = record(46 + path.length, [
      [4, 0x02014b50],
      [2, VERSION],
      [2, VERSION],
      [2, FLAGS],
      [2, DEFLATE],
      [2, 0],
      [2, DATE],
      ...sums,
      [2, path.length],
      [2, 0],
      [2, 0],
      [2, 0],
      [2, 0],
      [4, 0],
      [4, offset],
    ])
    entry.set(path, 46)
    directory.push(entry)
  }
  for (const entry of directory) yield entry
  const size = directory.reduce((sum, { length }) => sum + length, 0)
  yield record(22, [
    [4, 0x06054b50],
    [2, 0],
    [2, 0],
    [2, directory.length],
    [2, directory.length],
    [4, size],
    [4, at],
    [2, 0],
  ])
}

/** Numbers of so many bytes each, the lowest byte first. */
function record(size: number, numbers: readonly (readonly [bytes: number, value: number])[]): Uint8Array {
  const bytes = new Uint8Array(size)
  const view = new DataView(bytes.buffer)
  let at = 0
  for (const [width, value] of numbers) {
    if (width === 4) view.setUint32(at, value, true)
    else view.setUint16(at, value, true)
    at += width
  }
  return bytes
}

async function* counting(
  content: AsyncIterable<Uint8Array>,
  counted: { crc: number; size: number },
): AsyncGenerator<Uint8Array> {
  for await (const piece of content) {
    counted.crc = crc32(piece, counted.crc)
    counted.size += piece.length
    yield piece
  }
}

/** The content compressed, by the host's own compressor. */
async function* deflated(content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const { readable, writable } = new CompressionStream('deflate-raw')
  const writer = writable.getWriter()
  const feeding = (async () => {
    try {
      for await (const piece of content) await writer.write(piece)
      await writer.close()
    } catch (error) {
      await writer.abort(error).catch(() => {})
      throw error
    }
  })()
  // Whoever reads hears of it first.
  feeding.catch(() => {})
  const reader = readable.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    yield value
  }
  await feeding
}
