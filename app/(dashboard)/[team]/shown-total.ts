/** "1 user", "1,204 users", "10,000+ users", "about 84,000 users": never more exact than it is. */
export function shownTotal(
  { total, totalIs }: { total: number; totalIs: 'exact' | 'more' | 'about' },
  noun: string,
): string {
  const rounded = totalIs === 'about' ? Number(total.toPrecision(2)) : total
  const number = rounded.toLocaleString('en')
  const words = `${number}${totalIs === 'more' ? '+' : ''} ${total === 1 ? noun : `${noun}s`}`
  return totalIs === 'about' ? `about ${words}` : words
}
