/** The built page in a real browser, from the disk. */

import { readFileSync, statSync } from 'node:fs'
import { strFromU8, unzipSync } from 'fflate'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Finding } from '../src/core/types.ts'
import { wordingsFor } from '../src/reporters/wordings.ts'
import { formatOf, openDraft } from '../src/web/draft-file.ts'
import { pack } from './pack.ts'
import {
  browserMissing,
  checked,
  drop,
  launch,
  type OpenPage,
  openPage,
  pageFile,
  paste,
  saved,
} from './page-browser.ts'
import { expectSame, violations } from './page-findings.ts'
import { word } from './word.ts'

const release = readFileSync('fixtures/drafts/press-release-sting-operation.txt', 'utf8')

test('the page stays below 6.5 MB', () => {
  expect(statSync(pageFile).size).toBeLessThan(6_500_000)
})

test('its policy forbids whatever it does not name', () => {
  const html = readFileSync(pageFile, 'utf8')
  const [, policy = ''] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html) ?? []
  expect(policy).toMatch(/^default-src 'none'; /)
  // WebAssembly alone may be compiled.
  expect(policy.replace(" 'wasm-unsafe-eval';", ';')).not.toMatch(/unsafe|https?:|data:|\*|connect-src|img-src/)
})

describe('wordings and readings', () => {
  const { rules } = pack
  const wordings = (id: string, text: string): string[] => {
    const rule = rules.find((one) => one.id === id)
    if (!rule) throw new Error(`no rule ${id}`)
    return wordingsFor({ rule, text, outcome: 'conflict' } as Finding)
  }

  test('wordings fit the passage, without their conditions; advice is none', () => {
    const id = 'slavery-abolition/modern-slavery'
    expect(wordings(id, 'modern slavery')).toEqual([
      'human trafficking',
      'exploitation and trafficking',
      'forced labor',
    ])
    expect(wordings(id, 'Modern slavery')[0]).toBe('Human trafficking')
    expect(wordings(id, 'Modern-Day Slavery')[0]).toBe('Human Trafficking')
    expect(wordings('slavery-abolition/borrowed-hero', 'a new Harriet')).toEqual([])
    expect(wordings('end-demand/model-promoted', 'the Nordic Model')).toEqual([])
  })

  test('typed text is read as Markdown where it shows signs of it', () => {
    expect(formatOf('Dear friends,\n\nwe met - and ate.\n')).toBe('text')
    expect(formatOf('# News\n\nWe met.\n')).toBe('markdown')
    expect(formatOf('See [the report](https://example.org/a).')).toBe('markdown')
    expect(formatOf('<p>We met.</p>')).toBe('html')
  })

  test('a file is opened by its name and its bytes', async () => {
    const bytes = (text: string) => new TextEncoder().encode(text)
    expect(await openDraft('a.MD', bytes('# A'))).toEqual({ text: '# A', format: 'markdown' })
    expect(await openDraft('notes', bytes('A'))).toEqual({ text: 'A', format: 'text' })
    expect(await openDraft('a.txt', new Uint8Array([0xff, 0xfe, 0x41, 0]))).toEqual({ text: 'A', format: 'text' })
    expect(await openDraft('a.txt', new Uint8Array([0xe9, 0x20]))).toHaveProperty(
      'refused',
      expect.stringMatching(/UTF-8/),
    )
    expect(await openDraft('a.docx', bytes('PK'))).toHaveProperty('refused')
    expect(await openDraft('a.pages', bytes('PK'))).toHaveProperty('refused', expect.stringMatching(/does not read/))
    expect(await openDraft('a.docx', word({ body: '<w:p><w:r><w:t>A</w:t></w:r></w:p>' }))).toHaveProperty('document')
  })
})

