'use client'

import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Button, type ButtonProps } from './button.tsx'

/** Copies `value`. Where the clipboard is refused, selects the field named by `selectId` instead. */
export function CopyButton({
  value,
  what,
  label = 'Copy',
  iconOnly = false,
  selectId,
  ...props
}: Omit<ButtonProps, 'value' | 'onClick'> & {
  value: string
  /** What is copied, for screen readers: "Base URL". */
  what: string
  label?: string
  iconOnly?: boolean
  selectId?: string
}) {
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), 2000)
    return () => clearTimeout(timer)
  }, [copied])

  async function copy() {
    try {
      await navigator.clipboard.writeText(value)
      setCopied(true)
    } catch {
      const field = selectId ? document.getElementById(selectId) : null
      if (field instanceof HTMLInputElement) field.select()
    }
  }

  const Icon = copied ? Check : Copy
  return (
    <Button
      size={iconOnly ? 'icon-sm' : 'md'}
      variant={iconOnly ? 'ghost' : 'secondary'}
      {...props}
      onClick={copy}
      aria-label={`${label} ${what}`}
      className={`needs-script ${props.className ?? ''}`}
    >
      <Icon aria-hidden="true" className={copied ? 'text-success' : undefined} />
      {!iconOnly && (copied ? 'Copied' : label)}
      <span role="status" className="sr-only">
        {copied ? `${what} copied` : ''}
      </span>
    </Button>
  )
}
