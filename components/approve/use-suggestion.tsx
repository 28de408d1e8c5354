'use client'

import { Button } from '#components/ui/button'

/** Puts a free name into the field. Without scripts the error's words already name it. */
export function UseSuggestion({ inputId, name }: { inputId: string; name: string }) {
  function fill() {
    const input = document.getElementById(inputId)
    if (!(input instanceof HTMLInputElement)) return
    input.value = name
    input.focus()
  }
  return (
    <Button size="sm" onClick={fill} className="needs-script justify-self-start">
      Use {name}
    </Button>
  )
}
