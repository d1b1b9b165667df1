import { deepEqual, equal, match, ok } from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { glob, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { type BuiltFile, build } from '../components/build.ts'
import { buildApp } from '../worker/app.ts'

// Guards what the compiler cannot: the walls between the rooms, what strangers may ask, and what a page may weigh.

const root = fileURLToPath(new URL('..', import.meta.url))

/** Routes that anybody may ask. A route that is not here must refuse strangers. */
const openRoutes = [
  'GET /',
  'GET /:provider',
  'GET /:provider/brand.css',
  'GET /:provider/packages',
  'GET /:provider/training',
  'GET /:provider/cluster',
  'POST /:provider/cluster',
  'GET /:provider/order',
  'POST /:provider/order',
  'GET /:provider/referral',
  'GET /consent',
  'POST /consent',
  'GET /consent/left',
  'GET /consent/:secret',
  'POST /consent/:secret',
  'GET /consent/p/:person',
  'POST /consent/p/:person',
  'POST /consent/p/:person/take-back',
  'POST /consent/p/:person/words',
  'POST /consent/p/:person/leave',
  'GET /healthz',
  'GET /api/openapi.json',
  'GET /api/catalogue.schema.json',
  'GET /api/problems/:type',
  'GET /api/providers',
  'GET /api/providers/:provider/catalogue',
  'POST /api/providers/:provider/quotes',
  'POST /api/providers/:provider/orders',
  'GET /api/providers/:provider/pathways',
  'GET /api/providers/:provider/pathways/:pathway',
  'POST /api/providers/:provider/referrals',
  // A referral's own routes and pages refuse whoever has no key or visit of it.
  'POST /api/referrals/:referral/open',
  'GET /api/referrals/:referral',
  'PUT /api/referrals/:referral/parts/:part',
  'POST /api/referrals/:referral/colleagues',
  'POST /api/referrals/:referral/colleagues/:colleague/remove',
  'POST /api/referrals/:referral/send',
  'GET /api/referrals/:referral/progress',
  'POST /api/referrals/:referral/progress/ask',
  'POST /api/referrals/:referral/progress/heard',
  'POST /api/referrals/:referral/progress/agreement',
  'POST /api/referrals/:referral/progress/reply',
  'POST /api/referrals/:referral/progress/move',
  'POST /api/referrals/:referral/progress/record',
  'POST /api/referrals/:referral/progress/take-back',
  'GET /:provider/privacy',
  'GET /:provider/complaints',
  'GET /:provider/referral/:pathway',
  'POST /:provider/referral/:pathway',
  'GET /:provider/referrals/:referral/open/:link',
  'POST /:provider/referrals/:referral/open/:link',
  'GET /:provider/referrals/:referral',
  'GET /:provider/referrals/:referral/parts/:part',
  'POST /:provider/referrals/:referral/parts/:part',
  'GET /:provider/referrals/:referral/check',
  'POST /:provider/referrals/:referral/check',
  'GET /:provider/referrals/:referral/send',
  'POST /:provider/referrals/:referral/send',
  'GET /:provider/referrals/:referral/sent',
  'GET /:provider/referrals/:referral/colleague',
  'POST /:provider/referrals/:referral/colleague',
  'GET /:provider/referrals/:referral/progress',
  'GET /:provider/referrals/:referral/progress/answers',
  'GET /:provider/referrals/:referral/delete',
  'POST /:provider/referrals/:referral/delete',
  'GET /:provider/referrals/:referral/link',
  'POST /:provider/referrals/:referral/link',
  'GET /:provider/referrals/:referral/progress/:what',
  'POST /:provider/referrals/:referral/progress/:what',
  'GET /dev/outbox',
  'GET /dev/outbox.json',
]

type Source = { path: string; text: string; imports: { path: string; typeOnly: boolean }[] }

async function sourcesIn(pattern: string): Promise<Source[]> {
  const paths = (await Array.fromAsync(glob(pattern, { cwd: root }))).map((path) => path.replaceAll('\\', '/')).sort()
  return paths.map((path) => {
    const text = readFileSync(join(root, path), 'utf8')
    const found = text.matchAll(
      /(?:^|\n)\s*(?:import|export)\s+(type\s)?[^;'"`]*?from\s+['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]/g,
    )
    const imports = [...found].map(([, typeOnly, named = '', dynamic = '']) => {
      const target = named || dynamic
      return {
        path: target.startsWith('.') ? join(dirname(path), target).replaceAll('\\', '/') : target,
        typeOnly: typeOnly !== undefined,
      }
    })
    return { path, text, imports }
  })
}

/** Every import that a rule forbids, as `file imports file`. */
function forbidden(sources: Source[], isAllowed: (from: string, to: string, typeOnly: boolean) => boolean): string[] {
  return sources.flatMap(({ path, imports }) =>
    imports.filter((one) => !isAllowed(path, one.path, one.typeOnly)).map((one) => `${path} imports ${one.path}`),
  )
}

const roomOf = (path: string): string => path.split('/')[0] ?? ''
const folderOf = (path: string): string => path.split('/').slice(0, 2).join('/')
const code = (text: string): string => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '')

