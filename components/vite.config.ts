import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { minify } from 'terser'
import type { InlineConfig, Plugin } from 'vite'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** The most scripts that one widget may take: the script tag's, its own, and one shared with others. */
const MOST_SCRIPTS = 3

/** Up to this many characters a module is copied rather than shared. */
const COPIED_UP_TO = 1_500

/** From this many widgets on, a module that they share rides in `outreach.js` itself. */
const SHARED_BY_ALL_FROM = 3

/** Widgets that stand on a page without the others: each carries what it needs beyond the entry itself, and nobody shares with it. */
const ALONE = ['referral-form']

export type Sharing = {
  /** Modules that ride in the entry. */
  entry: string[]
  /** Modules that exactly two widgets share, by the chunk's name. */
  pairs: Map<string, string[]>
  /** Small modules of the catalogue, and the everyday reasons: pure and without state, of which each chunk has a copy, since a request would cost more. */
  copies: Set<string>
  /** Every module that rides in the entry. */
  there: Set<string>
}

/**
 * Decides where the modules go that several widgets use: what most of them need rides in the
 * entry; what two share is a chunk beside theirs, at most one for each widget.
 *
 * @param users for each module, the widgets whose static imports reach it
 */
export function sharingOf(users: ReadonlyMap<string, ReadonlySet<string>>): Omit<Sharing, 'copies' | 'there'> {
  const entry: string[] = []
  const byPair = new Map<string, { widgets: readonly string[]; modules: string[] }>()
  for (const [module, widgets] of users) {
    if (widgets.size >= SHARED_BY_ALL_FROM) entry.push(module)
    else if (widgets.size === 2) {
      const names = [...widgets].sort()
      const pair = byPair.get(names.join()) ?? { widgets: names, modules: [] }
      pair.modules.push(module)
      byPair.set(names.join(), pair)
    }
  }
  const taken = new Map<string, number>()
  const pairs = new Map<string, string[]>()
  const largestFirst = [...byPair].sort(([, a], [, b]) => b.modules.length - a.modules.length)
  for (const [, { widgets, modules }] of largestFirst) {
    if (widgets.every((widget) => (taken.get(widget) ?? 2) < MOST_SCRIPTS)) {
      for (const widget of widgets) taken.set(widget, (taken.get(widget) ?? 2) + 1)
      pairs.set(`shared-${pairs.size + 1}`, modules)
    } else entry.push(...modules)
  }
  return { entry, pairs }
}

/** First pass: notes which widget reaches which module, and fills `sharing` for the second. */
export function survey(entry: string, sharing: Sharing): Plugin {
  return {
    name: 'outreach-survey',
    buildEnd(error) {
      if (error) return
      const users = new Map<string, Set<string>>()
      const reach = (id: string, seen: Set<string>): Set<string> => {
        if (seen.has(id)) return seen
        seen.add(id)
        for (const next of this.getModuleInfo(id)?.importedIds ?? []) reach(next, seen)
        return seen
      }
      const inEntry = reach(entry, new Set())
      const isAlone = (id: string) => ALONE.some((name) => id.endsWith(`/${name}/${name}.ts`))
      for (const id of inEntry)
        for (const widget of (this.getModuleInfo(id)?.dynamicallyImportedIds ?? []).filter((one) => !isAlone(one)))
          for (const module of reach(widget, new Set()))
            if (!inEntry.has(module)) users.set(module, (users.get(module) ?? new Set()).add(widget))
      // What a widget fetches later shares with others too, though never with the widget itself, which is there by then.
      const all = new Map([...users].map(([module, widgets]) => [module, new Set(widgets)]))
      for (const widget of new Set([...users.values()].flatMap((widgets) => [...widgets]))) {
        const own = reach(widget, new Set())
        for (const module of own)
          for (const later of this.getModuleInfo(module)?.dynamicallyImportedIds ?? [])
            for (const needed of reach(later, new Set()))
              if (!inEntry.has(needed) && !own.has(needed)) all.set(needed, (all.get(needed) ?? new Set()).add(later))
      }
      const ridesAlong = (id: string) => (users.get(id)?.size ?? 0) >= SHARED_BY_ALL_FROM
      for (const [module, { size }] of all) {
        const { code, importedIds } = this.getModuleInfo(module) ?? {}
        if (size < 2 || size >= SHARED_BY_ALL_FROM || importedIds?.some((id) => !inEntry.has(id) && !ridesAlong(id)))
          continue
        if (!/\/(catalogue\/.*|reasons)\.ts$/.test(module) || (code?.length ?? COPIED_UP_TO) >= COPIED_UP_TO) continue
        sharing.copies.add(module)
        users.delete(module)
      }
      Object.assign(sharing, sharingOf(users))
      for (const id of [...inEntry, ...sharing.entry.flatMap((module) => [...reach(module, new Set())])])
        sharing.there.add(id)
    },
  }
}

