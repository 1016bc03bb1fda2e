declare module 'commonmark-spec' {
  export const tests: { markdown: string; html: string; number: number; section: string }[]
}
