import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { brotliCompressSync } from 'node:zlib'
import { build as bundle, mergeConfig, type Rollup } from 'vite'
import config, {
  arrange,
  collapseTemplates,
  entryFile,
  fetchTogether,
  type Sharing,
  squeeze,
  survey,
} from './vite.config.ts'

const components = fileURLToPath(new URL('.', import.meta.url))
export const siteFolder = fileURLToPath(new URL('../dist/site/', import.meta.url))

/** One file of the build, with what it weighs on the wire. */
export type BuiltFile = {
  file: string
  bytes: number
  brotli: number
  /** What it cannot run without. */
  imports: string[]
  /** What it may fetch later. */
  dynamicImports: string[]
}

const headers = `/*
  X-Content-Type-Options: nosniff
  Access-Control-Allow-Origin: *
  Cross-Origin-Resource-Policy: cross-origin
/outreach.js
  Cache-Control: public, max-age=300, stale-while-revalidate=86400
/portal.css
  Cache-Control: public, max-age=300, stale-while-revalidate=86400
/consent-form.js
  Cache-Control: public, max-age=300, stale-while-revalidate=86400
/outreach/*
  Cache-Control: public, max-age=31536000, immutable
/console/console.*
  Cache-Control: no-cache
/console/report.js
  Cache-Control: no-cache
/console/preview.js
  Cache-Control: no-cache
/console/parts/*
  Cache-Control: public, max-age=31536000, immutable
`

/** Builds everything that the worker serves as it is, into `dist/site/` unless told otherwise, and weighs it. */
export async function build(site: string = siteFolder): Promise<BuiltFile[]> {
  const sharing: Sharing = { entry: [], pairs: new Map(), copies: new Set(), there: new Set() }
  await bundle(
    mergeConfig(config, {
      plugins: [survey(entryFile, sharing)],
      build: { write: false, minify: false, emptyOutDir: false },
    }),
  )
  const inEntry = new Set(sharing.entry)
  const output = await bundle(
    mergeConfig(config, {
      plugins: [arrange(entryFile, sharing), squeeze()],
      build: {
        outDir: site,
        rolldownOptions: {
          treeshake: {
            moduleSideEffects: (id: string) => (inEntry.has(id) ? true : undefined),
          },
          output: {
            codeSplitting: {
              groups: [
                // The entry by name: left to itself, the bundler puts some of it beside it.
                { name: 'outreach', test: (id: string) => id === entryFile || sharing.there.has(id) },
                ...[...sharing.pairs].map(([name, modules]) => ({ name, test: (id: string) => modules.includes(id) })),
              ],
            },
          },
        },
      },
    }),
  )
  await mkdir(site, { recursive: true })
  await writeFile(join(site, '_headers'), headers)
  const style = await portalStyle()
  await writeFile(join(site, 'portal.css'), style)
  const chunks = (Array.isArray(output) ? output : [output])
    .flatMap((one) => ('output' in one ? one.output : []))
    .filter((one): one is Rollup.OutputChunk => one.type === 'chunk')
  return [
    ...chunks.map(({ fileName, code, imports, dynamicImports }) => weigh(fileName, code, imports, dynamicImports)),
    weigh('portal.css', style, [], []),
    await buildConsentForm(site),
    ...(await buildConsole(join(site, 'console'))),
  ]
}

/** Builds the script of the consent pages: a file of its own, since a parent’s phone needs nothing of what the other widgets stand on. */
async function buildConsentForm(folder: string): Promise<BuiltFile> {
  const output = await bundle({
    ...config,
    plugins: [collapseTemplates(), squeeze()],
    build: {
      ...config.build,
      outDir: folder,
      emptyOutDir: false,
      // In place of the widgets’ entry, which would else be built again and over itself.
      lib: { entry: { 'consent-form': join(components, 'consent-form/consent-form.ts') }, formats: ['es'] },
    },
  })
  const [chunk] = (Array.isArray(output) ? output : [output])
    .flatMap((one) => ('output' in one ? one.output : []))
    .filter((one): one is Rollup.OutputChunk => one.type === 'chunk')
  return weigh(chunk?.fileName ?? '', chunk?.code ?? '', [], [])
}

const consoleEntry = join(components, 'console/console.ts')
/** What runs beside the console's page: the report's worker, and the page inside the editor's preview. */
const besides = {
  report: join(components, 'console/catalogue/report/report.worker.ts'),
  preview: join(components, 'console/catalogue/preview/preview.ts'),
}

/**
 * Builds the console beside the widgets, which share no file with it and so never grow by it: `console.js`, a chunk for each
 * page, and the style sheet. What several pages need rides in the entry, so that a page is one request more and no chain.
 */