/** Second pass: moves the shared modules into the entry, and fetches a widget's chunks side by side. */
export function arrange(entry: string, sharing: Sharing): Plugin {
  return {
    name: 'outreach-arrange',
    enforce: 'pre',
    async resolveId(source, importer) {
      if (!importer || !source.startsWith('.')) return null
      const found = await this.resolve(source, importer, { skipSelf: true })
      if (!found) return null
      const alone = ALONE.find((name) => importer.includes(`/components/${name}/`) || importer.endsWith(`?of=${name}`))
      if (alone && !sharing.there.has(found.id)) return `${found.id}?of=${alone}`
      return sharing.copies.has(found.id) ? `${found.id}?in=${basename(importer)}` : null
    },
    transform(code, id) {
      if (id !== entry) return null
      const imports = sharing.entry.map((module) => `import ${JSON.stringify(module)};`)
      return { code: `${imports.join('\n')}\n${code}`, map: null }
    },
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((output) => output.type === 'chunk')
      const main = chunks.find((chunk) => chunk.isEntry)
      if (!main) return
      for (const file of main.dynamicImports) {
        const chunk = chunks.find(({ fileName }) => fileName === file)
        const beside = chunk?.imports.filter((name) => name !== main.fileName) ?? []
        if (beside.length === 0) continue
        const call = new RegExp(`import\\(\\s*(["'\`])\\./${file.replaceAll('.', '\\.')}\\1\\s*\\)`, 'g')
        const early = beside.map((name) => `import("./${name}").catch(()=>{})`).join()
        main.code = main.code.replace(call, (found) => `(${early},${found})`)
      }
      for (const file of main.dynamicImports) {
        const chunk = chunks.find(({ fileName }) => fileName === file)
        const scripts = new Set([main.fileName, file, ...(chunk?.imports ?? [])])
        if (scripts.size > MOST_SCRIPTS) this.warn(`${file} takes ${scripts.size} scripts`)
      }
    },
  }
}

/** Fetches everything that a page of `entry` cannot run without beside the page's own chunk, rather than once that has come. */
export function fetchTogether(entry: string): Plugin {
  return {
    name: 'outreach-fetch-together',
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((output) => output.type === 'chunk')
      const needs = (file: string, found: Set<string> = new Set()): Set<string> => {
        for (const next of chunks.find(({ fileName }) => fileName === file)?.imports ?? [])
          if (!found.has(next)) needs(next, found.add(next))
        return found
      }
      const main = chunks.find(({ fileName }) => fileName === entry)
      if (!main) return
      const there = needs(entry).add(entry)
      for (const page of main.dynamicImports) {
        const call = new RegExp(`import\\(\\s*(["'\`])\\./${page.replaceAll('.', '\\.')}\\1\\s*\\)`, 'g')
        const beside = [...needs(page)].filter((file) => !there.has(file))
        const early = beside.map((file) => `import("./${file}").catch(()=>{})`).join()
        if (early) main.code = main.code.replace(call, (found) => `(${early},${found})`)
      }
    },
  }
}

