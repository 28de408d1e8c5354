/** So many pieces tell a text apart nearly as well as all of it: each is one trigram, whose list is read. */
const PIECES = 4
const PIECE = /[0-9a-z]{3}/y

/**
 * What stands in for a text where an index of trigrams looks it up: pieces of it, spread over its length, or the text itself
 * while it has hardly more. Whatever contains the text contains them; that it contains the text has to be asked as well. An
 * index reads the list of every trigram that it is asked for, and some of a long text's are those of half the directory.
 * @param text  three characters or more, in lower case
 */
export function trigramPieces(text: string): string[] {
  const telling = beforeAt(text)
  const pieces: string[] = []
  for (let i = 0; i + 3 <= telling.length; i++) {
    PIECE.lastIndex = i
    if (PIECE.test(telling)) pieces.push(telling.slice(i, i + 3))
  }
  if (pieces.length <= PIECES) return [telling]
  const step = (pieces.length - 1) / (PIECES - 1)
  const spread = Array.from({ length: PIECES }, (_, i) => pieces[Math.round(i * step)] as string)
  return [...new Set(spread)]
}

/** What tells people apart stands before the @; behind it stands what half of them share. */
export function beforeAt(text: string): string {
  const at = text.indexOf('@')
  return at >= 3 ? text.slice(0, at + 1) : text
}
