import { wearLooks } from '../../components/console/catalogue/looks.ts'

/** Puts the console's own styles on the tests' page: what can be pressed has to be large enough. */
export async function wearConsole(): Promise<void> {
  const sheet = document.createElement('link')
  sheet.rel = 'stylesheet'
  sheet.href = '/components/console/console.css'
  const loaded = new Promise((resolve) => sheet.addEventListener('load', resolve))
  document.head.append(sheet)
  document.body.className = 'console'
  wearLooks()
  await loaded
}
