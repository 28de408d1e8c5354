import type { ReactNode } from 'react'

/** One thing that can be done, what it means, and the button that asks before it is done. */
export function SettingRow({
  title,
  words,
  children,
}: {
  title: string
  words: string
  children: ReactNode
}) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 border-t p-4">
      <div className="min-w-0 flex-1 basis-64">
        <h3 className="font-medium text-sm">{title}</h3>
        <p className="mt-0.5 text-fg-muted text-sm">{words}</p>
      </div>
      {children}
    </div>
  )
}
