/** Longest string value where the attribute sets no bound of its own, in UTF-16 units (64 Ki). */
export const MAX_STRING_LENGTH = 65_536
/** Most values of one multi-valued attribute. Members of groups are read elsewhere and not bounded by this. */
export const MAX_VALUES = 1_000
/** Most simple values in one resource. */
export const MAX_LEAVES = 10_000
