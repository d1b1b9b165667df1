import { equal, match } from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { EXAMPLE_ORDER } from '../../worker/reference/examples.ts'
import { databaseFile } from '../power-cut.ts'
import { startProduct, type TestProduct } from '../product.ts'

const command = fileURLToPath(new URL('../../worker/records/verify.ts', import.meta.url))

describe('Whoever keeps the database', () => {
  let product: TestProduct
  let folder: string
  before(async () => {
    product = await startProduct()
    for (let order = 0; order < 3; order += 1) {
      const { status } = await fetch(`${product.origin}/api/providers/stepping-stones/orders`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID() },
        body: JSON.stringify(EXAMPLE_ORDER),
      })
      equal(status, 201)
    }
    // The schedule links what is new every few seconds.
    await fetch(`${product.origin}/cdn-cgi/handler/scheduled?cron=*+*+*+*+*`)
    folder = await mkdtemp(join(tmpdir(), 'outreach-kit-record-'))
    await cp(product.dataDir, folder, { recursive: true })
  })
  after(async () => {
    await rm(folder, { recursive: true, force: true })
    await product.stop()
  })

  function verify(): Promise<{ code: number | null; said: string }> {
    const child = spawn(process.execPath, [command, '--local', '--persist-to', folder], {
      env: { ...process.env, WRANGLER_LOG_PATH: join(folder, 'logs'), CLOUDFLARE_CF_FETCH_ENABLED: 'false' },
    })
    let said = ''
    child.stdout.on('data', (part: Buffer) => {
      said += part.toString()
    })
    child.stderr.on('data', (part: Buffer) => {
      said += part.toString()
    })
    return new Promise((resolve) => child.on('close', (code) => resolve({ code, said })))
  }

  it('is told that the record is as it was written, and which entry is not', { timeout: 90_000 }, async () => {
    const whole = await verify()
    match(whole.said, /\d+ entries, [1-9]\d* of them linked.*The record is as it was written\./)
    equal(whole.code, 0)
    const db = new DatabaseSync(await databaseFile(folder))
    db.exec('DROP TRIGGER record_is_not_changed')
    const changed = db.prepare("UPDATE record SET at = '2026-01-01T00:00:00.000Z' WHERE number = 2").run()
    db.close()
    equal(changed.changes, 1)
    const other = await verify()
    match(other.said, /Entry 2 is not what was written/)
    equal(other.code, 1)
  })
})
