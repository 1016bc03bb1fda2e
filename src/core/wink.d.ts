// Parts of the tagger's model, which ships types for the whole only; and the lexicon as the build packs it.
declare module '#tagger-model' {
  export default function packed(): Uint8Array
}
declare module 'wink-eng-lite-web-model/dist/feature.js' {
  const features: unknown
  export default features
}
declare module 'wink-eng-lite-web-model/dist/load-*-model.js' {
  const load: () => unknown
  export default load
}
