export function goldenOf(path: string): string
