import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'

/** The shell first: steadier and quicker than a whole browser, and its timings are the ones that count. */
const names = [
  'chromium-headless-shell',
  'chrome-headless-shell',
  'google-chrome',
  'google-chrome-stable',
  'chromium',
  'chromium-browser',
]

const elsewhere = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/** The flags that keep Chromium off the network, and let root run it. */
export const browserFlags = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** The browser on this machine: `CHROME_PATH`, or the first of the usual names. */
export function findBrowser(): string | undefined {
  const given = process.env.CHROME_PATH
  if (given) return existsSync(given) ? given : undefined
  const folders = (process.env.PATH ?? '').split(delimiter)
  const candidates = names.flatMap((name) => folders.map((folder) => join(folder, name)))
  return [...candidates, ...elsewhere].find((path) => existsSync(path))
}

/** Finds a browser or installs Debian's; throws a sentence that says what to do. */
export function installBrowser(): string {
  const found = findBrowser()
  if (found) return found
  const rights = process.getuid?.() === 0 ? [] : ['sudo', '-n']
  const apt = (...args: string[]): boolean => {
    const [command = 'apt-get', ...rest] = [...rights, 'apt-get', ...args]
    const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    return spawnSync(command, rest, { stdio: 'ignore', env: environment, timeout: 240_000 }).status === 0
  }
  if (process.platform === 'linux' && existsSync('/usr/bin/apt-get')) {
    console.log('Installing a browser…')
    for (let attempt = 0; attempt < 3; attempt += 1) {
      apt('update', '-qq')
      if (apt('install', '-y', '-qq', '--no-install-recommends', 'chromium-headless-shell')) break
      if (apt('install', '-y', '-qq', '--no-install-recommends', 'chromium')) break
      execFileSync('sleep', ['5'])
    }
  }
  const installed = findBrowser()
  if (!installed)
    throw new Error('No browser was found. Install Chrome or Chromium, or say where it is: CHROME_PATH=… npm test')
  return installed
}

/** A headless Chromium; close it when the tests are done. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: installBrowser(), args: browserFlags })
}
