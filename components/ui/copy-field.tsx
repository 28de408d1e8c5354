import { type ReactNode, useId } from 'react'
import { CopyButton } from './copy-button.tsx'
import { Label } from './field.tsx'
import { Input } from './input.tsx'

/** A value to carry elsewhere. Without scripts it is a plain read-only input that can be selected. */
export function CopyField({
  label,
  value,
  description,
}: {
  label: string
  value: string
  description?: ReactNode
}) {
  const id = useId()
  return (
    <div data-slot="copy-field" className="grid gap-1.5">
      <Label htmlFor={id}>{label}</Label>
      <div className="flex gap-2">
        <Input
          id={id}
          readOnly
          value={value}
          spellCheck={false}
          aria-describedby={description ? `${id}-description` : undefined}
          className="font-mono text-fg text-xs pointer-coarse:text-sm"
        />
        <CopyButton value={value} what={label} selectId={id} />
      </div>
      {description && (
        <p id={`${id}-description`} className="text-fg-subtle text-xs">
          {description}
        </p>
      )}
    </div>
  )
}
