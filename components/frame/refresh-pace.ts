/**
 * How often a page that somebody looks at is read anew while changes stream in: a little less than the server's own time
 * from event to event (`lib/http/live-channel.ts`), so that all pages that hear one ask at the same moment.
 */
export const REFRESH_EVERY_MS = 350
/** A server that is slow to answer is asked less often: it has more to do than to show how far it is. */
export const REST = 1.5
/** Long enough to hear that the server is going, when the change was that it goes. */
export const AT_LEAST_MS = 50
