import { Alert } from '#components/ui/alert'
import { TextField } from '#components/ui/field'
import { SubmitButton } from '#components/ui/submit-button'

/** The second step of a sign-in: a code of the app, or a recovery code. */
export function CodeForm({
  action,
  hidden,
  wrong,
}: {
  action: string
  hidden: Record<string, string>
  wrong: boolean
}) {
  return (
    <form action={action} method="post" className="grid gap-4">
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {wrong && (
        <Alert tone="danger" live>
          This code is not right, or was used before. Wait for the next one.
        </Alert>
      )}
      <TextField
        id="code"
        name="code"
        label="Code"
        autoComplete="one-time-code"
        autoCapitalize="none"
        spellCheck={false}
        required
        autoFocus
        className="[&_input]:h-10 [&_input]:font-mono [&_input]:tracking-widest"
      />
      <SubmitButton size="lg" pending="Checking…">
        Continue
      </SubmitButton>
    </form>
  )
}
