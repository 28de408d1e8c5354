/** A text, or pieces of it as UTF-8: one of many megabytes is never made one string. */
export type LongText = string | readonly Buffer[]

export function bytesOf(text: LongText): number {
  if (typeof text === 'string') return Buffer.byteLength(text)
  return text.reduce((sum, piece) => sum + piece.byteLength, 0)
}

/**
 * Its first characters, at most so many, as a text of their own: a piece of a string would keep the whole of it in memory for
 * as long as it is kept itself. Every piece ends with a whole character.
 */
export function beginningOf(text: LongText, characters: number): string {
  if (typeof text === 'string')
    return text.length <= characters ? text : Buffer.from(text.slice(0, characters)).toString()
  let beginning = ''
  for (const piece of text) {
    if (beginning.length >= characters) break
    // A character takes three bytes at most, or four where it counts as two.
    beginning += piece.toString('utf8', 0, characters * 3 + 1)
  }
  return beginning.length <= characters ? beginning : Buffer.from(beginning.slice(0, characters)).toString()
}

/** As one string, for whoever must see all of it at once. */
export function wholeOf(text: LongText): string {
  return typeof text === 'string' ? text : Buffer.concat(text).toString()
}
