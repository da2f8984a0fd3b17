import Link from "next/link";

export default function NotFound() {
  return (
    <section className="card">
      <h1>Nothing here</h1>
      <p>There is no page at this address.</p>
      <p className="actions">
        <Link className="button" href="/" prefetch={false}>
          To the start
        </Link>
      </p>
    </section>
  );
}
