declare module '#kernel' {
  /** The bytes of `src/kernel`, compiled. */
  export default function kernel(): Uint8Array<ArrayBuffer>
}
