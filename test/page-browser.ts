import { existsSync, readFileSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'

/** The page in a real browser, as a person has it: Chromium where it is on the PATH, as Debian installs it. */

const names = ['chromium', 'chromium-browser', 'google-chrome']
const folders = (process.env.PATH ?? '').split(delimiter)
const found = folders.flatMap((folder) => names.map((name) => join(folder, name))).find((path) => existsSync(path))

export const browserMissing = found === undefined
if (browserMissing) process.stderr.write('no Chromium on the PATH: the tests of the page are skipped\n')

export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: found as string })
}

export const pageFile = resolve('dist/web.html')

export interface OpenPage {
  page: Page
  /** What the page asked for besides itself and its worker, and errors in its console. */
  strays: string[]
}

/** The page from the disk, ready to check. */
export async function openPage(
  browser: Browser,
  options: BrowserContextOptions = {},
  file = pageFile,
): Promise<OpenPage> {
  const context = await browser.newContext(options)
  const strays: string[] = []
  const address = pathToFileURL(file).href
  context.on('request', (request) => {
    if (request.url() !== address && !request.url().startsWith('blob:null/')) strays.push(request.url().slice(0, 200))
  })
  const page = await context.newPage()
  page.on('pageerror', ({ message }) => strays.push(message))
  page.on('console', (message) => message.type() === 'error' && strays.push(message.text()))
  await page.goto(address)
  await page.waitForSelector('body.ready')
  return { page, strays }
}

/** Puts text where the draft was, as a paste does, and waits for the check of it. */
export async function paste(page: Page, text: string, html = ''): Promise<void> {
  await page.locator('.cm-content').click()
  await page.keyboard.press('Control+A')
  if (!text) await page.keyboard.press('Delete')
  else {
    await page.locator('.cm-content').evaluate(
      (content, pasted) => {
        const clipboardData = new DataTransfer()
        clipboardData.setData('text/plain', pasted.text)
        if (pasted.html) clipboardData.setData('text/html', pasted.html)
        content.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
      },
      { text, html },
    )
  }
  await checked(page)
}

/** Drops a file on the page, and waits for the check of it. */
export async function drop(page: Page, name: string, content: string | Uint8Array): Promise<void> {
  await page.locator('#paper').evaluate(
    (paper, file) => {
      const dataTransfer = new DataTransfer()
      const bytes = typeof file.content === 'string' ? file.content : new Uint8Array(file.content)
      dataTransfer.items.add(new File([bytes], file.name))
      paper.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }))
    },
    { name, content: typeof content === 'string' ? content : [...content] },
  )
  await page.waitForFunction(
    (wanted) =>
      document.getElementById('draft-title')?.textContent === wanted || !document.getElementById('notice')?.hidden,
    name,
  )
  await checked(page)
}

/** Waits until what is shown is about the text as it stands. */
export async function checked(page: Page): Promise<void> {
  await page.waitForSelector('body.checked')
}

/** Saves by a button, and reads what was saved. */
export async function saved(page: Page, button: string): Promise<{ name: string; text: string; bytes: Uint8Array }> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.click(button)])
  const bytes = readFileSync(await download.path())
  return { name: download.suggestedFilename(), text: bytes.toString('utf8'), bytes }
}
