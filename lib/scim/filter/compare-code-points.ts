/**
 * Orders strings by code point, as PostgreSQL's COLLATE "C" does for UTF-8. JavaScript's `<` compares UTF-16 units
 * and puts U+1F600 (a surrogate pair) before U+FF21.
 */
export function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let index = 0; index < length; index += 1) {
    const x = a.charCodeAt(index)
    const y = b.charCodeAt(index)
    if (x !== y) return rank(x) - rank(y)
  }
  return a.length - b.length
}

/** Surrogates (of code points above U+FFFF) sort after every other unit. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit
}
