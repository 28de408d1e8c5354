'use client'

import { CircleQuestionMark } from 'lucide-react'
import { Button } from '#components/ui/button'
import { OPEN_HELP_EVENT } from './shortcut-settings.tsx'

/** The list of keyboard shortcuts, for those who do not know the key that opens it. */
export function HelpButton() {
  return (
    <Button
      variant="ghost"
      size="icon-sm"
      aria-label="Keyboard shortcuts"
      title="Keyboard shortcuts (?)"
      className="needs-script"
      onClick={() => document.dispatchEvent(new Event(OPEN_HELP_EVENT))}
    >
      <CircleQuestionMark aria-hidden="true" />
    </Button>
  )
}
