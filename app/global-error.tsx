'use client'

import './globals.css'

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
          <h1 className="font-semibold text-xl">This page could not be shown</h1>
          <p className="mt-2 text-fg-muted">
            Muster met an error of its own, or its database does not answer. Try again in a moment; what Okta
            cannot deliver meanwhile it sends again.
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