/** Collapses the indentation inside Lit's templates: a template's text is shipped as it is written. */
export function collapseTemplates(): Plugin {
  return {
    name: 'outreach-collapse-templates',
    enforce: 'pre',
    transform(code, id) {
      if (!/\/components\/.*\.ts(\?|$)/.test(id) || !/\b(css|html)`/.test(code)) return null
      return {
        // A line's end and indentation beside a tag is white space that HTML shows as one space at most.
        code: code.replace(/([>}`])\n\s+(?=[<$])/g, '$1 ').replace(/\bcss`[^`]*`/g, (template) =>
          template
            .replace(/\/\*[\s\S]*?\*\//g, '')
            .replace(/\s+/g, ' ')
            .replace(/(\$\{[^}]*\})| ?([{};,>]) ?/g, '$1$2')
            .replace(/([{;][\w-]+): /g, '$1:')
            .replace(/\b0\./g, '.')
            .replace(/;\}/g, '}'),
        ),
        map: null,
      }
    },
  }
}

/**
 * Leaves out of Lit what no browser needs that can read our scripts at all (class static blocks, Safari 16.4): its ways around
 * missing style sheets, what only its decorators need, its hooks for polyfills, the marks that it leaves on a page, and its long messages for developers.
 */
export function litForToday(): Plugin {
  return {
    name: 'outreach-lit-for-today',
    enforce: 'pre',
    transform(code, id) {
      if (!/\/node_modules\/(lit-html|lit-element|@lit\/reactive-element)\//.test(id)) return null
      return {
        code: code
          .replace(/\w+\.ShadowRoot&&.*?CSSStyleSheet\.prototype/, 'true')
          .replace(/Symbol\.metadata\?\?=Symbol\("metadata"\),\w+\.litPropertyMetadata\?\?=new WeakMap;/, '')
          .replace(/const (\w)=this\[Symbol\.metadata\];if\(null!==\1\)\{.*?\}(?=this\.)/, '')
          .replace(/static addInitializer\(\w\)\{.*?\}(?=static)/, '')
          .replace(/,this\.constructor\.\w\?\.forEach\(\(?\w\)?=>\w\(this\)\)/, '')
          .replace(/\b\w+\.\w+PolyfillSupport\b/g, 'void 0')
          .replace(/\b\w+\.litElementHydrateSupport\b/g, '(void 0)')
          .replace(/\(\w+\.\w+Versions\?\?=\[\]\)\.push\("[^"]*"\)/g, '0')
          .replace(/\bError\("[^"]{20,}"(\+\w+\+"[^"]*")?\)/g, 'Error("lit")'),
        map: null,
      }
    },
  }
}

/** Terser after the bundler's own minifier: together they come out 2 to 3 % lighter on the wire than either. */
export function squeeze(): Plugin {
  return {
    name: 'outreach-squeeze',
    async generateBundle(_options, bundle) {
      for (const output of Object.values(bundle)) {
        if (output.type !== 'chunk') continue
        const { code } = await minify(output.code, {
          module: true,
          ecma: 2020,
          compress: { passes: 3, unsafe_arrows: true, pure_getters: true, keep_fargs: false },
        })
        output.code = code ?? output.code
      }
    },
  }
}

export const entryFile = here('./outreach.ts')

const config: InlineConfig = {
  root: here('.'),
  configFile: false,
  logLevel: 'warn',
  base: './',
  publicDir: false,
  oxc: { assumptions: { setPublicClassFields: true } },
  plugins: [collapseTemplates(), litForToday()],
  build: {
    target: 'es2022',
    outDir: here('../dist/site'),
    emptyOutDir: true,
    modulePreload: false,
    sourcemap: false,
    reportCompressedSize: false,
    assetsInlineLimit: 0,
    // A library, so that Vite leaves its preload helper out: what is needed early is fetched by `arrange`.
    lib: { entry: { outreach: entryFile }, formats: ['es'] },
    rolldownOptions: {
      preserveEntrySignatures: 'allow-extension',
      // A slow machine is no news.
      checks: { pluginTimings: false },
      output: {
        minify: true,
        entryFileNames: '[name].js',
        chunkFileNames: 'outreach/[name]-[hash].js',
        assetFileNames: 'outreach/[name]-[hash][extname]',
      },
    },
  },
}

export default config
