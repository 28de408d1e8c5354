import os from 'node:os'

export type PostgresSettings = {
  /** False only for tests: no fsync. */
  durable?: boolean
  maxConnections?: number
}

const UNSAFE = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', autovacuum: 'off' }

/** What PostgreSQL is started with on this machine, beside its port. */
export function postgresSettings({
  durable = true,
  maxConnections = 100,
}: PostgresSettings): Record<string, string | number> {
  // A container's limit where there is one, else the machine's memory.
  const memory = Math.min(os.totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY) / 2 ** 20
  // Taken only as it is filled: an eighth holds the rows and indexes of a large team, which is what pages search.
  const sharedBuffers = Math.round(Math.min(4096, Math.max(64, memory / 8)))
  return {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: maxConnections,
    shared_buffers: `${sharedBuffers}MB`,
    effective_cache_size: `${Math.round(memory / 2)}MB`,
    maintenance_work_mem: '64MB',
    max_wal_size: '2GB',
    checkpoint_timeout: '15min',
    wal_compression: 'on',
    random_page_cost: 1.1,
    // A first import fills empty tables in seconds; plans are made anew when their statistics are.
    autovacuum_naptime: '10s',
    // Muster's statements are short and prepared; compiling them only costs.
    jit: 'off',
    log_min_messages: 'warning',
    log_line_prefix: '%m [%p] ',
    password_encryption: 'scram-sha-256',
    timezone: 'UTC',
    ...(durable ? {} : UNSAFE),
  }
}
