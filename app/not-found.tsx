import { CentredPage } from '#components/frame/centred-page'
import { LinkButton } from '#components/ui/link-button'

/** An address that is nobody's, another team's, or names what is no longer there: which of them, it does not say. */
export default function NotFound() {
  return (
    <CentredPage
      title="There is nothing here"
      description="This address does not exist, what it showed was removed, or it belongs to a team that you are not in."
    >
      <LinkButton href="/">Go to your teams</LinkButton>
    </CentredPage>
  )
}
