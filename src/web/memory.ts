import type { Task } from './messages.ts'

/** What the page keeps, if it is asked to: in this browser's storage and nowhere else. */

export interface Kept extends Task {
  name: string | undefined
}

const place = 'values-lint'

/** What was kept; nothing where the browser has no storage for this page, or holds something else there. */
export function recall(): Kept | undefined {
  try {
    const kept = JSON.parse(localStorage.getItem(place) ?? 'null')
    const lists = [kept?.own, kept?.accepted, kept?.profiles]
    return typeof kept?.text === 'string' && lists.every(Array.isArray) ? kept : undefined
  } catch {
    return undefined
  }
}

/** Keeps it. Tells whether it could: storage may be off or full. */
export function keep(kept: Kept): boolean {
  try {
    localStorage.setItem(place, JSON.stringify(kept))
    return true
  } catch {
    return false
  }
}

export function forget(): void {
  try {
    localStorage.removeItem(place)
  } catch {
    // No storage, so nothing is kept in it.
  }
}
