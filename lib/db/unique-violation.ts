/** The name of the unique constraint that an insert or update ran into, or undefined for any other error. */
export function uniqueViolation(cause: unknown): string | undefined {
  const error = cause as {
    code?: string
    constraint?: string
    meta?: { target?: unknown; driverAdapterError?: unknown }
  }
  if (error?.code === '23505') return error.constraint ?? ''
  if (error?.code === 'P2002') return JSON.stringify(error.meta ?? {})
  return undefined
}
