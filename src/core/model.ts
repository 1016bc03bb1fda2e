/** The tagger's model as its package has it. The build puts `model-packed.ts` in the place of this file. */
export { default as model } from 'wink-eng-lite-web-model'
