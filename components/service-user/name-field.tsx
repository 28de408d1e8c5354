'use client'

import { useEffect, useRef, useState } from 'react'
import { Button } from '#components/ui/button'
import { TextField } from '#components/ui/field'

const PATTERN = '[a-z][a-z0-9\\-]{1,61}[a-z0-9]'
const FITS = new RegExp(`^(?:${PATTERN})$`)
const RULE = '3 to 63 characters: a–z, 0–9 and -, beginning with a letter and ending with a letter or digit'

/**
 * A service user's name. Spaces around it go and capitals become small, when one leaves the field as on the server. After
 * a first error it is checked again at that moment; the suggestion that came with the error is one click. An error goes
 * while one types, and not on leaving: the button that one presses then would move away from under the pointer.
 */
export function NameField({
  id = 'service-user-name',
  name = 'name',
  value,
  error,
  suggestion,
  suggestForm,
  focus = true,
}: {
  id?: string
  name?: string
  value: string
  error?: string
  suggestion?: string
  /** A form of the page that shows it anew with the suggestion: what the button sends where scripts never run. */
  suggestForm?: string
  /** Whether the field is where one begins, on a machine with a mouse. */
  focus?: boolean
}) {
  const input = useRef<HTMLInputElement>(null)
  const [problem, setProblem] = useState(error)
  useEffect(() => {
    const begin = focus && window.matchMedia('(pointer: fine)').matches
    if (error || begin) input.current?.focus({ preventScroll: !error })
  }, [error, focus])

  function tidy() {
    if (!input.current) return
    const field = input.current
    field.value = field.value.trim().toLowerCase()
    if (!error) return
    if (field.value === value) setProblem(error)
    else setProblem(field.checkValidity() ? undefined : `Use ${RULE}.`)
  }
  function forgive() {
    const typed = input.current?.value.trim().toLowerCase() ?? ''
    if (problem && typed !== value && FITS.test(typed)) setProblem(undefined)
  }
  function takeSuggestion() {
    if (!input.current || !suggestion) return
    input.current.value = suggestion
    setProblem(undefined)
    input.current.focus()
  }
  return (
    <TextField
      ref={input}
      id={id}
      name={name}
      label="Service user name"
      description="A machine identity made for this connection. It appears in the activity log. Letters a–z, digits and -; capital letters become small ones."
      error={
        problem && (
          <span className="grid gap-1.5">
            {problem}
            {suggestion && problem === error && (
              <Button
                type={suggestForm ? 'submit' : 'button'}
                form={suggestForm}
                size="sm"
                onClick={(event) => {
                  event.preventDefault()
                  takeSuggestion()
                }}
                className={`justify-self-start ${suggestForm ? '' : 'needs-script'}`}
              >
                Use <span className="font-mono">{suggestion}</span>
              </Button>
            )}
          </span>
        )
      }
      defaultValue={value}
      onChange={forgive}
      onBlur={tidy}
      required
      minLength={3}
      maxLength={63}
      pattern={PATTERN}
      title={RULE}
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      autoFocus={error !== undefined}
      className="[&_input]:h-10 [&_input]:font-mono"
    />
  )
}