const catalogue = await sourcesIn('catalogue/**/*.ts')
const components = (await sourcesIn('components/**/*.ts')).filter(
  ({ path }) => !['components/build.ts', 'components/vite.config.ts'].includes(path),
)
const worker = await sourcesIn('worker/**/*.ts')

describe('The walls', () => {
  it('let the catalogue see itself and nothing else', () => {
    const pure = catalogue.filter(({ path }) => path !== 'catalogue/check.ts')
    deepEqual(
      forbidden(pure, (_, to) => to.startsWith('catalogue/') || to === 'zod/mini'),
      [],
    )
  })

  it('let wire see rules, and rules see the schema’s types, never the other way', () => {
    const order = ['catalogue/schema', 'catalogue/rules', 'catalogue/wire']
    deepEqual(
      forbidden(catalogue, (from, to) => {
        const [below, above] = [order.indexOf(folderOf(to)), order.indexOf(folderOf(from))]
        return below === -1 || above === -1 || below <= above
      }),
      [],
    )
    const rules = catalogue.filter(({ path }) => path.startsWith('catalogue/rules/'))
    deepEqual(
      forbidden(rules, (_, to, typeOnly) => typeOnly || !to.startsWith('catalogue/schema/')),
      [],
    )
  })

  it('keep components and worker apart, but for the pages’ door', () => {
    deepEqual(
      forbidden(components, (_, to) => !['worker', 'test', 'demo'].includes(roomOf(to))),
      [],
    )
    deepEqual(
      forbidden(worker, (from, to) => {
        if (!to.startsWith('components/')) return !['test', 'demo'].includes(roomOf(to))
        // Views, words and the pure parts that they stand on; never an element, the browser's storage or its fetch.
        const [, folder = '', file = ''] = to.split('/')
        const isAlive =
          file === `${folder}.ts` || /^components\/(outreach|kit\/(element|api|basket|define))\.ts$/.test(to)
        return from.startsWith('worker/pages/') && !isAlive
      }),
      [],
    )
  })

  it('keep one widget from another: only portal and console compose', () => {
    const shared = ['components/kit', 'components/words']
    const composing = ['components/portal', 'components/console', 'components/outreach.ts']
    deepEqual(
      forbidden(components, (from, to) => {
        if (!to.startsWith('components/') || composing.includes(folderOf(from))) return true
        return shared.includes(folderOf(to)) || folderOf(to) === folderOf(from)
      }),
      [],
    )
  })

  it('let a route see its own store alone', () => {
    const routes = worker.filter(({ path }) => path.endsWith('/routes.ts'))
    deepEqual(
      forbidden(routes, (from, to) => !to.endsWith('/store.ts') || folderOf(from) === folderOf(to)),
      [],
    )
  })

  it('keep SQL in the stores', () => {
    const sql =
      /\b(SELECT\s[\s\S]{1,200}?\sFROM\s|INSERT\s+(OR\s+\w+\s+)?INTO\s|UPDATE\s+"?\w+"?\s+SET\s|DELETE\s+FROM\s)/
    const elsewhere = worker.filter(
      ({ path, text }) =>
        !/(store|\.store)\.ts$|^worker\/(catalogues\/load|records\/verify)\.ts$/.test(path) && sql.test(code(text)),
    )
    deepEqual(
      elsewhere.map(({ path }) => path),
      [],
    )
  })
})

