export const SCIM_PATH = '/scim/v2'

/** Longest body of a request. A membership of 100,000 in one PUT is about 9 MB. */
export const MAX_BODY_BYTES = 20 * 1024 * 1024
