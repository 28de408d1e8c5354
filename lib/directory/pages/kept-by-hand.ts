/** Of a user or a group, what decides where it is changed. */
type Kept = { managedBy?: { live: boolean } | undefined; system?: string | undefined }

/**
 * Whether people may change it in Muster: a connection that lives would undo what they do; one that was disconnected
 * sends nothing any more. Muster's own groups keep themselves.
 */
export function isKeptByHand({ managedBy, system }: Kept): boolean {
  return !managedBy?.live && !system
}
