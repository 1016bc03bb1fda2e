/** Whether a terminal's colours are wanted on standard output: as a flag says, or NO_COLOR or FORCE_COLOR for all programs. */
export function colourful(flag: boolean | undefined, terminal: boolean = process.stdout.isTTY): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env
  if (flag !== undefined) return flag
  if (NO_COLOR) return false
  if (FORCE_COLOR) return FORCE_COLOR !== '0'
  return terminal && TERM !== 'dumb'
}
