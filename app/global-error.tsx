'use client'

import './globals.css'
import { PAGE_FAILED } from '#components/frame/page-failed'

/** The last resort: the layout itself failed, so this brings its own document. */
export default function GlobalError({
  error,
  retry,
}: {
  error: Error & { digest?: string }
  retry: () => void
}) {
  return (
    <html lang="en">
      <body>
        <title>Muster</title>
        <main className="mx-auto max-w-md p-8">
          <h1 className="font-semibold text-xl">{PAGE_FAILED.title}</h1>
          <p className="mt-2 text-fg-muted">
            {PAGE_FAILED.explanation}
            {error.digest && ` Reference: ${error.digest}`}
          </p>
          <button type="button" onClick={retry} className="mt-4 rounded-md border px-3 py-1.5 font-medium">
            Try again
          </button>
        </main>
      </body>
    </html>
  )
}
