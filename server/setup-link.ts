/** The address at which the first admin is made, while there is none. */
export async function setupLink(): Promise<string | null> {
  return null
}
