/** The record of a write that only confirmed what was there already, in the one wording by which it is told from a change. */
const BEFORE = 'confirmed '
const BEHIND = '; nothing changed'

export const confirmed = (name: string): string => BEFORE + name + BEHIND

/** The same in SQL, of an expression. */
export const confirmedSql = (name: string): string => `'${BEFORE}' || ${name} || '${BEHIND}'`

/** SQL: whether a record's summary says anything else. */
export const changedSql = (summary: string): string => `${summary} NOT LIKE '${BEFORE}%${BEHIND}'`
