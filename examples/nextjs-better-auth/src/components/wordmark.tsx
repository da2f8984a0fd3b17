import Link from "next/link";

export function Wordmark() {
  return (
    <Link className="wordmark" href="/" prefetch={false}>
      <svg viewBox="0 0 24 24" aria-hidden="true">
        <path d="M2.5 6.5 7 17.5l5-9 5 9 4.5-11" />
        <path className="beam" d="M9.5 21.5h5" />
      </svg>
      Lighthouse
    </Link>
  );
}