describe.skipIf(browserMissing)('in Chromium', () => {
  let browser: Browser
  let opened: OpenPage
  let page: Page
  beforeAll(async () => {
    browser = await launch()
    opened = await openPage(browser, { viewport: { width: 1280, height: 800 }, colorScheme: 'light' })
    page = opened.page
  })
  afterAll(() => browser?.close())

  test('empty, it says what it does, and that nothing leaves the machine', async () => {
    expect(await page.textContent('#empty')).toMatch(/nothing you write leaves your machine/)
    expect(await page.isDisabled('#save-text')).toBe(true)
  })

  test('a draft: cards and marks are what checkDraft finds', async () => {
    await expectSame(page, 'release.txt', release)
  })

  test('a wording is used from its card, and undone', async () => {
    await paste(page, 'Modern-day slavery is near.\n\nWe fight modern-day slavery in every county.\n')
    expect(await page.locator('.card').count()).toBe(2)
    await page.locator('.card .head').first().click()
    await page.locator('.card').first().getByRole('button', { name: 'Use this: Human trafficking' }).click()
    await checked(page)
    expect(await text(page)).toMatch(/^Human trafficking is near\./)
    expect(await page.locator('.card').count()).toBe(1)
    expect(await page.textContent('#undo')).toContain('“Modern-day slavery” is now “Human trafficking”.')
    await page.click('#undo-button')
    await checked(page)
    expect(await text(page)).toMatch(/^Modern-day slavery is near\./)
    expect(await page.locator('.card').count()).toBe(2)
  })

  test('by keyboard: to the next finding and round, its wording, and undo', async () => {
    await paste(page, 'We fight modern-day slavery.\n\nThe county should adopt the Equality Model.\n')
    const openCard = () => page.locator('.card.open .passage').textContent()
    await page.keyboard.press('Control+Home')
    await page.keyboard.press('F8')
    expect(await openCard()).toBe('“modern-day slavery”')
    expect(await page.textContent('#said')).toMatch(/^Finding 1 of 2, warning: “modern-day slavery”\. Slavery's name/)
    await page.keyboard.press('F8')
    expect(await openCard()).toMatch(/Equality Model/)
    await page.keyboard.press('F8')
    expect(await openCard()).toBe('“modern-day slavery”')
    await page.keyboard.press('Shift+F8')
    expect(await openCard()).toMatch(/Equality Model/)
    await page.keyboard.press('F8')
    await page.keyboard.press('Control+Enter')
    await checked(page)
    expect(await text(page)).toMatch(/^We fight human trafficking\./)
    await page.keyboard.press('Control+Z')
    await checked(page)
    expect(await text(page)).toMatch(/^We fight modern-day slavery\./)
  })

  test('a passage that is typed into is unmarked at once; the others follow the edit', async () => {
    await paste(page, 'A b.\n\nWe fight modern-day slavery.\n')
    await page.keyboard.press('Control+Home')
    await page.keyboard.type('Now: ')
    expect(await page.locator('.found').textContent()).toBe('modern-day slavery')
    await checked(page)
    await page.locator('.found').click()
    await page.keyboard.type('x')
    expect(await page.locator('.found').count()).toBe(0)
    await checked(page)
  })

  test('paragraphs that Word puts on lines of their own stay paragraphs', async () => {
    await paste(page, 'Our year\r\nWe fight modern-day slavery.', '<p>Our year</p><p>We fight modern-day slavery.</p>')
    expect(await text(page)).toBe('Our year\n\nWe fight modern-day slavery.')
  })

  test('own names and accepted phrases count', async () => {
    await paste(page, '“We must end demand,” said Ada Moss.\n')
    expect(await page.locator('.card .state').allTextContents()).toEqual(['note, reported'])
    await page.click('#settings-open')
    await page.fill('#own', 'Ada Moss')
    await page.click('#settings .main')
    await checked(page)
    expect(await page.locator('.card .state').allTextContents()).toEqual(['error'])
    await page.click('#settings-open')
    await page.fill('#own', '')
    await page.click('#settings .main')
    await checked(page)
  })

  test('a profile of the pack counts where it is chosen', async () => {
    await paste(page, 'We call for the decriminalization of sex work.\n')
    const before = await page.locator('.card').count()
    await page.click('#settings-open')
    await page.getByLabel(/^federally-funded/).check()
    await page.click('#settings .main')
    await checked(page)
    expect(await page.locator('.card').count()).toBe(before + 1)
    await page.click('#settings-open')
    await page.getByLabel(/^federally-funded/).uncheck()
    await page.click('#settings .main')
    await checked(page)
  })

  test('what is kept on purpose is shown with its reason; what affirms a value is counted', async () => {
    await paste(
      page,
      '# News\n\n<!-- values-lint-disable-next-line modern-slavery -- the title of a report -->\n\nOn modern slavery.\n\nWe oppose end-demand bills in every state.\n',
    )
    expect(await page.locator('.card').count()).toBe(0)
    expect(await page.locator('#chart tr:nth-child(12) .words').textContent()).toMatch(/^affirmed once/)
    await page.check('#excused')
    const kept = page.locator('.card', { hasText: 'kept on purpose' })
    await kept.locator('.head').click()
    expect(await kept.textContent()).toContain('Kept on purpose the title of a report')
    await page.uncheck('#excused')
    await paste(page, '# News\n\n<!-- values-lint-disable-next-line modern-slavery -->\n\nHello.\n')
    expect(await page.textContent('#directives')).toMatch(/^Line 3: /)
  })

  test('one value alone, and all again', async () => {
    await paste(page, 'We fight modern-day slavery.\n\nThe county should adopt the Equality Model.\n')
    await page.locator('#values summary').click()
    expect(await page.locator('#chart tr:nth-child(4) .words').textContent()).toBe('1 conflict')
    expect(await page.locator('#chart tr:nth-child(7) .words').textContent()).toBe('silent')
    await page.locator('#chart tr:nth-child(12) button').click()
    expect(await page.locator('.card').count()).toBe(1)
    await page.click('#filter-off')
    expect(await page.locator('.card').count()).toBe(2)
  })

  test('the text is saved as it stands, line ends as they were; the report too', async () => {
    await drop(page, 'news.txt', 'We fight modern-day slavery.\r\n\r\nMore.\r\n')
    await page.keyboard.press('F8')
    await page.locator('.use').first().click()
    await checked(page)
    expect(await saved(page, '#save-text')).toMatchObject({
      name: 'news.txt',
      text: 'We fight human trafficking.\r\n\r\nMore.\r\n',
    })
    await page.click('#undo-button')
    await checked(page)
    const { name, text: report } = await saved(page, '#save-report')
    expect(name).toBe('news-values.html')
    expect(report).toContain('slavery-abolition/modern-slavery')
  })

  test('a Word file is shown, checked and given back with comments; as plain text it is edited', async () => {
    const body = '<w:p><w:r><w:t>We fight modern-</w:t></w:r><w:r><w:t>day slavery.</w:t></w:r></w:p>'
    await drop(page, 'news.docx', word({ body }))
    expect(await text(page)).toBe('We fight modern-day slavery.')
    expect(await page.locator('.found').textContent()).toBe('modern-day slavery')
    await page.keyboard.press('F8')
    await page.keyboard.type('x')
    expect(await text(page)).toBe('We fight modern-day slavery.')
    const copy = await saved(page, '#save-document')
    expect(copy.name).toBe('news.checked.docx')
    expect(strFromU8(unzipSync(copy.bytes)['word/comments.xml'] as Uint8Array)).toContain("Slavery's name")
    await page.selectOption('#format', 'text')
    await checked(page)
    await page.keyboard.press('F8')
    await page.locator('.use').first().click()
    await checked(page)
    expect(await text(page)).toBe('We fight human trafficking.')
    expect((await saved(page, '#save-text')).name).toBe('news.txt')
    await drop(page, 'broken.docx', 'PK')
    expect(await page.textContent('#notice')).toMatch(/^broken\.docx is/)
  })

  test('files that it does not read are refused in plain words', async () => {
    await drop(page, 'photo.png', '\u0089PNG')
    expect(await page.textContent('#notice')).toMatch(/^photo\.png is of a kind that this page does not read\. Save it/)
  })

  test('nothing is kept unless asked; then only in this browser, until it is cleared', async () => {
    const kept = () => page.evaluate(() => localStorage.length)
    await paste(page, 'We fight modern-day slavery.\n')
    expect(await kept()).toBe(0)
    await page.click('#settings-open')
    await page.check('#remember')
    await page.click('#settings .main')
    await page.reload()
    await page.waitForSelector('body.checked')
    expect(await text(page)).toMatch(/^We fight modern-day slavery\./)
    expect(await page.locator('.card').count()).toBe(1)
    await page.click('#settings-open')
    await page.click('#forget')
    expect(await kept()).toBe(0)
    await page.click('#settings .main')
    await checked(page)
    expect(await kept()).toBe(0)
  })

  test('a script in a draft or in a file name is text', async () => {
    const script =
      '<script>hacked = 1</script><img src=x onerror="hacked = 1"> We fight modern-day slavery <b onclick=x>.\n'
    for (const name of ['<img src=x onerror="hacked = 1">.md', 'a.html', 'a.txt']) {
      await drop(page, name, script)
      expect(await page.locator('.card').count()).toBe(1)
      expect(await text(page)).toContain('<script>')
    }
    expect(await page.evaluate(() => 'hacked' in window)).toBe(false)
    expect(await page.locator('main img, main script').count()).toBe(0)
  })

  test.each(['light', 'dark'] as const)('axe finds nothing, %s', async (colorScheme) => {
    await page.emulateMedia({ colorScheme })
    await drop(page, 'release.txt', release)
    await page.keyboard.press('F8')
    expect(await violations(page)).toEqual([])
  })

  test('no request left the page in all of this, and a script could make none', async () => {
    expect(opened.strays).toEqual([])
    const refused = await page.evaluate(() => fetch('https://example.org/').then(String, () => 'refused'))
    expect(refused).toBe('refused')
    expect(opened.strays.filter((stray) => /^https?:/.test(stray))).toEqual([])
  })
})

function text(page: Page): Promise<string> {
  return page.evaluate(() => [...document.querySelectorAll('.cm-line')].map((line) => line.textContent).join('\n'))
}
