import { fileURLToPath } from 'node:url'
import { esbuildPlugin } from '@web/dev-server-esbuild'
import { defaultReporter } from '@web/test-runner'
import { chromeLauncher } from '@web/test-runner-chrome'
import { browserFlags } from './browser.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

/** The counts in one line, which `test/run.ts` reads. */
function tallyReporter() {
  return {
    onTestRunFinished({ sessions }) {
      let passed = 0
      let failed = 0
      const count = (suite) => {
        for (const test of suite?.tests ?? []) {
          if (test.skipped) continue
          if (test.passed) passed += 1
          else failed += 1
        }
        for (const inner of suite?.suites ?? []) count(inner)
      }
      for (const session of sessions) {
        count(session.testResults)
        if (!session.passed && !session.testResults) failed += 1
      }
      process.stdout.write(`\ntally: ${passed} passed, ${failed} failed\n`)
    },
  }
}

/** Chromium with a tab of its own for each file: in one that is used again, the history is full after fifty entries and lets go of some that a test goes back to. */
function freshTabs(options) {
  const launcher = chromeLauncher(options)
  const { stopSession } = launcher
  launcher.stopSession = async (session) => {
    const result = await stopSession.call(launcher, session)
    await Promise.all(launcher.inactivePages.splice(0).map(({ puppeteerPage }) => puppeteerPage.close()))
    return result
  }
  return launcher
}

export default {
  rootDir: root,
  nodeResolve: true,
  // The files share one browser's storage, as the pages of a site do: side by side, one would empty another's basket.
  concurrency: 1,
  testsStartTimeout: 60_000,
  testsFinishTimeout: 120_000,
  browserStartTimeout: 60_000,
  testFramework: { config: { timeout: '30000' } },
  browsers: [
    freshTabs({
      launchOptions: { executablePath: process.env.CHROME_PATH, headless: 'shell', args: browserFlags },
    }),
  ],
  plugins: [
    // Reads useDefineForClassFields there: class fields would shadow Lit's properties.
    esbuildPlugin({
      ts: true,
      // As it stands: an older target would leave out what says that an import is JSON.
      target: 'esnext',
      tsconfig: fileURLToPath(new URL('components/tsconfig.json', import.meta.url)),
    }),
  ],
  filterBrowserLogs: ({ args }) => !args.some((arg) => typeof arg === 'string' && arg.includes('Lit is in dev mode')),
  reporters: [defaultReporter({ reportTestProgress: false }), tallyReporter()],
}
