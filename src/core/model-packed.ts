import features from 'wink-eng-lite-web-model/dist/feature.js'
import negation from 'wink-eng-lite-web-model/dist/load-negation-model.js'
import pos from 'wink-eng-lite-web-model/dist/load-pos-model.js'
import packed from '#tagger-model'
import { thawLexicon } from './lexicon.ts'

/**
 * The tagger's model with its lexicon packed, as the build has it: from cold it is ready in a tenth of the time, since its
 * 87,593 words stay one text until they are looked up. What the tagger does not use (sentences, names, sentiment) is left out.
 */
export const model = {
  core: () => thawLexicon(packed()),
  pos,
  negation,
  // The parts that are never run still want something to load.
  sa: negation,
  sbd: () => ({ machines: [], transformers: [] }),
  ner: () => ({ machines: [], transformers: [] }),
  metaCER: () => ({ machines: '', transformers: [] }),
  featureFn: features,
  addons: {},
}
