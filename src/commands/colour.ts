/** Whether a terminal's colours are wanted on standard output: as a flag says, or NO_COLOR or FORCE_COLOR for all programs. */
export function colourful(flag: boolean | undefined, terminal: boolean = process.stdout.isTTY): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env
  if (flag !== undefined) return flag
  if (NO_COLOR) return false
  if (FORCE_COLOR) return FORCE_COLOR !== '0'
  return terminal && TERM !== 'dumb'
}

const linkers = new Set(['iTerm.app', 'WezTerm', 'vscode', 'ghostty', 'Hyper', 'Tabby', 'rio', 'zed'])

/** Whether the terminal of standard output is known to take links (OSC 8); FORCE_HYPERLINK says it does or does not. */
export function takesLinks(): boolean {
  const { FORCE_HYPERLINK, CI, TERM = '', TERM_PROGRAM = '', VTE_VERSION, WT_SESSION, KONSOLE_VERSION } = process.env
  if (FORCE_HYPERLINK) return FORCE_HYPERLINK !== '0'
  if (!process.stdout.isTTY || CI || TERM === 'dumb') return false
  // 0.50.0 crashes on links.
  if (VTE_VERSION) return Number(VTE_VERSION) > 5000
  return linkers.has(TERM_PROGRAM) || /kitty|alacritty|foot/.test(TERM) || Boolean(WT_SESSION || KONSOLE_VERSION)
}
