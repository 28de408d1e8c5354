/** What a filter may cost. A filter over a bound is 400 `invalidFilter`, and the detail names the bound. */
export const MAX_FILTER_LENGTH = 4096
export const MAX_FILTER_DEPTH = 32
export const MAX_FILTER_TERMS = 100
