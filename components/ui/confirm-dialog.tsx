'use client'

import { type ReactElement, type ReactNode, useId, useState } from 'react'
import { Dialog, DialogClose } from './dialog.tsx'
import { TextField } from './field.tsx'
import { SubmitButton } from './submit-button.tsx'

/**
 * Asks before an act that cannot be undone. With `confirmName`, the act waits until that name is typed.
 * Posts `action` with `fields` as hidden inputs (and `confirmation`, the typed name).
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
  action: (form: FormData) => void | Promise<void>
  fields?: Record<string, string>
  children?: ReactNode
}) {
  const id = useId()
  const [open, setOpen] = useState(false)
  const [typed, setTyped] = useState('')
  const ready = !confirmName || typed.trim() === confirmName
  async function run(form: FormData) {
    await action(form)
    setOpen(false)
    setTyped('')
  }
  return (
    <Dialog trigger={trigger} title={title} description={description} open={open} onOpenChange={setOpen}>
      <form action={run} className="grid gap-4">
        {Object.entries(fields).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
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
