/** The current time, in milliseconds since 1970. Verbs take it as a parameter, so that tests can pass any. */
export type Clock = () => number

export const systemClock: Clock = () => Date.now()
