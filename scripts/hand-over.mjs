import { spawn } from 'node:child_process'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { environment, node, root } from './prepare.mjs'

/**
 * Goes on in a TypeScript file on Muster's own Node: in this process where it already is that Node (npm puts it first
 * in the path once it is installed), else in a child that stops with this process.
 */
export async function handOver(file, args) {
  process.chdir(root)
  process.env.PATH = environment().PATH
  if (Number(process.versions.node.split('.')[0]) >= 24) {
    process.argv = [process.argv[0], path.join(root, file), ...args]
    await import(pathToFileURL(path.join(root, file)).href)
    return
  }
  const child = spawn(node, [...process.execArgv, path.join(root, file), ...args], {
    env: environment(),
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  })
  // Ctrl-C reaches the child by itself, as it shares the terminal; what is sent to this process alone is passed on.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => {
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal)
    })
  const code = await new Promise((resolve) => child.on('exit', (code, signal) => resolve(signal ? 1 : code)))
  process.exit(code)
}
