/** The element of the page's own HTML with this id. */
export function byId<T extends HTMLElement = HTMLElement>(id: string): T {
  return document.getElementById(id) as T
}

type Content = Node | string | undefined

/** A new element. Words become text nodes, never markup: they come from drafts, rules and file names. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string>>,
  ...content: Content[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  element.append(...content.filter((part) => part !== undefined))
  return element
}

/** `1 word`, `2,000 words`; nothing for none. */
export function count(times: number, noun: string): string {
  return times ? `${times.toLocaleString('en')} ${noun}${times === 1 ? '' : 's'}` : ''
}
