import { Zip, ZipDeflate } from 'fflate'

/** A file in an archive, its content made piece by piece. */
export interface ZippedFile {
  name: string
  content: AsyncIterable<Uint8Array>
}

/** The first day that an archive can name: the files have no time of their own. */
const DATE = '1980-01-01T12:00:00'

/** Files as a ZIP archive, piece by piece: no more of it is held than a few pieces. */
export async function* zipOf(files: Iterable<ZippedFile>): AsyncGenerator<Uint8Array> {
  const made: Uint8Array[] = []
  let trouble: Error | undefined
  const zip = new Zip((error, piece) => {
    if (error) trouble = error
    else made.push(piece)
  })
  const ready = (): Uint8Array[] => {
    if (trouble) throw trouble
    return made.splice(0)
  }
  for (const { name, content } of files) {
    const file = new ZipDeflate(name, { level: 6 })
    file.mtime = DATE
    zip.add(file)
    for await (const piece of content) {
      file.push(piece)
      yield* ready()
    }
    file.push(new Uint8Array(0), true)
    yield* ready()
  }
  zip.end()
  yield* ready()
}
