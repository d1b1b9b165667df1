import type { BrowserContext, Page } from 'playwright-core'
import { signInAddress } from '../product.ts'
import type { Stage } from './visit.ts'

/** Somebody at the console, in a browser of their own, and everything that went wrong there. */
export interface Desk {
  context: BrowserContext
  page: Page
  wrong: string[]
}

/** Signs somebody of Stepping Stones in by the link in their letter. */
export async function deskOf({ browser, product }: Stage, who: string, width = 1280): Promise<Desk> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, acceptDownloads: true })
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  const wrong: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') wrong.push(message.text())
  })
  page.on('pageerror', (error) => wrong.push(error.message))
  await page.goto(await signInAddress(product, `${who}@stepping-stones.example`))
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor()
  return { context, page, wrong }
}
