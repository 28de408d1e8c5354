'use client'

import { useSyncExternalStore } from 'react'

const never = () => () => {}
const isApple = () => /Mac|iPhone|iPad/.test(navigator.platform)

/** The key that goes with a letter on this machine: ⌘, or Ctrl. */
export function CommandKey() {
  const apple = useSyncExternalStore(never, isApple, () => true)
  return apple ? '⌘' : 'Ctrl '
}
