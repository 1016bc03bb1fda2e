/** The first place in a list from which on the test holds; it must hold for all that come after. */
export function firstWhere<T>(list: readonly T[], test: (item: T) => boolean): number {
  let [low, high] = [0, list.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (test(list[middle] as T)) high = middle
    else low = middle + 1
  }
  return low
}
