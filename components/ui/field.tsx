import { CircleAlert } from 'lucide-react'
import type { ComponentProps, ReactNode } from 'react'
import { cn } from './cn.tsx'
import { Input } from './input.tsx'
import { Select, type SelectOption } from './select.tsx'
import { Textarea } from './textarea.tsx'

export type ControlProps = {
  id: string
  'aria-describedby': string | undefined
  'aria-invalid': true | undefined
}

export type FieldProps = {
  id: string
  label: ReactNode
  /** Help that is always shown. */
  description?: ReactNode
  /** What is wrong and what to do; read out with the control. */
  error?: ReactNode
  optional?: boolean
  className?: string
}

export function Label({ className, ...props }: ComponentProps<'label'>) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: callers pass htmlFor.
    <label data-slot="label" className={cn('block font-medium text-sm', className)} {...props} />
  )
}

/** Label, control, help and error, tied together by aria-describedby. */
export function Field({
  id,
  label,
  description,
  error,
  optional,
  className,
  children,
}: FieldProps & { children: (control: ControlProps) => ReactNode }) {
  const described = [description && `${id}-description`, error && `${id}-error`].filter(Boolean).join(' ')
  return (
    <div data-slot="field" className={cn('grid gap-1.5', className)}>
      <Label htmlFor={id}>
        {label}
        {optional && <span className="ml-1.5 font-normal text-fg-subtle">optional</span>}
      </Label>
      {children({ id, 'aria-describedby': described || undefined, 'aria-invalid': error ? true : undefined })}
      {error && (
        <p id={`${id}-error`} className="flex items-start gap-1.5 text-danger text-sm">
          <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
          <span>{error}</span>
        </p>
      )}
      {description && (
        <p id={`${id}-description`} className="text-fg-subtle text-xs">
          {description}
        </p>
      )}
    </div>
  )
}

type Split<P> = FieldProps & Omit<P, keyof FieldProps>

function split<P extends FieldProps>({ id, label, description, error, optional, className, ...control }: P) {
  return { field: { id, label, description, error, optional, className }, control }
}

export function TextField(props: Split<ComponentProps<'input'>>) {
  const { field, control } = split(props)
  return <Field {...field}>{(wired) => <Input {...control} {...wired} />}</Field>
}

export function TextareaField(props: Split<ComponentProps<'textarea'>>) {
  const { field, control } = split(props)
  return <Field {...field}>{(wired) => <Textarea {...control} {...wired} />}</Field>
}

export function SelectField(
  props: Split<Omit<ComponentProps<'select'>, 'children'>> & { options: readonly SelectOption[] },
) {
  const { field, control } = split(props)
  return <Field {...field}>{(wired) => <Select {...control} {...wired} options={props.options} />}</Field>
}