describe('The house', () => {
  it('has no clock, no dice and no network in the catalogue', () => {
    const impure =
      /\bDate\.now\b|\bnew Date\(\)|\bDate\(\)|\bMath\.random\b|\bperformance\.|\bcrypto\.|\bfetch\(|\bTemporal\.Now\b/
    const found = catalogue.filter(({ path, text }) => path !== 'catalogue/check.ts' && impure.test(code(text)))
    deepEqual(
      found.map(({ path }) => path),
      [],
    )
  })

  it('has no barrel files', () => {
    const barrels = [...catalogue, ...components, ...worker].filter(({ text }) =>
      /^export\s+(type\s+)?(\*|\{[^}]*\})\s+from\b/m.test(text),
    )
    deepEqual(
      barrels.map(({ path }) => path),
      [],
    )
  })

  it('writes no style attribute, which a strict content security policy would refuse', () => {
    const styled = [...components, ...worker].filter(({ text }) => /<[a-z][^>]*\sstyle=/.test(code(text)))
    deepEqual(
      styled.map(({ path }) => path),
      [],
    )
  })

  it('has a demonstration page for every widget', async () => {
    const pages = await Array.fromAsync(glob('demo/site/**/*.html', { cwd: root }))
    const shown = pages.map((page) => readFileSync(join(root, page), 'utf8')).join('\n')
    const entry = readFileSync(join(root, 'components/outreach.ts'), 'utf8')
    const widgets = [...entry.matchAll(/import\('\.\/([a-z-]+)\/\1\.ts'\)/g)].map(([, name = '']) => name)
    ok(widgets.length > 0)
    // A parent's answer is given on the portal, by link, never on a school's page.
    const missing = widgets.filter((name) => name !== 'consent-form' && !shown.includes(`<outreach-${name}`))
    deepEqual(missing, [])
  })

  it('bundles Lit’s server build for the worker, whatever part of Lit a view uses', () => {
    const settings = readFileSync(join(root, 'wrangler.toml'), 'utf8')
    for (const name of ['lit-html', '@lit/reactive-element']) {
      const text = readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8')
      const parts: { exports: Record<string, { node?: unknown }> } = JSON.parse(text)
      const served = Object.entries(parts.exports).filter(([part, target]) => target.node && !part.includes('polyfill'))
      const absent = served
        .map(([part]) => `${name}${part.slice(1)}`)
        .filter((part) => !settings.includes(`"${part}" = `))
      deepEqual(absent, [])
    }
    for (const [, target = ''] of settings.matchAll(/= "(\.\/node_modules\/[^"]+)"/g))
      ok(existsSync(join(root, target)), `${target} is not there`)
  })

  it('lets the host write down no address, since those of letters’ links hold a secret', () => {
    const settings = readFileSync(join(root, 'wrangler.toml'), 'utf8')
    match(settings, /\n\[observability\.logs\]\ninvocation_logs = false\n/)
    match(settings, /\n\[observability\.traces\]\nenabled = false\n/)
  })

  it('names no registry in the lock file', () => {
    const lock = readFileSync(join(root, 'package-lock.json'), 'utf8')
    equal(lock.includes('"resolved"'), false)
  })
})

describe('A stranger', () => {
  it('may ask what is listed here, and nothing else', () => {
    const routes = buildApp(() => 0)
      .routes.filter(({ method }) => method !== 'ALL')
      .map(({ method, path }) => `${method} ${path}`)
    const open = [...new Set(routes)].filter((route) => !/ (\/api)?\/console(\/|$)/.test(route))
    deepEqual(open.sort(), [...openRoutes].sort())
  })
})

