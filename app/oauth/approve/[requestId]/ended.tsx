import { CentredPage } from '#components/frame/centred-page'
import { LinkButton } from '#components/ui/link-button'

/** Expired, another browser's, or never there: one page, so that it tells nobody which. */
export function Ended({ clientName = 'Okta' }: { clientName?: string }) {
  return (
    <CentredPage
      wide
      title="This request has ended"
      description={`A request waits 10 minutes, in the browser that brought it. Start again in ${clientName}.`}
    />
  )
}

export function Used(props: { clientName: string; denied: boolean; connectionHref?: string }) {
  const { clientName, denied, connectionHref } = props
  return (
    <CentredPage
      wide
      title="This request was used already"
      description={
        denied
          ? `It was denied, so ${clientName} got no access. To connect after all, start again in ${clientName}.`
          : `It was approved. If ${clientName} does not show the connection, start again there.`
      }
    >
      {connectionHref && <LinkButton href={connectionHref}>See the connection</LinkButton>}
    </CentredPage>
  )
}
