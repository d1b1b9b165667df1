/** How long a letter may take to reach the outbox, in milliseconds. */
const PATIENCE = 8_000
const PAUSE = 60

/** A letter as `/dev/outbox.json` lists it. */
interface Letter {
  to: string
  links: string[]
}

/**
 * Addresses that sign these people in, each once and within ten minutes: a code is asked for as the console's page does, and
 * read from the outbox. Who gets none in time stands with `undefined`.
 */
export async function signInAddresses(origin: string, emails: readonly string[]): Promise<(string | undefined)[]> {
  const attempts = await Promise.all(emails.map((email) => attemptFor(origin, email)))
  const until = Date.now() + PATIENCE
  for (;;) {
    const addresses = await addressesIn(origin, attempts)
    if (addresses.every((address) => address !== undefined) || Date.now() > until) return addresses
    await new Promise((resolve) => setTimeout(resolve, PAUSE))
  }
}

async function attemptFor(origin: string, email: string): Promise<string> {
  const reply = await fetch(`${origin}/api/console/sign-in/codes`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Origin: origin },
    body: JSON.stringify({ email }),
  })
  const { attempt } = (await reply.json()) as { attempt: string }
  return attempt
}

async function addressesIn(origin: string, attempts: readonly string[]): Promise<(string | undefined)[]> {
  const reply = await fetch(`${origin}/dev/outbox.json`)
  const letters = (await reply.json()) as Letter[]
  const links = letters.flatMap((letter) => letter.links)
  return attempts.map((attempt) => links.find((link) => link.includes(`attempt=${attempt}#`)))
}
