import { CentredPage } from '#components/frame/centred-page'

export const metadata = { title: 'Not possible' }

/** RFC 6749 §4.1.2.1: told to the person, never sent to an address that nobody registered. */
export default async function Refused({ searchParams }: { searchParams: Promise<{ reason?: string }> }) {
  const { reason } = await searchParams
  return reason === 'redirect' ? (
    <CentredPage
      title="This address is not registered"
      description="The request names a redirect URI that is not registered for this client, or is not well formed. Nothing was sent there. In Muster, open Connections and register the exact URI that your Okta app uses; then start again in Okta."
    />
  ) : (
    <CentredPage
      title="This client is not known"
      description="The request names no client that is registered in Muster, or one that is disabled. Check the client id in your Okta app’s provisioning settings, or register the app under Connections; then start again in Okta."
    />
  )
}
