export default function Page() {
  return <p>Muster</p>
}
