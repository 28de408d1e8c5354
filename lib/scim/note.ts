/**
 * Something a request contained that was tolerated rather than refused: an attribute that no schema knows,
 * a string where a boolean belongs, a password. Notes end up beside the recorded exchange, for the admin.
 */
export type Note = {
  /** Canonical path of the attribute if it is known, otherwise the name as the client wrote it (shortened). */
  readonly path: string
  readonly message: string
}

/** Notes of one request are bounded: a body of ten thousand unknown attributes makes a hundred notes. */
export const MAX_NOTES = 100

export function addNote(notes: Note[], path: string, message: string): void {
  if (notes.length < MAX_NOTES) notes.push({ path: shorten(path, 200), message })
}

/** A client's own text for use inside a message: at most `max` UTF-16 units, without control characters. */
export function shorten(text: string, max = 60): string {
  let out = ''
  for (const character of text.slice(0, max))
    out += character < ' ' || character === '\u007f' ? '\ufffd' : character
  return text.length > max ? `${out.toWellFormed()}…` : out.toWellFormed()
}
