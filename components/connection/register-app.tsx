import { Alert } from '#components/ui/alert'
import { TextField } from '#components/ui/field'
import { SubmitButton } from '#components/ui/submit-button'

/** Registers an Okta app as a client. One field is enough; after a refusal what was typed is still there to be mended. */
export function RegisterApp({ action, error }: { action: (form: FormData) => void; error?: string }) {
  return (
    <div className="grid gap-4">
      <p>
        In Okta’s Admin Console, create the app (Applications → Create App Integration), set its provisioning
        to SCIM, and come back with its address.
      </p>
      <form
        action={action}
        onReset={(event) => error && event.preventDefault()}
        className="grid gap-4 text-fg"
      >
        {error && (
          <Alert tone="danger" live>
            {error}
          </Alert>
        )}
        <TextField
          id="appName"
          name="appName"
          label="The app’s address in Okta"
          description="From the browser’s address bar, on the app’s page in the Admin Console; or only its name, the part between /app/ and /instance/. Muster registers the five redirect URIs that Okta’s clouds use for it."
          placeholder="https://acme-admin.okta.com/admin/app/acme_muster_1/instance/0oa…/"
          optional
          autoComplete="off"
          spellCheck={false}
        />
        <div className="grid items-start gap-4 sm:grid-cols-2">
          <TextField
            id="name"
            name="name"
            label="What to call it"
            description="The approve page and the connection carry this name."
            defaultValue="Okta"
            maxLength={60}
            required
            autoComplete="off"
          />
          <TextField
            id="redirectUri"
            name="redirectUri"
            label="Another redirect URI"
            description="Only for another host, such as a test stand-in. It is matched exactly."
            optional
            autoComplete="off"
            spellCheck={false}
          />
        </div>
        <div>
          <SubmitButton pending="Registering…">Register the app</SubmitButton>
        </div>
      </form>
    </div>
  )
}
