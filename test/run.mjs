// Runs all the tests, whatever Node the machine has, and says last of all how many passed and failed.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { install, run } from '../demo/node.mjs'

const folder = mkdtempSync(join(tmpdir(), 'outreach-kit-tally-'))
const file = join(folder, 'tally.json')
process.env.OUTREACH_TALLY = file
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {})

let tally = { passed: 0, failed: 0, finished: false }
try {
  install()
  await run('test/run.ts', process.argv.slice(2))
} catch (error) {
  console.error(error.message)
}
try {
  tally = JSON.parse(readFileSync(file, 'utf8'))
} catch {
  // It ended before anything was counted.
}
rmSync(folder, { recursive: true, force: true })
const failed = tally.failed + (tally.finished ? 0 : 1)
process.exitCode = failed > 0 ? 1 : 0
console.log(`${tally.passed} passed, ${failed} failed`)
