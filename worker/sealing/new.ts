/** `npm run keys:new`: draws a key, as MASTER_KEYS and INDEX_KEY are made of. */
import { randomBytes } from 'node:crypto'

const USAGE = `Draws a key of 32 bytes by chance, in base64, and keeps it nowhere.

  npm run keys:new

The first time, for a new worker:

  1:KEY                 is MASTER_KEYS    npx wrangler secret put MASTER_KEYS
  another KEY           is INDEX_KEY      npx wrangler secret put INDEX_KEY

Later, in place of a master key that has been long in use:

  2:NEW-KEY,1:OLD-KEY   is MASTER_KEYS, until npm run keys:rotate has wrapped everything anew; then 2:NEW-KEY alone.

INDEX_KEY is never changed: a pupil would not be found again by the marks that it made.
Keep a copy of both where the database’s copies are not. Without them nobody can read a referral ever again.
`

if (process.argv.includes('--help')) console.log(USAGE)
else console.log(randomBytes(32).toString('base64'))
