/** Who made a service user, and how: "Approved by dana@acme.com for Okta", "Made by the operator". */
export function originWords(createdBy: string, clientName: string | undefined): string {
  const by = createdBy === 'operator' ? 'the operator' : createdBy
  return clientName ? `Approved by ${by} for ${clientName}` : `Made by hand by ${by}`
}
