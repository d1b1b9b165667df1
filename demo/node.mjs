// Runs a TypeScript file on the Node that the lock file names, after installing what is missing.
// Plain JavaScript for whatever Node the machine has: `node demo/node.mjs FILE ARGUMENTS…`
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))
const modules = join(root, 'node_modules')
const ownNode = join(modules, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')

/** Whether `node_modules` holds what the lock file names, no more and no less. */
function isInstalled() {
  try {
    const packagesIn = (file) => JSON.parse(readFileSync(file, 'utf8')).packages
    const wanted = packagesIn(join(root, 'package-lock.json'))
    const found = packagesIn(join(modules, '.package-lock.json'))
    const missing = Object.entries(wanted).some(
      ([path, entry]) => path && !entry.optional && found[path]?.version !== entry.version,
    )
    const stray = Object.entries(found).some(([path, entry]) => {
      return !path.startsWith('node_modules/node/node_modules/') && wanted[path]?.version !== entry.version
    })
    return !missing && !stray && existsSync(ownNode)
  } catch {
    return false
  }
}

/** Installs from the lock file where that is needed. Throws a sentence that says what to do. */
export function install() {
  if (isInstalled()) return
  console.log('Installing what is missing; the first time takes a minute or so…')
  const path = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => !folder.startsWith(modules))
    .join(delimiter)
  const npm = () =>
    spawnSync('npm', ['ci', '--include=dev', '--include=optional', '--loglevel=error'], {
      cwd: root,
      env: { ...process.env, PATH: path },
      stdio: ['ignore', 'inherit', 'inherit'],
      shell: process.platform === 'win32',
    })
  let result = npm()
  if (result.error?.code === 'ENOENT')
    throw new Error('npm was not found. Install Node.js 20 or newer, which brings it.')
  if (result.status !== 0) result = npm()
  if (result.status !== 0 || !existsSync(ownNode))
    throw new Error(
      'npm could not install the packages. What it printed above says why; run the command again once that is mended.',
    )
}

/** Runs a file on the project's own Node, hands signals on and resolves to its exit code. */
export function run(file, args) {
  return new Promise((resolve) => {
    const path = `${join(modules, '.bin')}${delimiter}${process.env.PATH ?? ''}`
    const child = spawn(ownNode, ['--disable-warning=ExperimentalWarning', join(root, file), ...args], {
      env: { ...process.env, PATH: path },
      stdio: 'inherit',
    })
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
    // npm hands a signal to its shell, and a shell may go without handing it on.
    const parent = process.ppid
    const watch = setInterval(() => {
      if (process.ppid !== parent) child.kill('SIGTERM')
    }, 100)
    child.on('error', (error) => {
      clearInterval(watch)
      console.error(`The project's own Node did not start: ${error.message}`)
      resolve(1)
    })
    child.on('exit', (code) => {
      clearInterval(watch)
      resolve(code ?? 1)
    })
  })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [file, ...args] = process.argv.slice(2)
  try {
    install()
    process.exitCode = await run(file, args)
  } catch (error) {
    console.error(error.message)
    process.exitCode = 1
  }
}
