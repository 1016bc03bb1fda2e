// Builds the page: one HTML file that holds everything, and a policy that lets it load nothing else.
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

const options = {
  bundle: true,
  // Packages for a browser may expect a document, and a worker has none.
  platform: 'neutral',
  mainFields: ['module', 'main'],
  minify: true,
  format: 'iife',
  target: ['chrome111', 'firefox113', 'safari16.4'],
  legalComments: 'none',
  metafile: true,
  write: false,
  logLevel: 'warning',
}

/**
 * Writes the page to `file`, with the compiled pack (bytes) in it. `notices` gives the licences of the packages whose files it is told.
 */
export async function buildPage(file, pack, notices) {
  const [page, worker, style] = await Promise.all(
    ['main.ts', 'worker.ts', 'style.css'].map((name) => build({ ...options, entryPoints: [`src/web/${name}`] })),
  )
  const text = ({ outputFiles }) => outputFiles[0].text.trim()
  const inputs = [page, worker].flatMap(({ metafile }) => Object.keys(metafile.inputs))
  const script = text(page)
  const css = text(style)
  const nonce = digest(script).slice(0, 22)
  const parts = {
    policy: policy({ script, css, nonce }),
    version: JSON.parse(readFileSync('package.json', 'utf8')).version,
    accept: '.docx,.odt,.md,.markdown,.txt,.html,.htm',
    style: `<style nonce="${nonce}">${css}</style>`,
    data: Object.entries({ worker: text(worker), pack, notices: notices(inputs) })
      .map(([id, content]) => `<script type="text/plain" id="packed-${id}">${packed(content)}</script>`)
      .join('\n'),
    script: `<script>${script}</script>`,
  }
  const html = readFileSync('src/web/page.html', 'utf8').replace(
    /<!--(\w+)-->|\{\{(\w+)\}\}/g,
    (_, element, word) => parts[element ?? word],
  )
  writeFileSync(file, html)
}

/**
 * Everything is forbidden but the page's own script and styles, by their hashes, and its worker. The editor adds styles while
 * it runs: they bear the nonce. No string becomes markup or a script.
 */
function policy({ script, css, nonce }) {
  return [
    "default-src 'none'",
    // The worker compiles the kernel.
    `script-src 'sha256-${digest(script)}' 'wasm-unsafe-eval'`,
    `style-src 'sha256-${digest(css)}' 'nonce-${nonce}'`,
    'worker-src blob:',
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types values-lint-worker',
  ].join('; ')
}

function digest(text) {
  return createHash('sha256').update(text).digest('base64')
}

function packed(text) {
  return gzipSync(text, { level: 9 }).toString('base64')
}
