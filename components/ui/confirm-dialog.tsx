'use client'

import { type ReactElement, type ReactNode, useId, useState } from 'react'
import type { FormState } from './action-form.tsx'
import { Alert } from './alert.tsx'
import { Dialog, DialogClose } from './dialog.tsx'
import { TextField } from './field.tsx'
import { SubmitButton } from './submit-button.tsx'

/**
 * Asks before an act that cannot be undone. With `confirmName`, the act waits until that name is typed.
 * Posts `action` with `fields` as hidden inputs (and `confirmation`, the typed name). An error that it answers is said
 * in the dialog, which then stays open.
 */
export function ConfirmDialog({
  trigger,
  title,
  description,
  confirmName,
  confirmLabel,
  pendingLabel,
  danger = true,
  action,
  fields = {},
  children,
}: {
  trigger: ReactElement
  title: ReactNode
  description: ReactNode
  confirmName?: string
  /** The verb with its object: "Disconnect Okta". */
  confirmLabel: string
  pendingLabel?: string
  danger?: boolean
  action: (form: FormData) => Promise<FormState | undefined> | Promise<void>
  fields?: Record<string, string>
  children?: ReactNode
}) {
  const id = useId()
  const [open, setOpen] = useState(false)
  const [typed, setTyped] = useState('')
  const [error, setError] = useState<string>()
  const ready = !confirmName || typed.trim() === confirmName
  function setOpenAnew(next: boolean) {
    setOpen(next)
    setError(undefined)
  }
  async function run(form: FormData) {
    const result = (await action(form)) as FormState | undefined
    setError(result?.error)
    if (result?.error) return
    setOpen(false)
    setTyped('')
  }
  return (
    <Dialog trigger={trigger} title={title} description={description} open={open} onOpenChange={setOpenAnew}>
      <form action={run} className="grid gap-4">
        {Object.entries(fields).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        {error && (
          <Alert tone="danger" live>
            {error}
          </Alert>
        )}
        {children}
        {confirmName && (
          <TextField
            id={id}
            name="confirmation"
            label={
              <>
                Type <span className="font-mono">{confirmName}</span> to confirm
              </>
            }
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            autoComplete="off"
            spellCheck={false}
          />
        )}
        <div className="flex flex-wrap justify-end gap-2">
          <DialogClose>Cancel</DialogClose>
          <SubmitButton variant={danger ? 'danger' : 'primary'} pending={pendingLabel} disabled={!ready}>
            {confirmLabel}
          </SubmitButton>
        </div>
      </form>
    </Dialog>
  )
}
