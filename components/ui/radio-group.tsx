import type { ReactNode } from 'react'
import { cn } from './cn.tsx'
import { Radio } from './radio.tsx'

export type RadioOption = { value: string; label: ReactNode; description?: ReactNode; disabled?: boolean }

/** Native radios in a fieldset. `boxed` draws each option as a card, for choices that deserve a thought. */
export function RadioGroup({
  name,
  legend,
  options,
  defaultValue,
  boxed = false,
  hideLegend = false,
  className,
}: {
  name: string
  legend: ReactNode
  options: readonly RadioOption[]
  defaultValue?: string
  boxed?: boolean
  hideLegend?: boolean
  className?: string
}) {
  const card = 'rounded-md border px-3 py-2 has-checked:border-accent-solid has-checked:bg-accent-soft'
  return (
    <fieldset data-slot="radio-group" className={className}>
      <legend className={hideLegend ? 'sr-only' : 'mb-1.5 font-medium text-sm'}>{legend}</legend>
      <div className={cn('grid', boxed && 'gap-2')}>
        {options.map((option) => (
          <Radio
            key={option.value}
            id={`${name}-${option.value}`}
            name={name}
            value={option.value}
            label={option.label}
            description={option.description}
            disabled={option.disabled}
            defaultChecked={option.value === defaultValue}
            className={boxed ? card : undefined}
          />
        ))}
      </div>
    </fieldset>
  )
}