async function buildConsole(folder: string): Promise<BuiltFile[]> {
  const output = await bundle({
    ...config,
    // One minifier is enough here: the editor is large, and a second would take longer than everything else together.
    plugins: [collapseTemplates(), fetchTogether('console.js')],
    build: {
      ...config.build,
      outDir: folder,
      lib: { entry: { console: consoleEntry, ...besides }, formats: ['es'] },
      rolldownOptions: {
        preserveEntrySignatures: 'allow-extension',
        output: {
          minify: true,
          entryFileNames: '[name].js',
          chunkFileNames: 'parts/[name]-[hash].js',
          codeSplitting: {
            groups: [
              {
                name: 'console',
                test: /\/(components\/console\/(parts|[^/]+\.ts$)|node_modules\/(lit|lit-html|lit-element|@lit)\/)/,
              },
              {
                // What the pages about referrals share is one file beside each of them.
                name: 'cases',
                test: /\/components\/console\/cases\/(?!(board|list|find|pages)\.ts$)/,
              },
            ],
          },
        },
      },
    },
  })
  const style = minified(await readFile(join(components, 'console/console.css'), 'utf8'))
  await writeFile(join(folder, 'console.css'), style)
  const chunks = (Array.isArray(output) ? output : [output])
    .flatMap((one) => ('output' in one ? one.output : []))
    .filter((one): one is Rollup.OutputChunk => one.type === 'chunk')
  const named = (file: string): string => `console/${file}`
  return [
    ...chunks.map(({ fileName, code, imports, dynamicImports }) =>
      weigh(named(fileName), code, imports.map(named), dynamicImports.map(named)),
    ),
    weigh(named('console.css'), style, [], []),
  ]
}

function weigh(file: string, text: string, imports: string[], dynamicImports: string[]): BuiltFile {
  return { file, bytes: Buffer.byteLength(text), brotli: brotliCompressSync(text).length, imports, dynamicImports }
}

/**
 * The widgets' own styles for their fallbacks on the portal, which shadow styles do not reach:
 * `:host` becomes the element's tag. A folder without an element (kit) styles all of them.
 */
export async function portalStyle(): Promise<string> {
  const files = (await readdir(components, { recursive: true }))
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.styles.ts') || file === 'kit/styles.ts')
    .sort()
  const widgets = files.filter((file) => file.endsWith('.styles.ts')).map(folderOf)
  const tags = [...new Set(widgets)].map((name) => `outreach-${name}`)
  const sheets = await Promise.all(
    files.map(async (file) => {
      const exported: Record<string, unknown> = await import(pathToFileURL(join(components, file)).href)
      const css = Object.values(exported).map(textOf).join('\n')
      const scope = file.startsWith('kit/') ? `:is(${tags.join(', ')})` : `outreach-${folderOf(file)}`
      return scoped(css, scope)
    }),
  )
  const own = await readFile(join(components, 'portal/portal.css'), 'utf8').catch(() => '')
  return minified([...sheets, own].join('\n'))
}

function minified(css: string): string {
  return css.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\s+/g, ' ')
}

function folderOf(file: string): string {
  return file.split('/')[0] ?? ''
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(textOf).join('\n')
  if (typeof value !== 'object' || value === null || !('cssText' in value)) return ''
  return String(value.cssText)
}

/** Rewrites a shadow root's style sheet for the element's light children. */
export function scoped(css: string, scope: string): string {
  const top: string[] = []
  const nested = css
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/@(keyframes|property|font-face)[^{]*\{(?:[^{}]|\{[^{}]*\})*\}/g, (rule) => {
      top.push(rule)
      return ''
    })
    .replace(/:host-context\(([^()]*(?:\([^()]*\)[^()]*)*)\)/g, ':where($1) &')
    .replace(/:host\(([^()]*(?:\([^()]*\)[^()]*)*)\)/g, '&:is($1)')
    .replace(/:host\b/g, '&')
    .replace(/::slotted\(([^()]*)\)/g, '& > $1')
  return `${top.join('\n')}\n${scope} {\n${nested}\n}`
}

/** The build's table: each file, its bytes and its brotli. */
export function table(files: BuiltFile[]): string {
  const width = Math.max(...files.map(({ file }) => file.length))
  return files
    .map(
      ({ file, bytes, brotli }) =>
        `  ${file.padEnd(width)}  ${(bytes / 1000).toFixed(1).padStart(7)} KB  ${(brotli / 1000).toFixed(2).padStart(7)} KB brotli`,
    )
    .join('\n')
}

if (import.meta.main) console.log(table(await build()))
