'use client'

import { Tooltip as Base } from '@base-ui/react/tooltip'
import type { ReactElement, ReactNode } from 'react'

/** Extra words on hover and focus; never the only place where something is said. `children` is the trigger. */
export function Tooltip({ content, children }: { content: ReactNode; children: ReactElement }) {
  return (
    <Base.Provider delay={350}>
      <Base.Root>
        <Base.Trigger render={children} />
        <Base.Portal>
          <Base.Positioner sideOffset={6} className="z-50">
            <Base.Popup
              data-slot="tooltip"
              className="max-w-72 rounded-md bg-ink px-2 py-1 text-on-ink text-xs transition-opacity duration-100 data-ending-style:opacity-0 data-starting-style:opacity-0"
            >
              {content}
            </Base.Popup>
          </Base.Positioner>
        </Base.Portal>
      </Base.Root>
    </Base.Provider>
  )
}