describe('A page’s weight', () => {
  let files: BuiltFile[] = []
  let folder = ''
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'outreach-kit-build-'))
    files = await build(folder)
  })
  after(() => rm(folder, { recursive: true, force: true }))

  /** A file and everything that it cannot run without. */
  const needs = (name: string, found: Set<string> = new Set()): Set<string> => {
    if (found.has(name)) return found
    found.add(name)
    for (const next of files.find(({ file }) => file === name)?.imports ?? []) needs(next, found)
    return found
  }
  const weightOf = (names: Iterable<string>): number =>
    [...names].reduce((sum, name) => sum + (files.find(({ file }) => file === name)?.brotli ?? 0), 0)
  const widgets = (): string[] => files.find(({ file }) => file === 'outreach.js')?.dynamicImports ?? []

  /** What a page fetches before its widgets can be used: the script, their chunks, and the workings where a widget shows nothing without them. */
  const usable = (names: string[], more: string[] = []): Set<string> =>
    new Set(['outreach.js', ...[...names, ...more].flatMap((name) => [...needs(chunkOf(name))])])
  const chunkOf = (name: string): string => {
    const found = widgets().find((file) => file.startsWith(`outreach/${name}-`))
    ok(found, `there is no chunk for ${name}`)
    return found
  }
  const holdsTo = (scripts: Set<string>, most: number): void => {
    const weight = weightOf(scripts)
    ok(weight <= most, `${(weight / 1000).toFixed(2)} KB brotli: ${[...scripts].join(', ')}`)
  }

  it('is at most 12.0 KB of script for the package picker', () => holdsTo(usable(['package-picker']), 12_000))

  it('is at most 20 KB for the picker and the order form together', () =>
    holdsTo(usable(['package-picker', 'order-form']), 20_000))

  it('is no more than it was for the widgets that cannot show anything without the workings', () => {
    holdsTo(usable(['training-menu'], ['workings']), 22_400)
    holdsTo(usable(['cluster-calculator'], ['workings']), 26_300)
    holdsTo(usable(['package-picker', 'training-menu', 'cluster-calculator', 'order-form'], ['workings']), 38_000)
  })

  it('is at most 1 KB of script for a parent’s page', () => holdsTo(new Set(['consent-form.js']), 1_000))

  it('is at most 16.0 KB for a referral, from the script tag until it is sent', () => {
    const scripts = usable(['referral-form'])
    holdsTo(scripts, 16_000)
    ok(scripts.size <= 2, [...scripts].join(', '))
    // Nothing more is asked for on the way, but for Welsh words where they are wanted.
    const later = [...scripts].flatMap((script) =>
      script === 'outreach.js' ? [] : (files.find(({ file }) => file === script)?.dynamicImports ?? []),
    )
    ok(
      later.every((file) => file.startsWith('outreach/referral-pack-')),
      later.join(', '),
    )
  })

  it('is at most 30 KB for the console’s first page, its styles too', () => {
    const page = files.find(({ file }) => file.startsWith('console/parts/overview-'))?.file ?? ''
    holdsTo(new Set(['console/console.css', ...needs('console/console.js'), ...needs(page)]), 30_000)
  })

  /** Every script that a widget can ever ask for: its own, the workings, and what these fetch later; not what the entry does for other widgets and languages. */
  const everAsked = (name: string): Set<string> => {
    const asked = usable([name], ['workings'])
    // What is added while a set is walked is walked too.
    for (const script of asked)
      if (script !== 'outreach.js')
        for (const later of files.find(({ file }) => file === script)?.dynamicImports ?? [])
          for (const needed of needs(later)) asked.add(needed)
    return asked
  }

  it('comes in at most three requests for one widget, and in one more for an order that goes on from its list', () => {
    const most = { 'package-picker': 3, 'training-menu': 3, 'cluster-calculator': 3, 'order-form': 4 }
    for (const [name, requests] of Object.entries(most)) {
      const scripts = everAsked(name)
      ok(scripts.size <= requests, `${name} takes ${[...scripts].join(', ')}`)
    }
    // A list that is only looked at needs neither the schema nor the steps after it.
    ok(usable(['order-form'], ['workings']).size <= 3)
  })
})
