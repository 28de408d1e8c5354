import { SubmitButton } from '#components/ui/submit-button'

/** Only the way back: for screens where there is nothing to approve (yet). */
export function DenyForm({ action, hidden }: { action: string; hidden: Record<string, string> }) {
  return (
    <form action={action} method="post">
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <SubmitButton variant="secondary" size="lg" name="decision" value="deny" pending="Denying…">
        Deny
      </SubmitButton>
    </form>
  )
}
