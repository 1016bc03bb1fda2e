/** The command `web`, as it ships: the page in a file, or for this machine only. */

import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { networkInterfaces, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const cli = resolve('dist/cli.cjs')
const folder = mkdtempSync(join(tmpdir(), 'values-lint-web-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('--out writes the page', () => {
  const path = join(folder, 'page.html')
  expect(spawnSync(process.execPath, [cli, 'web', '--out', path]).status).toBe(0)
  expect(readFileSync(path, 'utf8')).toBe(readFileSync('dist/web.html', 'utf8'))
})

test('--out to a place that cannot be written: one line, exit 2', () => {
  const { status, stderr } = spawnSync(process.execPath, [cli, 'web', '--out', join(folder, 'no', 'page.html')], {
    encoding: 'utf8',
  })
  expect([status, stderr.trim().split('\n').length]).toEqual([2, 1])
})

describe('served', () => {
  let server: ChildProcess
  let port = 0
  beforeAll(async () => {
    server = spawn(process.execPath, [cli, 'web'])
    const line = await new Promise<string>((done) => server.stdout?.once('data', (data) => done(String(data))))
    const address = /^The page is at http:\/\/127\.0\.0\.1:(\d+)\/ for this machine only\. Ctrl-C ends it\.\n$/
    port = Number(address.exec(line)?.[1])
  })
  afterAll(() => server.kill('SIGKILL'))

  interface Reply {
    status: number | undefined
    body: string
    headers: Record<string, unknown>
  }

  function get(path: string, headers: Record<string, string> = {}, host = '127.0.0.1', method = 'GET'): Promise<Reply> {
    return new Promise((done, failed) => {
      const sent = request({ host, port, path, method, headers }, (response) => {
        let body = ''
        response.setEncoding('utf8')
        response.on('data', (data) => {
          body += data
        })
        response.on('end', () => done({ status: response.statusCode, body, headers: response.headers }))
      })
      sent.on('error', failed)
      sent.end()
    })
  }

  test('the page, under both names of this machine', async () => {
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`]) {
      const { status, body, headers } = await get('/', { host })
      expect(status).toBe(200)
      expect(body).toBe(readFileSync('dist/web.html', 'utf8'))
      expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' })
    }
  })

  test('no other name: a web site cannot point its own at this server', async () => {
    for (const host of ['example.org', `example.org:${port}`, '127.0.0.1', `127.0.0.1:${port + 1}`])
      expect(await get('/', { host })).toMatchObject({ status: 403, body: 'Not for this host.\n' })
  })

  test('nothing else: no other path, no way out, no other method', async () => {
    for (const path of ['/package.json', '/../package.json', '/%2e%2e/package.json', '//etc/passwd', '/?a'])
      expect((await get(path)).status, path).toBe(404)
    expect((await get('/', {}, '127.0.0.1', 'POST')).status).toBe(405)
    expect(await get('/', {}, '127.0.0.1', 'HEAD')).toMatchObject({ status: 200, body: '' })
  })

  test('not on the addresses that others see', async () => {
    const seen = Object.values(networkInterfaces()).flatMap((all) => all ?? [])
    for (const { address, internal, family } of seen) {
      if (internal || family !== 'IPv4') continue
      await expect(get('/', {}, address), address).rejects.toThrow()
    }
  })

  test('Ctrl-C ends it', async () => {
    const code = new Promise((done) => server.once('exit', done))
    server.kill('SIGINT')
    expect(await code).toBe(0)
  })
})
