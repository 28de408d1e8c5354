'use client'

import { LoaderCircle } from 'lucide-react'
import { type MouseEvent, type RefObject, useEffect, useRef, useState } from 'react'
import { useFormStatus } from 'react-dom'
import { Button, type ButtonProps } from './button.tsx'
import { cn } from './cn.tsx'

/**
 * Submits its form once: while it is on its way, the word changes to `pending` and further clicks do nothing.
 * Works for server actions and for native forms that post to a URL. The button stays focusable (aria-disabled
 * rather than disabled), so that keyboard focus is not lost.
 */
export function SubmitButton({
  pending: pendingLabel,
  variant = 'primary',
  className,
  children,
  onClick,
  ...props
}: ButtonProps & { pending?: string }) {
  const button = useRef<HTMLButtonElement>(null)
  const status = useFormStatus()
  const sent = useNativeSubmit(button)
  const busy = status.pending || sent !== null
  const mine = status.pending ? !props.name || status.data?.get(props.name) === props.value : sent === 'mine'

  function guard(event: MouseEvent<HTMLButtonElement>) {
    if (busy) event.preventDefault()
    else onClick?.(event)
  }
  return (
    <Button
      {...props}
      ref={button}
      type="submit"
      variant={variant}
      onClick={guard}
      aria-disabled={busy || undefined}
      className={cn('aria-disabled:cursor-progress aria-disabled:opacity-75', className)}
    >
      {mine && <LoaderCircle aria-hidden="true" className="animate-spin" />}
      {mine && pendingLabel ? pendingLabel : children}
    </Button>
  )
}

/** Whether the button's form is being sent by the browser itself, and by which of its buttons. */
function useNativeSubmit(button: RefObject<HTMLButtonElement | null>) {
  const [sent, setSent] = useState<'mine' | 'other' | null>(null)
  useEffect(() => {
    const form = button.current?.form
    if (!form) return
    function onSubmit(event: SubmitEvent) {
      // A server action prevents the default later in this turn; then useFormStatus tells the story.
      setTimeout(() => {
        if (!event.defaultPrevented) setSent(event.submitter === button.current ? 'mine' : 'other')
      })
    }
    function onPageShow(event: PageTransitionEvent) {
      if (event.persisted) setSent(null)
    }
    form.addEventListener('submit', onSubmit)
    window.addEventListener('pageshow', onPageShow)
    return () => {
      form.removeEventListener('submit', onSubmit)
      window.removeEventListener('pageshow', onPageShow)
    }
  }, [button])
  return sent
}
