import { spawn } from 'node:child_process'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import { readPage, writeWhole } from '../files.ts'

export interface WebFlags {
  out?: string
  open?: boolean
  /** Name or folder of the pack; the page holds the default one. */
  pack?: string
}

/** Writes the page to a file, or serves it to this machine until Ctrl-C. Gives the exit code. */
export async function web({ out, open, pack }: WebFlags): Promise<number> {
  const { page, broken } = await pageWith(pack)
  if (out !== undefined) {
    writeWhole(out, page)
    if (open) openInBrowser(pathToFileURL(resolve(out)).href)
    return broken ? 2 : 0
  }
  const server = serverOf(page)
  const address = await listening(server)
  process.stdout.write(`The page is at ${address} for this machine only. Ctrl-C ends it.\n`)
  if (open) openInBrowser(address)
  await ended(server)
  return broken ? 2 : 0
}

/** The page, with a pack in the place of the one that the build put in. Throws an InputError where there is no such pack. */
async function pageWith(name: string | undefined): Promise<{ page: string; broken: boolean }> {
  const page = readPage()
  if (name === undefined) return { page, broken: false }
  const [{ compiledHere }, { freezePack }] = await Promise.all([import('./load.ts'), import('../core/frozen.ts')])
  const { pack, broken } = compiledHere(name)
  const packed = gzipSync(freezePack(pack), { level: 9 }).toString('base64')
  return { page: page.replace(/(id="packed-pack">)[^<]*/, (_, start) => start + packed), broken }
}

const headers = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "frame-ancestors 'none'",
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
}

/** One page at one path. Hosts by another name are refused, so that no web site can point its own name at this server. */
function serverOf(page: string): Server {
  const body = Buffer.from(page)
  return createServer((request, response) => {
    const { port } = request.socket.address() as AddressInfo
    const { host } = request.headers
    const say = (status: number, text: string): void => {
      response.writeHead(status, { ...headers, 'Content-Type': 'text/plain; charset=utf-8' }).end(`${text}\n`)
    }
    if (host !== `127.0.0.1:${port}` && host !== `localhost:${port}`) return say(403, 'Not for this host.')
    if (request.method !== 'GET' && request.method !== 'HEAD') return say(405, 'Only GET.')
    if (request.url !== '/') return say(404, 'There is one page, at /.')
    response.writeHead(200, {
      ...headers,
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Length': body.length,
    })
    response.end(request.method === 'HEAD' ? undefined : body)
  })
}

/** Starts on a free port of the loopback interface; gives the address. */
function listening(server: Server): Promise<string> {
  return new Promise((done, failed) => {
    server.once('error', failed)
    server.listen(0, '127.0.0.1', () => done(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`))
  })
}

function ended(server: Server): Promise<void> {
  return new Promise((done) => {
    const end = (): void => {
      server.close(() => done())
      server.closeAllConnections()
    }
    process.once('SIGINT', end)
    process.once('SIGTERM', end)
  })
}

/** Opens an address with the system's own opener; where there is none, the address that was printed is enough. */
function openInBrowser(address: string): void {
  const [command, args] =
    process.platform === 'darwin'
      ? ['open', [address]]
      : process.platform === 'win32'
        ? ['rundll32', ['url.dll,FileProtocolHandler', address]]
        : ['xdg-open', [address]]
  const opener = spawn(command as string, args as string[], { stdio: 'ignore', detached: true })
  opener.on('error', () => process.stderr.write('No browser could be opened; open the address by hand.\n'))
  opener.unref()
}
