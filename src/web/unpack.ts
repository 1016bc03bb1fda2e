/** What was gzipped and written in base 64, as the page holds what is large. */
export async function unpack(packed: string): Promise<Uint8Array> {
  const bytes = Uint8Array.from(atob(packed.trim()), (character) => character.charCodeAt(0))
  const plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))
  return new Uint8Array(await new Response(plain).arrayBuffer())
}

export async function unpackText(packed: string): Promise<string> {
  return new TextDecoder().decode(await unpack(packed))
}
