'use client'

import { type ReactNode, useActionState } from 'react'
import { QrCode } from '#components/account/qr-code'
import { RecoveryCodes } from '#components/account/recovery-codes'
import { Alert } from '#components/ui/alert'
import { Card, CardBody, CardHeader } from '#components/ui/card'
import { CopyButton } from '#components/ui/copy-button'
import { TextField } from '#components/ui/field'
import { LinkButton } from '#components/ui/link-button'
import { SubmitButton } from '#components/ui/submit-button'
import { type EnrolmentForm, renewCodes, type TwoStepState, turnOff, turnOn } from './actions.ts'

/**
 * One component for both states of it, so that the answer of a form (recovery codes, shown once) stays on the page when
 * the state changes under it, with scripts and without.
 */
export function TwoStep(props: { on: boolean; codesLeft: number; enrolment: EnrolmentForm }) {
  const [turnedOn, submitOn] = useActionState(turnOn, {} as TwoStepState)
  const [turnedOff, submitOff] = useActionState(turnOff, {} as TwoStepState)
  const [renewed, submitRenew] = useActionState(renewCodes, {} as TwoStepState)
  const codes = turnedOn.recoveryCodes ?? renewed.recoveryCodes
  if (codes) return <ShownOnce codes={codes} first={turnedOn.recoveryCodes !== undefined} />
  if (turnedOff.done)
    return (
      <Alert tone="success" live action={<LinkButton href="/account">Your account</LinkButton>}>
        {turnedOff.done}
      </Alert>
    )
  if (!props.on)
    return (
      <Enrol enrolment={turnedOn.enrolment ?? props.enrolment} error={turnedOn.error} action={submitOn} />
    )
  return (
    <>
      <CodeForm
        id="renew"
        title="Recovery codes"
        description={`${props.codesLeft} of 10 are left. Each signs you in once, without your phone. New ones replace all of them.`}
        error={renewed.error}
        action={submitRenew}
      >
        <SubmitButton variant="secondary" pending="Making…">
          Make new codes
        </SubmitButton>
      </CodeForm>
      <CodeForm
        id="off"
        title="Turn off"
        description="Your password alone will then be enough to sign in."
        error={turnedOff.error}
        action={submitOff}
      >
        <SubmitButton variant="danger" pending="Turning off…">
          Turn off two-step sign-in
        </SubmitButton>
      </CodeForm>
    </>
  )
}

type Submit = (form: FormData) => void

function Enrol({
  enrolment,
  error,
  action,
}: {
  enrolment: EnrolmentForm
  error: string | undefined
  action: Submit
}) {
  return (
    <Card>
      <CardBody>
        <form action={action} className="grid gap-6 sm:grid-cols-[auto_minmax(0,1fr)] sm:gap-8">
          <QrCode code={enrolment.qr} label="QR code of the secret below" className="max-sm:mx-auto" />
          <div className="grid content-start gap-5">
            <input type="hidden" name="enrolment" value={enrolment.sealed} />
            <div>
              <h2 className="font-semibold text-base">1. Scan the code with your app</h2>
              <p className="mt-1 mb-3 text-fg-muted text-sm">Or type this secret into it:</p>
              <p className="flex items-start gap-2">
                <span className="font-mono text-sm [word-spacing:-0.2em]">
                  {(enrolment.secret.match(/.{1,4}/g) ?? []).join(' ')}
                </span>
                <CopyButton value={enrolment.secret} what="secret" iconOnly className="-my-1 shrink-0" />
              </p>
            </div>
            <div>
              <h2 className="mb-2 font-semibold text-base">2. Type the six digits it shows</h2>
              <CodeField id="code" error={error} />
            </div>
            <div className="flex flex-wrap gap-2">
              <SubmitButton pending="Checking…">Turn on</SubmitButton>
              <LinkButton href="/account" variant="ghost">
                Cancel
              </LinkButton>
            </div>
          </div>
        </form>
      </CardBody>
    </Card>
  )
}

function CodeForm(props: {
  id: string
  title: string
  description: string
  error: string | undefined
  action: Submit
  children: ReactNode
}) {
  return (
    <Card>
      <CardHeader title={props.title} description={props.description} />
      <CardBody>
        <form action={props.action} className="grid gap-4">
          <CodeField
            id={`${props.id}-code`}
            error={props.error}
            description="From your app, or a recovery code."
          />
          <div>{props.children}</div>
        </form>
      </CardBody>
    </Card>
  )
}

function CodeField({ id, error, description }: { id: string; error?: string; description?: string }) {
  return (
    <TextField
      id={id}
      name="code"
      label="Code"
      autoComplete="one-time-code"
      inputMode={description ? 'text' : 'numeric'}
      required
      spellCheck={false}
      autoCapitalize="none"
      error={error}
      description={description}
      className="max-w-60 [&_input]:font-mono [&_input]:tracking-widest"
    />
  )
}

function ShownOnce({ codes, first }: { codes: readonly string[]; first: boolean }) {
  return (
    <Card>
      <CardHeader
        title={first ? 'Two-step sign-in is on' : 'Your new recovery codes'}
        description="Keep these recovery codes where you keep your passwords. Each signs you in once when your phone is not at hand. They are not shown again."
      />
      <CardBody className="grid gap-4">
        <RecoveryCodes codes={codes} />
        <div>
          <LinkButton href="/account" variant="primary">
            I have kept them
          </LinkButton>
        </div>
      </CardBody>
    </Card>
  )
}
